"""What a picture shows, before it is drawn: lanes on a time axis, with dots for events and bars for duties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.casework.timeline import CaseFile, Run, day_of, status_words
from bot.messages import pictures as draw
from bot.messages import timelines as say
from bot.wording import title_words
from rules import Before, Calendar, Obligation, Status

Mark = Literal["event", "booked", "start", "met", "late", "due", "overdue"]
LONGEST = timedelta(days=3 * 366)
AHEAD = timedelta(days=280)


@dataclass(frozen=True)
class Dot:
    """Something on a day."""

    on: date
    mark: Mark
    hover: str


@dataclass(frozen=True)
class Bar:
    """A duty from its start to its last day; `until` is when it was done, or today where it is overdue."""

    start: date
    due: date
    mark: Mark
    until: date | None = None
    hover: str = ""
    backwards: bool = False


@dataclass(frozen=True)
class Lane:
    """One line: what it is about, the marks on it, and a note at its end; `alarm` is told in more than a colour."""

    title: str
    note: str = ""
    dots: tuple[Dot, ...] = ()
    bars: tuple[Bar, ...] = ()
    alarm: bool = False


@dataclass(frozen=True)
class Group:
    """Lanes under a heading."""

    heading: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True)
class Chart:
    """A picture's content: `first` to `last` is the axis; `today` is marked where it lies on it."""

    title: str
    subtitle: str
    description: str
    groups: tuple[Group, ...]
    first: date
    last: date
    today: date | None
    legend: tuple[tuple[str, str], ...]


def chart_of_case(file: CaseFile, council: str, calendar: Calendar) -> Chart:
    """Return the picture of a case: a lane an event, a lane a duty, the open ones first."""
    open_rules = {one.rule.id for one in file.due}
    ended = [run for run in file.past if run.rule not in open_rules and run.start and run.on]
    ended.sort(key=lambda run: min(run.start or date.max, run.on or date.max))
    lines = [_line(one, status_words(one, file.today, calendar)) for one in file.due]
    groups = (
        Group(say.HAPPENED, tuple(_event_lanes(file))),
        Group(say.DUE, tuple(_duty_lane(one, file, calendar) for one in file.due)),
        Group(say.PAST, tuple(_past_lanes(ended))),
    )
    first, last = _axis(file)
    return Chart(
        title=draw.picture_title(file.ref),
        subtitle=draw.picture_subtitle(council, file.today),
        description=draw.picture_of_case(file.ref, len(file.happened), lines),
        groups=tuple(group for group in groups if group.lanes),
        first=first,
        last=last,
        today=file.today,
        legend=draw.LEGEND,
    )


def _line(one: Obligation, status: str) -> str:
    assert one.due is not None
    return draw.desc_line(title_words(one.rule), one.due.on, status)


def _axis(file: CaseFile) -> tuple[date, date]:
    """From the first event to the last day due, within reason: a birth and an eighteenth birthday are off the edge."""
    floor, ceiling = file.today - LONGEST, file.today + AHEAD
    days = [one.on for one in file.happened] + [one.due.on for one in file.due if one.due]
    near = [day for day in (*days, file.today) if floor <= day <= ceiling]
    return min(near) - timedelta(days=7), max(near) + timedelta(days=10)


def _event_lanes(file: CaseFile) -> Iterable[Lane]:
    by_name: dict[str, list[Dot]] = {}
    for one in file.happened:
        hover = draw.hover_event(say.booked(one.title) if one.booked else one.title, one.on)
        by_name.setdefault(one.title, []).append(Dot(one.on, "booked" if one.booked else "event", hover))
    for title, dots in sorted(by_name.items(), key=lambda pair: pair[1][0].on):
        yield Lane(title, draw.times(len(dots), dots[-1].on, dots[-1].mark == "booked"), dots=tuple(dots))


def _duty_lane(one: Obligation, file: CaseFile, calendar: Calendar) -> Lane:
    assert one.due is not None
    status = status_words(one, file.today, calendar)
    overdue = one.status is Status.OVERDUE
    now = Bar(
        start=day_of(one.due.start),
        due=one.due.on,
        mark="overdue" if overdue else "due",
        until=file.today if overdue else None,
        hover=draw.hover_duty(title_words(one.rule), one.due.start, one.due.on, status),
        backwards=isinstance(one.due.version.limit, Before),
    )
    before = _bars(run for run in file.past if run.rule == one.rule.id)
    return Lane(title_words(one.rule), draw.note(one.due.on, one.due.at, status), bars=(*before, now), alarm=overdue)


def _bars(runs: Iterable[Run]) -> list[Bar]:
    return [
        Bar(
            run.start,
            run.on,
            "late" if run.is_late else "met",
            run.done,
            draw.hover_duty(run.title, run.start, run.on, run.outcome),
            backwards=run.start > run.on,
        )
        for run in runs
        if run.start and run.on
    ]


def _past_lanes(runs: Sequence[Run]) -> Iterable[Lane]:
    by_rule: dict[str, list[Run]] = {}
    for run in runs:
        by_rule.setdefault(run.rule, []).append(run)
    for mine in by_rule.values():
        mine.sort(key=lambda run: run.on or date.max)
        late = [run for run in mine if run.is_late]
        yield Lane(mine[-1].title, draw.past_note(len(mine), [run.outcome for run in late]), bars=tuple(_bars(mine)))
