"""Question → Answer: read, find, decide, compose. One pure function, used alike by every door."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from bot.answers import compose
from bot.answers.asker import Asker
from bot.answers.choose import Chosen, choose, in_turn, restarted
from bot.answers.compare import compare_answer
from bot.answers.contract import Answer, Choice, Context, Kind
from bot.answers.councils import asked_about
from bot.answers.dated import dated_answer, next_after, timescale_answer
from bot.answers.dates import DateUnclear
from bot.answers.elsewhere import in_council
from bot.answers.glossary import DEFINED, glossary_answer, term_asked
from bot.answers.read import MOST_CHARACTERS, Question, clean, read_question
from bot.answers.standard import none_answer, standard_answer
from bot.messages import answers as say
from bot.services import Services
from index import Found, search

_SCOPES = {"emergency": say.emergency, "judgement": say.judgement, "legal": say.legal}


def answer(question: str, asker: Asker, services: Services) -> Answer:
    """Return the one answer to *question*, as *asker* would see it.

    Never raises for anything a person can type: a question that cannot be read is asked back.
    """
    began = time.perf_counter()
    found = _answer(question, asker, services)
    return found.model_copy(update={"took_ms": round((time.perf_counter() - began) * 1000, 2)})


def query_of(text: str, asker: Asker, services: Services) -> str:
    """Return the words of a question that are searched for: without dates and councils' names.

    Raises:
        DateUnclear: a date in it cannot be read for certain.
    """
    return read_question(text, asker, services.councils).words


def _answer(text: str, asker: Asker, services: Services) -> Answer:
    if len(text) > MOST_CHARACTERS:
        return _plain(Kind.CLARIFY, say.too_long(len(text), MOST_CHARACTERS))
    text = clean(text)
    if not any(char.isalnum() for char in text):
        return _plain(Kind.CLARIFY, say.empty_question())
    if sum(char.isascii() for char in text) < 0.7 * len(text):
        return _plain(Kind.NONE, say.not_english())
    try:
        question = read_question(text, asker, services.councils)
    except DateUnclear as unclear:
        return _which_date(text, unclear)
    if question.out_of_scope:
        return _plain(Kind.OUT_OF_SCOPE, _SCOPES[question.out_of_scope]())
    elsewhere = asked_about(question.text)
    if elsewhere and elsewhere not in services.councils.values():
        return _plain(Kind.NONE, say.council_not_loaded(elsewhere, list(services.councils.values())))
    followed = _follow_up(question, asker, services)
    if followed:
        return followed
    council = question.council or asker.council or (asker.context.council if asker.context else None)
    if question.compare:
        compared = compare_answer(question, council, services)
        return compared or _plain(Kind.NONE, say.none_answers(_names(question, services)))
    if council is None:
        return _which_council(text, services)
    if council not in services.councils:
        names = list(services.councils.values())
        return _plain(Kind.NONE, say.council_not_loaded(council.title(), names))
    return _from_documents(question, council, asker, services)


def _from_documents(question: Question, council: str, asker: Asker, services: Services) -> Answer:
    found = _search(question, council, services)
    if not found.hits:
        return none_answer(question, council, found, 0.0, services, dict(asker.facts))
    term = term_asked(question.text, services.library.glossary)
    if term and found.hits[0].ask < DEFINED:
        return glossary_answer(term, council, found, services)
    confidence = round(services.calibration.probability(found), 4)
    if confidence < services.calibration.threshold:
        return none_answer(question, council, found, confidence, services, dict(asker.facts))
    chosen = choose(found, question, services.library, services.book)
    ask = Ask(question, council, asker, found, chosen, confidence)
    if chosen.rule is None:
        return standard_answer(ask.found, chosen, confidence, services)
    return _timed(ask, services)


@dataclass(frozen=True)
class Ask:
    """What is known once something was found: the question, who asks, what answers, and how surely."""

    question: Question
    council: str
    asker: Asker
    found: Found
    chosen: Chosen
    confidence: float


def _timed(ask: Ask, services: Services) -> Answer:
    """Return a date where the start is known, else the timescale (with a question back for the start)."""
    assert ask.chosen.rule is not None
    rule = in_turn(ask.chosen.rule, ask.found, ask.question, services.book)
    rule = restarted(rule, ask.found, ask.question, services.book)
    dated = dated_answer(rule, ask.chosen.entry, ask.question, ask.asker, services)
    base = dated or timescale_answer(rule, ask.chosen.entry, ask.question, services)
    return base.model_copy(
        update={
            "confidence": ask.confidence,
            "see_also": compose.see_also(ask.found, base.citations[:1], services.library, services.book),
        }
    )


def _search(question: Question, council: str, services: Services) -> Found:
    return search(services.index, question.words, (council,), k=20)


def _follow_up(question: Question, asker: Asker, services: Services) -> Answer | None:
    """Return the answer to "and the next one?", "what if it was the 3rd?", "and in Leeds?", "why?", or None."""
    context = asker.context
    if question.follow is None or context is None:
        return None
    if question.follow == "council":
        return in_council(question, context, services)
    if context.rule is None or context.rule not in services.book:
        return None
    rule = services.book[context.rule]
    if question.follow == "next":
        return next_after(rule, context, asker, services)
    if question.follow == "whatif" and question.dates and context.event:
        given = question.dates[0].value
        moved = replace(asker, facts=((context.event, given),), context=None)
        return dated_answer(rule, None, replace(question, dates=(), nth=context.n), moved, services)
    if question.follow == "why" and context.start and context.event:
        return next_after(rule, context, asker, services, step=0)
    return None


def _names(question: Question, services: Services) -> list[str]:
    """Return the names of the councils that a comparison is of."""
    return [services.councils[key] for key in question.councils or services.councils]


def _which_date(text: str, unclear: DateUnclear) -> Answer:
    choices = tuple(
        Choice(
            label=f"{day.day} {day:%B %Y}",
            ask=text.replace(unclear.written, f"{day.day} {day:%B %Y}") if unclear.written else f"{day.isoformat()}",
        )
        for day in unclear.choices
    )
    return _plain(Kind.CLARIFY, unclear.text, choices)


def _which_council(text: str, services: Services) -> Answer:
    names = services.councils
    choices = tuple(Choice(label=name, ask=f"{text} (in {name})") for name in names.values())
    return _plain(Kind.CLARIFY, say.which_council(list(names.values())), choices)


def _plain(kind: Kind, sentence: str, choices: tuple[Choice, ...] = ()) -> Answer:
    return Answer(kind=kind, text=sentence, headline=sentence, confidence=1.0, choices=choices, context=Context())
