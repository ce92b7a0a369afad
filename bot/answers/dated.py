"""Answers about time: a date where the start is known, else the timescale and a question back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.answers import compose
from bot.answers.asker import Asker
from bot.answers.choose import narrowed, start_given
from bot.answers.compare import counterparts
from bot.answers.contract import Answer, CitationOut, Context, DueDate, Followup, Kind
from bot.answers.dates import long_date
from bot.answers.read import Question
from bot.messages import answers as say
from bot.services import Services
from bot.wording import limit_words
from corpus import Entry
from rules import BeyondHorizon, Due, MissingFact, NoNumber, Rule, RuleBook, RulesError, lengthens, nationally
from rules.folder import NATIONAL

Facts = Mapping[str, date | datetime]


def dated_answer(
    rule: Rule, entry: Entry | None, question: Question, asker: Asker, services: Services
) -> Answer | None:
    """Return the date that *rule* gives for the start in the question or among the asker's facts; None without one.

    Where the document disagrees with itself the earlier firm date leads, unless the question's own words single one
    side out; the other stands in the working and in the text.
    """
    event, when, other = start_given(rule, question, services.book, dict(asker.facts))
    if event is None or when is None:
        return None if other is None else _other_event(rule, entry, other, question, services)
    n = (question.nth or 1) if rule.recurring else 1
    notes = [one.note for one in question.dates if one.note and one.value == when]
    return _computed(
        rule, entry, {event: when}, event, n, services, single=narrowed(rule, question, services.book), notes=notes
    )


def _computed(
    rule: Rule,
    entry: Entry | None,
    facts: Facts,
    event: str,
    n: int,
    services: Services,
    single: Rule | None = None,
    notes: list[str] | None = None,
) -> Answer | None:
    book, calendar = services.book, services.calendar
    try:
        due = book.due(single.id, facts, calendar, n) if single else book.headline(rule.id, facts, calendar, n)
    except NoNumber:
        return None
    except MissingFact as missing:
        return _ask_back(rule, entry, missing, services)
    except BeyondHorizon as horizon:
        cited = compose.citation_of_rule(rule, entry, services.library, services.originals)
        text = compose.joined(str(horizon), [], compose.source_line(cited))
        return Answer(kind=Kind.NONE, text=text, headline=str(horizon), confidence=1.0, rule=rule.id)
    winner = book[due.rule_id]
    return _date(winner, entry if winner.id == rule.id else None, due, facts[event], event, n, services, notes or [])


def _date(
    rule: Rule,
    entry: Entry | None,
    due: Due,
    start: date | datetime,
    event: str,
    n: int,
    services: Services,
    notes: list[str],
) -> Answer:
    cited = compose.citation_of_rule(rule, entry, services.library, services.originals)
    moment = f" at {due.at:%H:%M}" if due.at else ""
    headline = f"{long_date(due.on)}{moment}: {_lower_first(rule.title)} due"
    if rule.direction == "duration":
        headline = f"{long_date(due.on)}{moment}: {_lower_first(rule.title)}"
    working = (*notes, *due.steps, *_national(rule, {event: start}, due.on, services, n), due.working[-1])
    text = compose.joined(headline, [*working, compose.quoted(cited)], compose.source_line(cited))
    return Answer(
        kind=Kind.DATE,
        text=text,
        headline=headline,
        body=compose.joined("", [*working[:-1], compose.quoted(cited)]),
        confidence=1.0,
        due=DueDate(
            on=due.on,
            at=due.at.isoformat() if due.at else None,
            falls_on_closed_day=due.falls_on_closed_day,
            working=working,
        ),
        rule=rule.id,
        citations=(cited, *_other_places(rule, services)),
        context=Context(
            council=rule.council,
            rule=rule.id,
            event=event,
            start=start.isoformat(),
            n=n,
            entry=cited.entry,
        ),
    )


def _national(rule: Rule, facts: Facts, on: date, services: Services, n: int = 1) -> list[str]:
    """Return what the national rule that *rule* is tied to says, with its date, and a warning where that is earlier."""
    law = services.book.rules.get(rule.shortens or "")
    if law is None:
        return []
    try:
        found = services.book.due(law.id, facts, services.calendar, n if law.recurring else 1)
    except RulesError:  # another start, no number, or past the horizon: its words are shown without a date
        found = None
    told = nationally(law, found)
    late = found is not None and found.on < on
    name = services.councils[rule.council]
    return [told.sentence, *([say.lengthened(name, limit_words(law, services.book))] if late else [])]


def _lower_first(title: str) -> str:
    """Return *title* with its first letter small, unless it is an abbreviation's."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _other_places(rule: Rule, services: Services) -> tuple[CitationOut, ...]:
    """Return the places of the rules that *rule* disagrees with."""
    return tuple(
        compose.citation_of_rule(other, None, services.library, services.originals)
        for other in services.book.disagreeing(rule)
    )


