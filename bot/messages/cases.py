"""Every sentence about a case, its recording, the set-up of a channel and the Home tab: one small function each."""

from __future__ import annotations

from datetime import date

from bot.answers.dates import long_date, short_date


def done_title() -> str:
    """Title of the modal behind Done (at most 24 characters)."""
    return "What was done?"


def when_did_it_happen(title: str) -> str:
    """Asks for the day."""
    return f"When did it happen: {title}?"


def at_what_time() -> str:
    """Asks for the hour, where it matters."""
    return "At what time?"


def which_event() -> str:
    """Asks what happened."""
    return "What happened?"


def not_in_future() -> str:
    """Said under a date that has not come yet."""
    return "That day has not come yet. Give the day it happened."


def give_date() -> str:
    """Said under a date field left empty."""
    return "Give a date."


def recorded(event: str, ref: str, day: date) -> str:
    """Said when something has been written down.

    >>> recorded("core group", "YK-0417", date(2026, 4, 16))
    'Recorded for YK-0417: core group, Thu 16 Apr 2026.'
    """
    return f"Recorded for {ref}: {event}, {short_date(day)}."


def known_already(event: str, ref: str, day: date) -> str:
    """Said when somebody else has recorded the same."""
    return f"Already recorded for {ref}: {event}, {short_date(day)}."


def next_due(title: str, day: date) -> str:
    """Said at once after recording: what is due next.

    >>> next_due("Next core group", date(2026, 5, 16))
    'Next: core group is due on Saturday 16 May 2026.'
    """
    return f"Next: {title.removeprefix('Next ')} is due on {long_date(day)}."


def still_overdue(title: str, day: date) -> str:
    """Said after recording, of what is late."""
    return f"Still overdue: {title} was due on {long_date(day)}."


def nothing_next() -> str:
    """Said after recording where nothing follows."""
    return "Nothing further is due on this case."


def snooze_title() -> str:
    """Title of the snooze modal."""
    return "Snooze"


def snooze_until(title: str, ref: str) -> str:
    """Asks until when to be left alone."""
    return f"Say nothing about {title} for {ref} until"


def snoozed(title: str, ref: str, until: date, due: date | None) -> str:
    """Said after a snooze: the date stands."""
    stands = f" It is still due on {long_date(due)}." if due else ""
    return f"I will not mention {title} for {ref} again before {long_date(until)}.{stands}"


def snooze_later() -> str:
    """Said under a snooze that ends at once."""
    return "Give a day after today, at most 30 days away."


def case_title(ref: str) -> str:
    """Heading of a case."""
    return f"Case {ref}"


def case_happened() -> str:
    """Over what has happened."""
    return "What has happened"


def case_due() -> str:
    """Over what is due."""
    return "What is due"


def nothing_recorded() -> str:
    """Said of a case without events."""
    return "Nothing is recorded yet."


def nothing_due() -> str:
    """Said of a case without duties."""
    return "Nothing is due."


def case_added(ref: str) -> str:
    """Said when a case has been added."""
    return f"Added {ref}."


def case_exists(ref: str) -> str:
    """Said under a reference that is taken."""
    return f"Your team has a case {ref} already."


def bad_reference() -> str:
    """Said under a reference that could be a name."""
    return (
        "Give your team's own reference, such as YK-0417: letters, digits, - and /, with at least one digit; no names."
    )


def closed(ref: str, day: date) -> str:
    """Said when a case has been closed."""
    return f"Closed {ref} from {short_date(day)}; I will not nudge about it again."


def setup_title() -> str:
    """Title of the set-up modal."""
    return "Set this channel up"


def setup_done(team: str, council: str, hour: int) -> str:
    """Said when a channel has been set up."""
    return f"{team} ({council}) is set up: a digest at {hour}:00 on working days. Add cases with /signpost new."


def setup_in_channel() -> str:
    """Said where set-up is asked for outside a channel."""
    return "Type /signpost setup in your team's channel, with me invited to it."


def home_title() -> str:
    """Heading of the Home tab."""
    return "Your cases, in the order they are due"


def home_team(team: str) -> str:
    """Over a team's part of the Home tab."""
    return f"{team}: the team"


def home_empty() -> str:
    """Said where nobody has given you a case."""
    return "No case of yours has anything due. Ask me anything in Messages."


def home_no_team() -> str:
    """Said on the Home tab of somebody without a team."""
    return "You are in no channel that is set up for a team. Ask me anything in Messages."


def rests_on(rule: str) -> str:
    """What a date rests on."""
    return f"rests on {rule}"


def when_label() -> str:
    """Asks for the day of anything."""
    return "When did it happen?"


def which_team() -> str:
    """Asks for the team of a new case."""
    return "Team"


def which_reference() -> str:
    """Asks for a new case's reference."""
    return "Your team's reference"


def which_worker() -> str:
    """Asks for a case's worker."""
    return "Worker"


def team_name() -> str:
    """Asks for a team's name."""
    return "Team's name"


def which_council() -> str:
    """Asks for a team's council."""
    return "Council"


def which_hour() -> str:
    """Asks for the hour of the digest."""
    return "Morning digest at"


def escalate_to() -> str:
    """Asks whom to tell."""
    return "Whom to tell when something is five working days overdue"


def no_longer_due() -> str:
    """Said where a button's duty has been met or has moved since."""
    return "That is no longer due: it has been done, or its date has moved."


def home_more(count: int) -> str:
    """Ends one's own list on the Home tab where it is longer than Slack shows."""
    return f"…and {count} more of yours, due later: type /signpost case with a reference."


def home_more_teams(count: int) -> str:
    """Ends the Home tab of somebody in more teams than it shows."""
    return f"…and {count} more team{'s' if count != 1 else ''}: see their channels' digests."


def home_total(count: int) -> str:
    """How many duties of the team are under way."""
    return f"{count} under way in the team." if count != 1 else "1 under way in the team."
