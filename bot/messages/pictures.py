"""Every word in a picture, and about a path."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.answers.dates import long_date, short_date
from bot.messages.timelines import met, when

LEGEND = (
    ("event", "happened"),
    ("booked", "booked"),
    ("met", "met in time"),
    ("late", "done late"),
    ("due", "still to do"),
    ("overdue", "overdue"),
)
LEGEND_PATH = (("start", "starts it"), ("due", "last day"))
TODAY_LABEL = "today"
EACH_DUTY = "Each duty, and its last day"


def picture_title(ref: str) -> str:
    """The title of a case's picture."""
    return f"Case {ref}"


def picture_subtitle(council: str, day: date) -> str:
    """Under it."""
    return f"Standards of {council} · as of {long_date(day)}"


def picture_of_case(ref: str, events: int, lines: Sequence[str]) -> str:
    """What a screen reader says of a case's picture."""
    told = f"{events} recorded event{'' if events == 1 else 's'}."
    return f"Time line of case {ref}: {told} {' '.join(lines)}".strip()


def path_title(event: str, day: date) -> str:
    """The title of a path."""
    return f"From {event} on {long_date(day)}"


def path_subtitle(council: str) -> str:
    """Under it: what a path is."""
    return f"Standards of {council}; each duty as if it were done on its last day"


def picture_of_path(event: str, day: date, lines: Sequence[str]) -> str:
    """What a screen reader says of a path's picture."""
    return f"From {event} on {long_date(day)}, each duty on its last day. {' '.join(lines)}"


def desc_line(title: str, day: date, status: str) -> str:
    """A duty in a picture's description."""
    return f"{title}: {short_date(day)}{f', {status}' if status else ''}."


def hover_event(title: str, day: date) -> str:
    """Over a dot of a picture."""
    return f"{title}: {short_date(day)}"


def hover_duty(title: str, start: date, due: date, outcome: str) -> str:
    """Over a bar of a picture."""
    return f"{title}: from {short_date(start)}, due {short_date(due)}{f', {outcome}' if outcome else ''}"


def no_fonts() -> str:
    """Said where a PNG would have no words in it."""
    return "this machine has no fonts, so a PNG would have no words in it: write an .svg instead."


def picture_kind(name: str) -> str:
    """Said of a picture that is to be anything else."""
    return f"{name} is no .svg or .png file: name the picture one of these."


def picture_written(path: str) -> str:
    """Said when a picture is written."""
    return f"Drew {path}."


def same_day(event: str, other: str, name: str) -> str:
    """An assumption of a path: no rule gives the time between two events."""
    return f"{event}: taken to be on the day of: {other}, as no rule sets a time; --from {name}=DATE gives another"


def noon() -> str:
    """An assumption of a path: hours are counted from noon."""
    return "where hours are counted and no time of day is given, noon is taken"


def stops_there(day: date) -> str:
    """Said where bank holidays end."""
    return f"the path stops at {long_date(day)}: bank holidays are not published further ahead"


def until(day: date) -> str:
    """Said of a path's end."""
    return f"shown up to {long_date(day)} (--months)"


def assumed() -> str:
    """Over the assumptions."""
    return "Assumed"


def times(count: int, last: date, ahead: bool) -> str:
    """How often something happened, and when last.

    >>> times(3, date(2026, 4, 2), False), times(1, date(2026, 4, 2), True)
    ('3 times, last Thu 2 Apr 2026', 'booked for Thu 2 Apr 2026')
    """
    if ahead:
        return f"booked for {short_date(last)}"
    return short_date(last) if count == 1 else f"{count} times, last {short_date(last)}"


def note(day: date, at: datetime | None, status: str) -> str:
    """A due date and how it stands."""
    return f"{when(day, at)} · {status}"


def past_note(count: int, late: Sequence[str]) -> str:
    """How a duty that is over went.

    >>> past_note(3, []), past_note(1, ["late by 2 working days"]), past_note(4, ["never", "never"])
    ('met, 3 times', 'late by 2 working days', '2 of 4 late or never')
    """
    if not late:
        return met() if count == 1 else f"{met()}, {count} times"
    return late[0] if count == 1 else f"{len(late)} of {count} late or never"


def path_note(first: date, at: datetime | None, rest: Sequence[date]) -> str:
    """A duty's last day in a path, and how often it comes again.

    >>> path_note(date(2026, 6, 16), None, [date(2026, 7, 16), date(2026, 8, 16)])
    'Tue 16 Jun 2026, then 2 more to 16 Aug 2026'
    """
    again = f", then {len(rest)} more to {rest[-1].day} {rest[-1]:%b %Y}" if rest else ""
    return f"{when(first, at)}{again}"


def name_council(councils: Sequence[str]) -> str:
    """Asked where a path needs a council's rules."""
    return f"name a council whose rules are loaded with --council: {', '.join(councils)}."


def months_range(most: int) -> str:
    """Said of a length that cannot be."""
    return f"--months takes a whole number from 1 to {most}."


def write_start(text: str) -> str:
    """Said of a start that cannot be read."""
    return f"{text!r} is no start: write EVENT=DATE, for example referral_received=2026-03-02."
