"""Which duty is spoken of today, and how: pure functions of the duties and the day.

A stage is a step of getting nearer: ten, five and two working days before, the day itself, one, three and five working
days after, then every five. At most one stage a duty is sent at a time, the nearest; so a morning after an outage
catches up with one message, not with all that were missed.

>>> monday_to_friday = lambda day: day.weekday() < 5
>>> times = Times(is_working=monday_to_friday)
>>> visit = Duty(1, "YK-0417", "york.cp-visit", "Child protection visit", due=date(2026, 11, 20))
>>> [(nudge.stage, nudge.days) for nudge in plan([visit], date(2026, 11, 25), times)]
[('over-3', 3)]
>>> stage_of(visit, date(2026, 11, 12), times)  # six working days ahead: the ten-day notice, if it was not sent
'ahead-10'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY_BEGINS, DAY_ENDS = time(8), time(20)  # alerts outside these hours wait, or come before
DIGEST_ENDS_HOUR = 18
ALERT_BEFORE = timedelta(hours=4)
ALERT_AFTER = timedelta(hours=24)
FAR_OFF = timedelta(days=62)


@dataclass(frozen=True)
class Duty:
    """One duty on one case. `due` None: it cannot be worked out until `question` is answered.

    `nudge_on` is the earlier day where another reading gives one; `at` is set for hour clocks; `events` can meet it.
    `missing` names the event that `question` asks for, `needs_time` that its hour is wanted; `working` is the counting.
    """

    case_id: int
    case_ref: str
    rule: str
    title: str
    due: date | None = None
    at: datetime | None = None
    nudge_on: date | None = None
    question: str | None = None
    missing: str | None = None
    needs_time: bool = False
    worker: str | None = None
    events: tuple[str, ...] = ()
    working: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells this duty from all others: its case, its rule, its date. A later date is another duty."""
        return f"{self.case_id}:{self.rule}:{self.due or '?'}"

    @property
    def acts_on(self) -> date | None:
        """The day to act by: the earlier reading, where there are two."""
        days = [day for day in (self.due, self.nudge_on) if day]
        return min(days) if days else None


@dataclass(frozen=True)
class Times:
    """A team's times, all in working days. `over` goes on every `over_every` after its last."""

    is_working: Callable[[date], bool]
    ahead: tuple[int, ...] = (10, 5, 2)
    over: tuple[int, ...] = (1, 3, 5)
    over_every: int = 5
    horizon: int = 5
    escalate_after: int = 5


@dataclass(frozen=True)
class Nudge:
    """A duty at a stage. `days`: working days ahead, or over where the stage says so."""

    duty: Duty
    stage: str
    days: int


@dataclass(frozen=True)
class Line:
    """A duty as a digest shows it. `over` and `ahead` are working days.

    `met`: no longer open; `done`: since when; `tell`: whom else.
    """

    duty: Duty
    over: int = 0
    ahead: int = 0
    met: bool = False
    done: date | None = None
    tell: str | None = None


@dataclass(frozen=True)
class Digest:
    """A team's morning: what is late, what is due, what comes, what cannot be worked out."""

    day: date
    horizon: int
    overdue: tuple[Line, ...] = ()
    today: tuple[Line, ...] = ()
    soon: tuple[Line, ...] = ()
    notice: tuple[Line, ...] = ()
    blocked: tuple[Line, ...] = ()
    snoozed: int = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in the order shown."""
        return (*self.overdue, *self.today, *self.soon, *self.notice, *self.blocked)


def working_days_between(start: date, end: date, is_working: Callable[[date], bool]) -> int:
    """Working days after *start* up to and including *end*; 0 if *end* is not later.

    >>> working_days_between(date(2026, 11, 20), date(2026, 11, 25), lambda day: day.weekday() < 5)
    3
    """
    return sum(is_working(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


def days_over(duty: Duty, today: date, times: Times) -> int:
    """Working days since the due date; 0 while it is not past."""
    return working_days_between(duty.due, today, times.is_working) if duty.due else 0


def days_ahead(duty: Duty, today: date, times: Times) -> int:
    """Working days left until the day to act by; 0 on the last working day before it, too."""
    if duty.acts_on is None:
        return 0
    # two months are further off than any stage; beyond them the calendar need not be known
    return working_days_between(today, min(duty.acts_on, today + FAR_OFF), times.is_working)


def stage_of(duty: Duty, today: date, times: Times) -> str | None:
    """The stage a duty has reached; None while it is further off than the first, or has no date."""
    if duty.due is None or duty.acts_on is None:
        return None
    if today > duty.due:
        over = days_over(duty, today, times)
        if over > times.over[-1]:
            return f"over-{over - (over - times.over[-1]) % times.over_every}"
        reached = [step for step in times.over if step <= over]
        return f"over-{reached[-1]}" if reached else None
    ahead = days_ahead(duty, today, times)
    if ahead == 0:
        return "today"
    near = [step for step in sorted(times.ahead) if ahead <= step]
    return f"ahead-{near[0]}" if near else None


def plan(duties: Iterable[Duty], today: date, times: Times) -> list[Nudge]:
    """The nudges of a working-day morning; none on a day that is not one. Sent ones are left out by the caller."""
    if not times.is_working(today):
        return []
    nudges: list[Nudge] = []
    for duty in duties:
        stage = stage_of(duty, today, times)
        over = days_over(duty, today, times)
        if stage:
            nudges.append(Nudge(duty, stage, over or days_ahead(duty, today, times)))
        if over >= times.escalate_after:
            nudges.append(Nudge(duty, "escalate", over))
    return nudges


def digest(duties: Iterable[Duty], today: date, times: Times, snoozed: Mapping[str, date] | None = None) -> Digest:
    """A team's digest for *today*: overdue (latest first), today, the horizon, early notices, and what is blocked."""
    asleep = 0
    lines: list[Line] = []
    for duty in duties:
        if snoozed and snoozed.get(duty.key, today) > today:
            asleep += 1
        else:
            lines.append(line_of(duty, today, times))
    return sorted_into_digest(lines, today, times, asleep)