def _ask_back(rule: Rule, entry: Entry | None, missing: MissingFact, services: Services) -> Answer:
    title = services.book.events[missing.event].title
    sentence = say.needs_time(title) if missing.needs_time else missing.question
    cited = compose.citation_of_rule(rule, entry, services.library, services.originals)
    limit = compose.timescale_headline(rule, services.book)
    return Answer(
        kind=Kind.CLARIFY,
        text=compose.joined(sentence, [limit], compose.source_line(cited)),
        headline=sentence,
        body=limit,
        confidence=1.0,
        rule=rule.id,
        citations=(cited,),
        followup=Followup(rule=rule.id, event=missing.event, question=missing.question, needs_time=missing.needs_time),
        context=Context(council=rule.council, rule=rule.id, event=missing.event, entry=cited.entry),
    )


def _other_event(rule: Rule, entry: Entry | None, other: str, question: Question, services: Services) -> Answer:
    """Return the timescale, and say that the date given is of another event than the one that starts this clock."""
    base = timescale_answer(rule, entry, question, services)
    wanted = services.book.events[rule.starts[0]].title
    note = say.other_event(services.book.events[other].title, wanted)
    return base.model_copy(update={"text": f"{base.text}\n{note}", "body": compose.joined(base.body, [note])})


def timescale_answer(rule: Rule, entry: Entry | None, question: Question, services: Services) -> Answer:
    """Return how long, from what, for whom; as a conflict where the document disagrees with itself."""
    book = services.book
    single = narrowed(rule, question, book)
    rule = single or rule
    others = book.disagreeing(rule)
    cited = compose.citation_of_rule(rule, entry, services.library, services.originals)
    headline = compose.timescale_headline(rule, book)
    parts = [entry.says] if entry else []
    parts += [f"For: {rule.who}."] if rule.who else []
    parts += [one.why for one in rule.unclear]
    parts += [say.whichever_is_sooner(limit_words(clock, book)) for clock in book.clocks(rule)]
    law = law_beside(rule, book)
    parts += [nationally(law, None).sentence] if law else []
    if law and lengthens(rule, book):
        parts.append(say.lengthened(services.councils[rule.council], limit_words(law, book)))
    places = _other_places(rule, services)
    if others:
        parts.append(say.disagrees())
        for other, place in zip(others, places, strict=True):
            parts.append(f"{compose.timescale_headline(other, book)} ({compose.source_line(place)})")
            parts.append(compose.quoted(place))
    quote = compose.quoted(cited)
    event = rule.starts[0] if rule.starts else None
    followup = None
    if event and rule.amount is not None:
        followup = Followup(
            rule=rule.id, event=event, question=book.events[event].question, needs_time=rule.unit == "hours"
        )
    return Answer(
        kind=Kind.CONFLICT if others else Kind.TIMESCALE,
        text=compose.joined(headline, [quote, *parts], compose.source_line(cited)),
        headline=headline,
        body=compose.joined("", [quote, *parts]),
        confidence=1.0,
        rule=rule.id,
        citations=(cited, *places),
        followup=followup,
        context=Context(council=rule.council, rule=rule.id, event=event, entry=cited.entry),
    )


def law_beside(rule: Rule, book: RuleBook) -> Rule | None:
    """Return the national rule to show beside *rule*: the one it is tied to, or that numbers what it does not.

    >>> book = RuleBook.load()
    >>> law_beside(book["york.core-group.first"], book).id
    'england.core-group.first'
    """
    if rule.shortens or rule.amount is not None:
        return book.rules.get(rule.shortens or "")
    return next((law for law in counterparts(rule, NATIONAL, book) if law.amount is not None), None)


def next_after(rule: Rule, context: Context, asker: Asker, services: Services, step: int = 1) -> Answer | None:
    """Return the date after the one a thread last gave: the next of a recurring duty, or what follows a single one.

    What follows "first core group" is the recurring rule that the same event meets; it is counted from the date just
    given, as if the first were held on its last day.
    """
    if context.start is None or context.event is None:
        return None
    start = _start(context.start)
    if rule.recurring or step == 0:
        return _computed(rule, None, {context.event: start}, context.event, context.n + step, services)
    try:
        due = services.book.headline(rule.id, {context.event: start}, services.calendar, 1)
    except (NoNumber, MissingFact, BeyondHorizon):
        return None
    for follower in services.book.of(rule.council):
        shared = set(follower.starts) & set(rule.done_by)
        if follower.recurring and shared and follower.restates is None:
            event = sorted(shared)[0]
            note = f"Counted as if the {services.book.events[event].title} is on its last day, {long_date(due.on)}."
            return _computed(follower, None, {event: due.on}, event, 1, services, notes=[note])
    return None


def again(rule: Rule, context: Context, services: Services) -> Answer | None:
    """Return the date that *rule*, another council's for the same duty, gives for the start a thread had; or None."""
    if context.start is None or context.event not in rule.starts:
        return None
    n = context.n if rule.recurring else 1
    return _computed(rule, None, {context.event: _start(context.start)}, context.event, n, services)


def _start(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
