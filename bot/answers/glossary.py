"""What a term of the field means, for whoever is new: from the project's own glossary, and said to be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.answers import compose
from bot.answers.contract import Answer, Context, Kind
from bot.messages import answers as say
from bot.services import Services
from corpus import Term
from index import Found

DEFINED = 0.85  # cosine to an entry's nearest ask from which the document itself says what the term is
_ASKS_MEANING = re.compile(
    r"^\W*(?:what(?:'s| is| are| does)|whats|who(?:'s| is)|define|meaning of|explain)\s+(?:an?\s+|the\s+)?"
    r"(?P<term>[\w&'’ -]{2,60}?)(?:\s+(?:mean|stand for|short for))?\W*$",
    re.IGNORECASE,
)


def term_asked(text: str, terms: Iterable[Term]) -> Term | None:
    """Return the term whose meaning *text* asks for, and nothing else; None where it asks for more.

    >>> terms = [Term(term="independent reviewing officer", short=("iro",), means="Chairs reviews.")]
    >>> term_asked("what's an IRO?", terms).term, term_asked("what does the IRO do at a review", terms)
    ('independent reviewing officer', None)
    """
    match = _ASKS_MEANING.match(text)
    if not match:
        return None
    wanted = match["term"].lower().strip()
    names = {wanted, wanted.removesuffix("s")}
    return next((one for one in terms if names & {one.term.lower(), *(short.lower() for short in one.short)}), None)


def glossary_answer(term: Term, council: str, found: Found, services: Services) -> Answer:
    """Return what *term* means, and the nearest places of the council's document."""
    short = f" ({', '.join(one.upper() for one in term.short)})" if term.short else ""
    headline = f"{term.term[:1].upper()}{term.term[1:]}{short}: {term.means}"
    source = say.from_glossary(services.councils[council])
    return Answer(
        kind=Kind.STANDARD,
        text=compose.joined(headline, [], source),
        headline=headline,
        confidence=1.0,
        see_also=compose.see_also(found, (), services.library, services.book),
        context=Context(council=council),
    )
