"""Every word about a case as a time line or a calendar, and about what would change on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.answers.dates import LONDON, long_date, short_date

HAPPENED, DUE, PAST, BLOCKED = "What has happened", "What is due", "Met and late", "Cannot be worked out yet"
DATE, EVENT, DUTY, STATUS, RESTS_ON, OUTCOME, WAS_DUE, DONE = (
    "date",
    "event",
    "duty",
    "status",
    "rule",
    "outcome",
    "was due",
    "done",
)
FROM, LAST_DAY, THEN = "from", "last day", "then"
NEVER, ENDED = "never", "no longer applies"
NOTHING_HAPPENED, NOTHING_DUE, NOTHING_CHANGES = "Nothing is recorded yet.", "Nothing is due.", "Nothing changes."
BEFORE, AFTER = "before", "after"
STARTS, MEETS, ENDS, REQUIRES, APPLIES, READINGS = (
    "Starts the clock",
    "Meets it",
    "Ends it",
    "Needs besides",
    "Applies when",
    "Other readings",
)
NO_OTHER_READING = "none: the text leaves nothing open here"
NOTHING_MEETS = "nothing that is recorded: its day passes"
TO_ANSWER = "to answer first"


def working_days(count: int) -> str:
    """A number of working days.

    >>> working_days(1), working_days(3)
    ('1 working day', '3 working days')
    """
    return f"{count} working day{'' if count == 1 else 's'}"


def late_by(days: int) -> str:
    """How late something was done, or within the same working day.

    >>> late_by(2), late_by(0)
    ('late by 2 working days', 'late, within a working day')
    """
    return f"late by {working_days(days)}" if days > 0 else "late, within a working day"


def overdue_by(days: int) -> str:
    """How late something is that is still to be done."""
    return f"overdue by {working_days(days)}" if days > 0 else "overdue, within a working day"


def due_in(days: int) -> str:
    """How long there is."""
    return f"in {working_days(days)}" if days > 0 else "before the next working day"


def due_far(day: date) -> str:
    """Said of a day so far off that working days are not counted."""
    return f"in {day.year}"


def due_today() -> str:
    """Said of the day itself."""
    return "today"


def met() -> str:
    """Said of what was done in time."""
    return "met"


def when(day: date, at: datetime | None = None) -> str:
    """A day, and the hour where it matters.

    >>> when(date(2026, 4, 20))
    'Mon 20 Apr 2026'
    """
    return f"{short_date(day)}{f' {at.astimezone(LONDON):%H:%M}' if at else ''}"


def case_heading(ref: str, council: str, worker: str | None, closed: date | None, on: date) -> str:
    """Over a case."""
    parts = [f"Case {ref}", council, worker or "nobody allocated", f"as of {long_date(on)}"]
    return " · ".join([*parts, *([f"closed {short_date(closed)}"] if closed else [])])


def booked(title: str) -> str:
    """Said of what lies ahead."""
    return f"{title} (booked)"


def no_case(ref: str, teams: Sequence[str]) -> str:
    """Said where no team has the case."""
    where = f" in {', '.join(teams)}" if teams else ""
    return f"there is no case {ref!r}{where}; see `signpost cases export`."


def several_teams(ref: str, teams: Sequence[str]) -> str:
    """Said where two teams have a case of this reference."""
    return f"{ref} is a case of {' and of '.join(teams)}; name one with --team."


def no_team(asked: str, there: Sequence[str]) -> str:
    """Said where no team is called so."""
    known = f"set up are: {', '.join(there)}" if there else "none is set up yet (use /signpost in the team's channel)"
    return f"there is no team {asked!r}; {known}."


def which_team(there: Sequence[str]) -> str:
    """Asked where a team is needed."""
    known = ", ".join(there) if there else "none is set up yet (use /signpost in the team's channel)"
    return f"name the team with --team: {known}."


def team_twice(asked: str, channels: Sequence[str]) -> str:
    """Said where two teams share a name."""
    return f"two teams are called {asked!r}; give the channel: {', '.join(channels)}."


def calendar_name(team: str) -> str:
    """What the calendar is called."""
    return f"{team}: what is due"


def entry_title(ref: str, title: str) -> str:
    """A calendar entry."""
    return f"{ref}: {title}"


def entry_body(working: Sequence[str], act_by: date | None, rule: str) -> str:
    """Under a calendar entry: its working."""
    first = [f"By another reading it is due on {long_date(act_by)}: go by that."] if act_by else []
    return "\n".join([*first, *working, f"Rule: {rule}"])


def calendar_written(path: str, count: int, blocked: int) -> str:
    """Said when a calendar is written."""
    left = f" {blocked} more cannot be worked out yet and are not in it." if blocked else ""
    return f"Wrote {count} {'duty' if count == 1 else 'duties'} to {path}.{left}"


def what_if_heading(ref: str, changes: Sequence[str], on: date) -> str:
    """Over what would change."""
    return f"Case {ref} as of {long_date(on)}, if {'; '.join(changes)}"


def added(title: str, day: date) -> str:
    """A change: something more happened."""
    return f"{title} was on {short_date(day)}"


def moved(title: str, old: date, new: date) -> str:
    """A change: something happened on another day."""
    return f"{title} was not on {short_date(old)} but on {short_date(new)}"


def not_recorded(title: str, day: date) -> str:
    """Said where an event that is to be moved is not there."""
    return f"no {title} is recorded on {short_date(day)}; nothing can be moved."


def gone() -> str:
    """Said of a duty that is no longer there."""
    return "—"


def reading_taken(limit: str, on: date) -> str:
    """The reading that was taken."""
    return f"Taken: {limit}: {short_date(on)}."


def window(event: str) -> str:
    """Said where a rule holds only for a time after something."""
    return f"only for a time that is counted from: {event}"


def write_change(text: str) -> str:
    """Said of a change that cannot be read."""
    return f"{text!r} is no change: write EVENT=2026-04-02 (added), or EVENT=2026-04-02..2026-04-09 (moved)."


def no_event(word: str, near: Sequence[str]) -> str:
    """Said where no event is called so."""
    nearest = f"; near: {', '.join(near)}" if near else ""
    return f"there is no event {word!r}{nearest}."


def closed_status(status: str, done: date | None) -> str:
    """How a duty that is over stands.

    >>> closed_status("met_late", date(2026, 4, 21))
    'met late, done Tue 21 Apr 2026'
    """
    words = ENDED if status == "ended" else status.replace("_", " ")
    return f"{words}, done {short_date(done)}" if done else words


def case_or_rule() -> str:
    """Said where a case is asked about in a way that only a rule is."""
    return "--case goes with --what-if EVENT=DATE alone; `signpost case REF` shows what is due on a case."


def rule_and_start() -> str:
    """Said where a date is asked for without what it needs."""
    return "give --rule ID and --start DATE, or --case REF and --what-if EVENT=DATE."
