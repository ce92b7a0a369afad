"""What the national rules say where a council's document is silent: shown after a refusal, never instead of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.answers.choose import in_turn, restarted, start_given
from bot.answers.contract import Context
from bot.answers.dates import long_date
from bot.answers.read import Question
from bot.messages import answers as say
from bot.services import Services
from bot.wording import limit_words
from index import Query, search
from rules import BeyondHorizon, MissingFact, NoNumber, Rule
from rules.folder import NATIONAL


@dataclass(frozen=True)
class Law:
    """A national rule that answers: `says` it in a line; `dated` is its date with the working, from a known start."""

    says: str
    dated: tuple[str, ...]
    context: Context


def law_on(
    question: Question,
    council: str,
    facts: Mapping[str, date | datetime],
    services: Services,
    asked: Query | None = None,
) -> Law | None:
    """Return what the national rules say to *question*, or None where they do not answer it either.

    The date is counted from the start in the question or among *facts*, a case's events. `context` lets a thread go on
    from it ("and the next one?"); *asked*, where it is of the same words, spares encoding them again.
    """
    query = asked if asked and asked.words == question.words else question.words
    found = search(services.index, query, (NATIONAL,), k=20)
    if services.calibration.probability(found) < services.calibration.threshold or found.foreign:
        return None
    rule = in_turn(services.book[found.hits[0].item.id], found, question, services.book)
    rule = restarted(rule, found, question, services.book)
    says = say.the_law_says(f"{rule.title}: {limit_words(rule, services.book)}", rule.newest.source.in_words)
    event, when, _ = start_given(rule, question, services.book, facts)
    if event is None or when is None:
        return Law(says, (), Context(council=council))
    n = (question.nth or 1) if rule.recurring else 1
    context = Context(council=council, rule=rule.id, event=event, start=when.isoformat(), n=n)
    return Law(says, _dated(rule, event, when, n, services), context)


def _dated(rule: Rule, event: str, when: date | datetime, n: int, services: Services) -> tuple[str, ...]:
    """Return the date and its working; what is missing for it; nothing where the rule sets none."""
    try:
        due = services.book.due(rule.id, {event: when}, services.calendar, n)
    except MissingFact as missing:
        return (say.needs_time(services.book.events[missing.event].title) if missing.needs_time else missing.question,)
    except (NoNumber, BeyondHorizon):
        return ()
    moment = f" at {due.at:%H:%M}" if due.at else ""
    return (say.due_by_law(f"{long_date(due.on)}{moment}"), *due.steps)
