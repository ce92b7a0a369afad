"""The same thing in another council: "and in Leeds?" after an answer."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.choose import choose
from bot.answers.compare import counterparts, likeliest
from bot.answers.contract import Answer, Context
from bot.answers.dated import again, timescale_answer
from bot.answers.read import Question
from bot.answers.standard import none_answer, standard_answer
from bot.services import Services
from corpus import Entry
from index import Found, search


def in_council(question: Question, context: Context, services: Services) -> Answer | None:
    """Return what the council named says on what the thread was last about; None where that is not known.

    A timescale is followed by the other council's rule for the same duty, from the same start where there was one; a
    standard by what answers one of its ways of asking best.
    """
    council = question.council
    if council is None or council not in services.councils:
        return None
    rule = services.book.rules.get(context.rule or "")
    entry = services.library.entry(context.entry) if context.entry else None
    if rule is not None:
        theirs = counterparts(rule, council, services.book)
        if theirs:
            return again(theirs[0], context, services) or timescale_answer(theirs[0], None, question, services)
        return _silent(question, rule.title, council, services)
    return _like(entry, question, council, services) if entry else None


def _like(entry: Entry, question: Question, council: str, services: Services) -> Answer:
    found, confidence = likeliest(_asked(entry.asks, council, services), services)
    sure = round(confidence, 4)
    if not found.hits or confidence < services.calibration.threshold:
        return none_answer(question, council, found, sure, services)
    chosen = choose(found, question, services.library, services.book)
    if chosen.rule is not None:
        return timescale_answer(chosen.rule, chosen.entry, question, services)
    return standard_answer(found, chosen, sure, services)


def _asked(asks: tuple[str, ...], council: str, services: Services, most: int = 6) -> list[Found]:
    return [search(services.index, ask, (council,), k=20) for ask in asks[:most]]


def _silent(question: Question, title: str, council: str, services: Services) -> Answer:
    found = search(services.index, title, (council,), k=20)
    return none_answer(replace(question, words=title), council, found, 0.0, services)
