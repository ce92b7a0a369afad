"""How one rule stands on one case: whether it applies, when it is due, and whether it was met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from rules import count
from rules.calendar import Calendar
from rules.due import Due, Fact, due, moment_of
from rules.duty import Obligation, Past, Status
from rules.errors import BeyondHorizon, MissingFact, NoNumber, NotInForce
from rules.limit import AtAge, Before, Lasts, Span, Unnumbered
from rules.rule import EventWord, FactWord, Rule, Window
from rules.timeline import Clock, Event, Timeline, clock_of


@dataclass(frozen=True)
class View:
    """A case seen on one day: its events in order, its facts, and the words to ask for what is missing."""

    ref: str
    line: Timeline
    facts: Mapping[str, Fact]
    events: Mapping[str, EventWord]
    words: Mapping[str, FactWord]
    calendar: Calendar
    today: date
    soon: int


def standing(rule: Rule, view: View) -> Obligation | None:
    """Return how *rule* stands, or None where it sets no date, was not started or does not apply."""
    if isinstance(rule.newest.limit, Unnumbered | Lasts):
        return None
    clock = clock_of(rule, view.line)
    if clock is None or not _goes_on(rule, clock, view):
        return None
    try:
        if not _applies(rule, clock, view):
            return None
    except MissingFact as missing:
        if not (clock.done or clock.end):  # what is done or over needs no question
            return _blocked(rule, clock, view, missing)
    try:
        found = due(rule, {clock.start.name: clock.start.when}, view.calendar, events=view.events)
    except MissingFact as missing:
        return _without_time(rule, clock, view, missing)
    except BeyondHorizon as horizon:
        return _blocked(rule, clock, view, horizon)
    except (NotInForce, NoNumber):  # NoNumber: the version in force on that day has none, whatever the newest says
        return None
    return _dated(rule, clock, found, view)


def _goes_on(rule: Rule, clock: Clock, view: View) -> bool:
    """Return whether all that the rule requires has happened: in its window, and not ended since."""
    if not rule.requires:
        return True
    ended = [event.on for event in view.line.past(rule.ends_by) if event.on < clock.start.on]
    floor = ended[-1] if ended else date.min
    opened = view.line.latest(rule.window.of) if rule.window else None
    floor = max(floor, opened.on) if opened else floor
    latest = (view.line.latest(name) for name in rule.requires)
    return all(event is not None and event.on >= floor for event in latest)


def _applies(rule: Rule, clock: Clock, view: View) -> bool:
    """Return whether facts and window let the rule apply; raises MissingFact where that is not known."""
    if any(name in view.facts and view.facts[name] != value for name, value in rule.applies_when.items()):
        return False
    if rule.window:
        opened = view.line.latest(rule.window.of)
        if opened is None:
            raise MissingFact(rule.id, rule.window.of, view.events[rule.window.of].question)
        if not _inside(rule.window, opened.on, clock.start.on):
            return False
    for name in rule.applies_when:
        if name not in view.facts:
            raise MissingFact(rule.id, name, view.words[name].question)
    return True


def _inside(window: Window, opened: date, day: date) -> bool:
    return span_after(opened, window.from_) <= day and (window.until is None or day < span_after(opened, window.until))


def span_after(start: date, span: Span | None) -> date:
    """Return the day a span after *start*: months first and once, then days.

    >>> span_after(date(2026, 1, 31), Span(months=1, days=1))
    datetime.date(2026, 3, 1)
    """
    if span is None:
        return start
    return count.days_after(count.months_after(start, span.total_months), 7 * span.weeks + span.days)


def _dated(rule: Rule, clock: Clock, found: Due, view: View) -> Obligation:
    status = _status(rule, clock, found, view)
    over = 0
    if status in (Status.OVERDUE, Status.MET_LATE):
        over = _working_days(found.on, clock.done.on if clock.done else view.today, view.calendar)
    return Obligation(
        rule=rule,
        case_ref=view.ref,
        due=found,
        status=status,
        working_days_over=over,
        done_on=clock.done.on if clock.done else None,
        last_done=clock.last_done.on if clock.last_done else None,
        nudge_on=min([found.on, *(one.on for one in found.others if one.on)]) if status.open else None,
        history=tuple(_history(rule, clock, view)),
    )


def _status(rule: Rule, clock: Clock, found: Due, view: View) -> Status:
    if clock.done:
        return Status.MET if _in_time(clock.done, found) else Status.MET_LATE
    if clock.end or _passed(rule, clock, found, view):
        return Status.ENDED
    if found.on < view.today:
        return Status.OVERDUE
    if found.on == view.today:
        return Status.DUE_TODAY
    return Status.DUE_SOON if _is_soon(found.on, view) else Status.UPCOMING


def _in_time(done: Event, found: Due) -> bool:
    if found.at and done.at:
        return moment_of(done.on, count.london(done.at)) <= found.sort_key  # in UTC: wall clocks repeat an hour
    return done.on <= found.on  # an hour clock met on its last day, at a time nobody noted, is taken as met


def _passed(rule: Rule, clock: Clock, found: Due, view: View) -> bool:
    """Return whether it can no longer be met: the booked day is over, or an age that nothing recordable meets."""
    if isinstance(found.version.limit, Before):
        return clock.start.on < view.today
    return isinstance(found.version.limit, AtAge) and not rule.done_by and found.on < view.today


def _is_soon(on: date, view: View) -> bool:
    if (on - view.today).days > 3 * view.soon + 14:  # further than any run of holidays stretches so many working days
        return False
    return _working_days(view.today, on, view.calendar) <= view.soon


def _working_days(first: date, last: date, calendar: Calendar) -> int:
    """Return the working days after *first* up to *last*, counted within the span that the calendar knows."""
    first, last = (min(max(day, calendar.known_from), calendar.known_to) for day in (first, last))
    return max(0, count.working_days_between(first, last, calendar))


def _history(rule: Rule, clock: Clock, view: View) -> Iterator[Past]:
    for run in clock.past:
        if not _was_inside(rule, run.start, view):
            continue
        try:
            version = rule.on(run.start.on)
            end = count.clock_end(version.limit, run.start.when, view.calendar, version.counts_start_day)
        except (BeyondHorizon, NotInForce, TypeError):  # TypeError: hours from a day whose time nobody noted
            continue
        on = end.date() if isinstance(end, datetime) else end
        done = run.done.on if run.done else None
        yield Past(run.start.on, on, done, _working_days(on, done, view.calendar) if done and done > on else 0)


def _was_inside(rule: Rule, start: Event, view: View) -> bool:
    if rule.window is None:
        return True
    opened = [event for event in view.line.past((rule.window.of,)) if event.on <= start.on]
    return bool(opened) and _inside(rule.window, opened[-1].on, start.on)


def _blocked(rule: Rule, clock: Clock, view: View, why: MissingFact | BeyondHorizon) -> Obligation:
    return Obligation(
        rule=rule,
        case_ref=view.ref,
        due=None,
        status=Status.BLOCKED,
        last_done=clock.last_done.on if clock.last_done else None,
        question=str(why),
        missing=why.event if isinstance(why, MissingFact) else None,
        needs_time=isinstance(why, MissingFact) and why.needs_time,
    )


def _without_time(rule: Rule, clock: Clock, view: View, missing: MissingFact) -> Obligation:
    """Return how an hour clock stands whose day is known but not its time: the doubt is the worker's."""
    blocked = _blocked(rule, clock, view, missing)
    if clock.end:
        return replace(blocked, status=Status.ENDED, question=None, missing=None, needs_time=False)
    limit = rule.on(clock.start.on).limit
    if isinstance(limit, Before) and clock.done is None and clock.start.on < view.today:
        return replace(blocked, status=Status.ENDED, question=None, missing=None, needs_time=False)
    first, last = (
        count.clock_end(limit, datetime.combine(clock.start.on, hour), view.calendar) for hour in (time.min, time.max)
    )
    assert isinstance(first, datetime)
    assert isinstance(last, datetime)
    if clock.done is None:
        return replace(blocked, nudge_on=first.date())
    settled = replace(blocked, question=None, missing=None, needs_time=False, done_on=clock.done.on)
    if clock.done.on <= last.date():
        return replace(settled, status=Status.MET)
    late = _working_days(last.date(), clock.done.on, view.calendar)
    return replace(settled, status=Status.MET_LATE, working_days_over=late)
