"""Answers that quote: a standard, and the honest no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from bot.answers import compose
from bot.answers.choose import Chosen
from bot.answers.contract import Answer, Context, Kind
from bot.answers.law import law_on
from bot.answers.read import Question
from bot.messages import answers as say
from bot.services import Services
from index import Found
from index.text import tokens


def standard_answer(found: Found, chosen: Chosen, confidence: float, services: Services) -> Answer:
    """Return the standard: its words (the document's own where read in), who is responsible, where it stands."""
    entry = chosen.entry
    assert entry is not None
    cited = compose.citation_of_entry(entry, services.library, services.originals)
    words = compose.quoted(cited) or entry.says
    headline = best_sentence(cited.quote or entry.says, found.query)
    parts = [words if words.strip("“”") != headline else ""]
    parts += [entry.says] if cited.quote else []
    parts += [f"Responsible: {entry.who}."] if entry.who else []
    parts += [say.look_out(entry.unclear)] if entry.unclear else []
    parts += [say.changed_passage()] if cited.quote and not cited.exact else []
    return Answer(
        kind=Kind.STANDARD,
        text=compose.joined(headline, parts, compose.source_line(cited)),
        headline=headline,
        body=compose.joined("", parts),
        confidence=confidence,
        citations=(cited,),
        see_also=compose.see_also(found, (cited,), services.library, services.book),
        context=Context(council=entry.council, entry=entry.id),
    )


def best_sentence(text: str, query: str) -> str:
    """Return the sentence of *text* that shares most words with *query*; the first where none shares any.

    >>> best_sentence("Visits are monthly. Children are seen alone.", "do I see the child alone")
    'Children are seen alone.'
    """
    sentences = [part.strip() for part in re.split(r"(?<=[.!?;:])\s+(?=[A-Z•])", text) if part.strip()] or [text]
    asked = set(tokens(query))
    return max(sentences, key=lambda sentence: len(asked & set(tokens(sentence))))


def none_answer(
    question: Question,
    council: str,
    found: Found,
    confidence: float,
    services: Services,
    facts: Mapping[str, date | datetime] | None = None,
) -> Answer:
    """Return the refusal: plainly, with the nearest headings as "closest, not an answer"; no citation.

    Where the law answers what the council's document does not, that is said, as what it is, with its date where the
    start is known from the question or from *facts*.
    """
    name = services.councils[council]
    closest = list(dict.fromkeys(hit.item.section for hit in found.hits[:6]))[:3]
    law = law_on(question, council, facts or {}, services, found.asked)
    sentence = say.silent_on_it(name) if law else say.not_answered(name, closest)
    body = compose.joined(law.says, [*law.dated, say.closest(closest)]) if law else ""
    return Answer(
        kind=Kind.NONE,
        text=compose.joined(sentence, [body]),
        headline=sentence,
        body=body,
        confidence=confidence,
        see_also=compose.see_also(found, (), services.library, services.book),
        context=law.context if law else Context(council=council),
    )
