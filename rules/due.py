"""When one rule falls due, and why: one rule, one clock. Pure; no clock is read.

>>> from rules.calendar import england
>>> from rules.rule import EXAMPLE
>>> answer = due(Rule.model_validate(EXAMPLE), {"icpc_held": date(2026, 4, 2)}, england())
>>> answer.on
datetime.date(2026, 4, 20)
>>> print("\\n".join(answer.working))
Clock starts Thu 2 Apr 2026 (icpc held), day 0
Fri 3 Apr not counted: Good Friday
Mon 6 Apr not counted: Easter Monday
Due by the end of Mon 20 Apr 2026
Source: Standard 4, lines 550–553
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from rules import count, working
from rules.calendar import Calendar
from rules.errors import BeyondHorizon, MissingFact, NoNumber, NotInForce, RulesError
from rules.limit import AtAge, Unnumbered
from rules.rule import EventWord, Rule, Version

Fact = date | datetime | str | bool | int
Facts = Mapping[str, Fact]
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NO_EVENTS: Mapping[str, EventWord] = {}


@dataclass(frozen=True)
class Reading:
    """Another date for the same duty: another reading of its words, or another place that sets it differently.

    `on` is None where that one gives no date here; `rule_id` names the other place's rule, None for a reading of the
    same words; `sentence` is how the working tells it.

    >>> Reading("It could also mean within 5 days: Tue 7 Apr 2026.", "The line says only days.", date(2026, 4, 7)).on
    datetime.date(2026, 4, 7)
    """

    sentence: str
    why: str
    on: date | None = None
    at: datetime | None = None
    rule_id: str | None = None


@dataclass(frozen=True)
class Due:
    """The last day (and for hour clocks the moment) on which a rule can be met, with the working.

    `at` is aware, in Europe/London, and None but for hour clocks. `start` is a datetime for those only. `working` ends
    with the citation; `steps` is the working without it. `falls_on_closed_day` names why the day is no working day.

    >>> from rules.calendar import england
    >>> from rules.rule import EXAMPLE
    >>> found = due(Rule.model_validate(EXAMPLE), {"icpc_held": date(2026, 4, 2)}, england())
    >>> found.on, found.start_event, found.version.limit.in_words, found.falls_on_closed_day
    (datetime.date(2026, 4, 20), 'icpc_held', 'within 10 working days', None)
    """

    rule_id: str
    on: date
    at: datetime | None
    start: date
    start_event: str
    version: Version
    falls_on_closed_day: str | None
    working: tuple[str, ...] = field(repr=False)
    others: tuple[Reading, ...] = ()
    n: int = 1

    @property
    def steps(self) -> tuple[str, ...]:
        """The working without its last line, the citation."""
        return self.working[:-1]

    @property
    def sort_key(self) -> datetime:
        """What orders due dates: the moment, or the end of the day where there is none; aware."""
        return moment_of(self.on, self.at)


def due(
    rule: Rule,
    facts: Facts,
    calendar: Calendar,
    n: int = 1,
    *,
    events: Mapping[str, EventWord] = _NO_EVENTS,
) -> Due:
    """Return the last day on which *rule* can be met, and the working.

    *facts* maps event names to when they happened (a booked day for a limit `before`); of the rule's `starts` the
    latest one given starts the clock. The version in force on that day decides the limit (for an age, on the day the
    age is reached). That day is day 0 unless the version says `counts_start_day`. *n* is the how-many-th date of a
    recurring rule, n × the period from the start. *events* gives the events their titles and questions.

    Conference Thu 2 Apr 2026, 10 working days   # Mon 20 Apr: Easter skipped
    Conference Mon 30 Nov 2026, 3 months         # Sun 28 Feb: there is no 30 February, and nothing rolls

    Raises:
        MissingFact: no start is given, or an hour clock has a day but no time.
        NoNumber: the text gives no number.
        NotInForce: no version covers the start.
        BeyondHorizon: the count leaves the years whose bank holidays are known.
        RulesError: *n* is below 1, or above 1 for a rule that comes once.

    >>> from rules.calendar import england
    >>> from rules.rule import EXAMPLE
    >>> due(Rule.model_validate(EXAMPLE), {}, england())
    Traceback (most recent call last):
    rules.errors.MissingFact: On what day was this: icpc held?
    """
    start_event, given = _start(rule, facts, events)
    version, end = _counted(rule, given, calendar, n, (start_event, events))
    start = given if isinstance(end, datetime) else _day(given)
    on = _day(end)
    told = working.Told(start_event, events, start, end, version, rule, n)
    others = tuple(_other_readings(rule, start, calendar, version, n))
    closed, advice = working.advice(told, calendar)
    lines = (
        *working.start_lines(told),
        *working.counted_lines(told, calendar),
        working.last_line(told),
        *advice,
        *(other.sentence for other in others),
        working.citation(version),
    )
    at = end if isinstance(end, datetime) else None
    return Due(rule.id, on, at, start, start_event, version, closed, lines, others, n)


def _counted(
    rule: Rule,
    given: date,
    calendar: Calendar,
    n: int,
    named: tuple[str, Mapping[str, EventWord]],
) -> tuple[Version, date | datetime]:
    """Return the version that decides and the end that it gives."""
    event, events = named
    version = _age_version(rule, _day(given)) if rule.direction == "at_age" else rule.on(_day(given))
    limit = version.limit
    if isinstance(limit, Unnumbered):
        raise NoNumber(rule.id, version.wording or "")
    if n < 1:
        raise RulesError("n is the how-many-th date: give 1 or more.")
    if n > 1 and not limit.recurring:
        raise RulesError(f"{rule.id} comes once; only a recurring rule has another date after its first.")
    if limit.unit != "hours":
        return version, count.clock_end(limit, _day(given), calendar, version.counts_start_day, n)
    if not isinstance(given, datetime):
        title = working.title_of(event, events)
        raise MissingFact(rule.id, event, f"At what time of day was this: {title}?", needs_time=True)
    return version, count.clock_end(limit, given, calendar, n=n)


def _age_version(rule: Rule, born: date) -> Version:
    """Return the newest version in force on the day that it gives itself: an age counts by the law of that day."""
    for version in rule.versions:
        limit = version.limit
        if not isinstance(limit, AtAge):
            continue
        if version.in_force is None or count.months_after(born, limit.at_age.total_months) >= version.in_force:
            return version
    first = rule.versions[-1].in_force
    raise NotInForce(rule.id, born, first or born)


def _start(rule: Rule, facts: Facts, events: Mapping[str, EventWord]) -> tuple[str, date]:
    """Return the latest given start and its event; of two on one day the one with a time."""
    given = [(event, read_moment(facts.get(event))) for event in rule.starts]
    known = [(event, when) for event, when in given if when is not None]
    if not known:
        event = rule.starts[0]
        raise MissingFact(rule.id, event, working.question_of(event, events))
    return max(known, key=lambda one: (_day(one[1]), _time_of(one[1])))


def _time_of(when: date) -> time:
    return when.timetz().replace(tzinfo=None) if isinstance(when, datetime) else time.min


def read_moment(value: Fact | None) -> date | None:
    """Return a day, or a moment in Europe/London; None for anything that is not a date, never a guess.

    >>> read_moment("2026-04-02"), read_moment("03/04/2026")
    (datetime.date(2026, 4, 2), None)
    """
    if isinstance(value, datetime):
        return count.london(value)
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value) if _ISO_DAY.fullmatch(value) else count.london(datetime.fromisoformat(value))
    except ValueError:
        return None


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when


def moment_of(on: date, at: datetime | None) -> datetime:
    """Return a moment to order by: *at*, or the last one of the day *on*, in UTC.

    >>> moment_of(date(2026, 4, 2), None).isoformat()
    '2026-04-02T23:59:59.999999+00:00'
    """
    return at.astimezone(UTC) if at else datetime.combine(on, time.max, tzinfo=UTC)


def _other_readings(rule: Rule, start: date, calendar: Calendar, version: Version, n: int) -> list[Reading]:
    """Return what the text leaves open, each with the date of its other reading where that is a number."""
    out = []
    for one in rule.unclear:
        if one.other is None or isinstance(one.other, Unnumbered):
            out.append(Reading(sentence=f"Left open by the text: {one.why}", why=one.why))
            continue
        try:
            end = count.clock_end(one.other, start, calendar, version.counts_start_day, n)
        except (BeyondHorizon, TypeError):
            out.append(Reading(sentence=f"It could also mean {one.other.in_words}. {one.why}", why=one.why))
            continue
        at = end if isinstance(end, datetime) else None
        sentence = f"It could also mean {one.other.in_words}: {working.when(end)}. {one.why}"
        out.append(Reading(sentence, one.why, _day(end), at))
    return out