def line_of(duty: Duty, today: date, times: Times) -> Line:
    """A duty as it stands today."""
    return Line(duty, over=days_over(duty, today, times), ahead=days_ahead(duty, today, times))


def sorted_into_digest(lines: Iterable[Line], today: date, times: Times, asleep: int = 0) -> Digest:
    """Lines under their headings, the latest and nearest first."""
    buckets: dict[str, list[Line]] = {"overdue": [], "today": [], "soon": [], "notice": [], "blocked": []}
    for line in lines:
        name = _bucket(line, today, times)
        if name:
            buckets[name].append(line)
    buckets["overdue"].sort(key=lambda line: (-line.over, line.duty.acts_on or today, line.duty.case_ref))
    for name in ("today", "soon", "notice", "blocked"):
        buckets[name].sort(key=lambda line: (line.duty.acts_on or today, line.duty.case_ref, line.duty.rule))
    return Digest(today, times.horizon, **{name: tuple(found) for name, found in buckets.items()}, snoozed=asleep)


def _bucket(line: Line, today: date, times: Times) -> str | None:
    duty = line.duty
    if duty.due is None:
        return "blocked" if duty.question else None
    if today > duty.due:
        return "overdue"
    if line.ahead == 0:
        return "today"
    if line.ahead <= times.horizon:
        return "soon"
    return "notice" if line.ahead in times.ahead or line.met else None


def digest_time(now: datetime, hour: int, is_working: Callable[[date], bool]) -> date | None:
    """The day whose digest may go out at *now*: a working day, from *hour* to six in the evening; else None."""
    local = now.astimezone(LONDON)
    return local.date() if is_working(local.date()) and hour <= local.hour < DIGEST_ENDS_HOUR else None


def alerts(duties: Iterable[Duty], now: datetime) -> list[Nudge]:
    """Hour clocks that are about to run out, or have: told by day, on any day of the week.

    Four hours before; where that is in the night, the evening before. Afterwards once, by day, within a day.
    """
    local = now.astimezone(LONDON)
    if not DAY_BEGINS <= local.time() < DAY_ENDS:
        return []
    found = []
    for duty in duties:
        if duty.at is None:
            continue
        if alert_at(duty.at) <= now < duty.at:
            found.append(Nudge(duty, "hours-left", 0))
        elif duty.at <= now < duty.at + ALERT_AFTER:
            found.append(Nudge(duty, "hours-over", 0))
    return found


def alert_at(at: datetime) -> datetime:
    """When to tell of a clock that ends at *at*.

    >>> alert_at(datetime(2026, 3, 30, 22, 0, tzinfo=LONDON)).isoformat()
    '2026-03-30T18:00:00+01:00'
    >>> alert_at(datetime(2026, 3, 30, 6, 0, tzinfo=LONDON)).isoformat()
    '2026-03-29T19:00:00+01:00'
    """
    moment = (at.astimezone(ZoneInfo("UTC")) - ALERT_BEFORE).astimezone(LONDON)
    if DAY_BEGINS <= moment.time() < DAY_ENDS:
        return moment
    evening = moment.date() if moment.time() >= DAY_ENDS else moment.date() - timedelta(days=1)
    return datetime.combine(evening, time(19), tzinfo=LONDON)
