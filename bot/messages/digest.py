"""Every sentence of the digest, the alerts and the escalations: one small function each."""

from __future__ import annotations

from datetime import date, datetime

from bot.answers.dates import long_date, short_date


def digest_title(team: str, day: date) -> str:
    """The digest's heading."""
    return f"{team}: {long_date(day)}"


def digest_summary(overdue: int, today: int, soon: int, horizon: int) -> str:
    """The digest in a line, as a notification shows it.

    >>> digest_summary(1, 0, 2, 5)
    '1 overdue, nothing due today, 2 in the next 5 working days'
    """
    parts = (
        f"{overdue} overdue" if overdue else "nothing overdue",
        f"{today} due today" if today else "nothing due today",
        f"{soon} in the next {horizon} working days" if soon else f"nothing in the next {horizon} working days",
    )
    return ", ".join(parts)


def heading_overdue() -> str:
    """Over the duties that are late."""
    return "Overdue"


def heading_today() -> str:
    """Over the duties of the day."""
    return "Due today"


def heading_soon(horizon: int) -> str:
    """Over the duties of the next days."""
    return f"Next {horizon} working days"


def heading_notice() -> str:
    """Over the early notices."""
    return "Further ahead"


def heading_blocked() -> str:
    """Over the duties that cannot be worked out."""
    return "Cannot be worked out yet"


def all_clear(horizon: int) -> str:
    """Said in the morning when there is nothing to say."""
    return f"Nothing is overdue and nothing is due in the next {horizon} working days."


def and_more(count: int) -> str:
    """Ends a list that is longer than Slack shows."""
    return f"…and {count} more: see my Home tab."


def snoozed_count(count: int) -> str:
    """Says what the digest leaves out, so that nobody takes silence for all clear."""
    return f"{count} snoozed {'duty is' if count == 1 else 'duties are'} not listed."


def lateness(days_over: int) -> str:
    """How late something is, in working days.

    >>> lateness(0), lateness(1), lateness(3)
    ('late, within a working day', '1 working day over', '3 working days over')
    """
    if days_over <= 0:
        return "late, within a working day"
    return f"{days_over} working day{'s' if days_over != 1 else ''} over"


def nobody() -> str:
    """Stands where a case has no worker."""
    return "no worker"


def due_on(day: date, at: datetime | None = None) -> str:
    """When something is due.

    >>> due_on(date(2026, 4, 20))
    'due Mon 20 Apr 2026'
    """
    return f"due {at:%H:%M} {short_date(day)}" if at else f"due {short_date(day)}"


def done_on(day: date | None) -> str:
    """Stands beside a duty that has been met since the message was sent."""
    return f"done {short_date(day)}" if day else "no longer due"


def notice_in(days: int) -> str:
    """How far ahead an early notice is."""
    return f"in {days} working days"


def alert(title: str, ref: str, at: datetime) -> str:
    """An hour clock is about to run out."""
    return f"{title} for {ref} is due by {at:%H:%M} on {long_date(at.date())}."


def alert_over(title: str, ref: str, at: datetime) -> str:
    """An hour clock has run out."""
    return f"{title} for {ref} was due by {at:%H:%M} on {long_date(at.date())}."


def alert_met(title: str, ref: str) -> str:
    """Stands in place of an alert once its duty is met."""
    return f"{title} for {ref}: done."


def for_attention() -> str:
    """Leads to the person the team has named for what stays overdue."""
    return "for the attention of"


def earlier_reading(day: date) -> str:
    """Says that another reading of the document gives an earlier day."""
    return f"by the earlier reading {short_date(day)}"
