"""Every sentence a person can see in Slack that is not an answer's own: one small function each.

Plain words, no mark-up: `bot.slack.blocks` escapes what comes from people and documents and adds bold type.
"""

from __future__ import annotations

from collections.abc import Sequence

DONE, WORKING, SNOOZE, MORE, GIVE_DATE = "Done", "Working", "Snooze", "Show all of it", "Give the date"
HELPFUL, UNHELPFUL = "Helpful", "Not helpful"
WHOLE_ANSWER, SORRY = "The whole answer", "Sorry"
RECORD, ADD_CASE, SAVE, CLOSE = "Record an event", "Add a case", "Save", "Close"

COMMAND_HINT = "due QUESTION · find WORDS · case REF · new · help"

SUGGESTED_PROMPTS = (
    ("When is it due?", "When is the first core group due if the conference was last Thursday?"),
    ("What is the standard?", "How often should a child on a child protection plan be visited?"),
    ("Look something up", "Who can authorise a single assessment?"),
    ("Compare councils", "How soon is the first core group in other councils?"),
)


def help_text() -> str:
    """What Signpost can be asked, and how."""
    return "\n".join(
        (
            "Ask me in your own words, here or by mentioning me in a channel. I quote your council's practice"
            " standards and work out due dates, with the working.",
            "• /signpost due first core group, ICPC 2 April",
            "• /signpost find who authorises a single assessment",
            "• /signpost case YK-0417: what has happened and what is due",
            "• /signpost new: add a case by your own reference",
            "• /signpost setup: set this channel up for a team",
            "Use case references only: no names, dates of birth or addresses.",
        )
    )


def what_to_ask() -> str:
    """Said when the command comes without a question."""
    return "What shall I look up? For example: /signpost due first core group, ICPC 2 April"


def went_wrong(reference: str) -> str:
    """Said when something broke inside; the reference is in the log, the question is not.

    >>> went_wrong("7F3A9C")[-52:]
    'happens twice, tell your administrator error 7F3A9C.'
    """
    return (
        "Something went wrong on my side and I could not answer. Please ask again; if it happens twice, tell your "
        f"administrator error {reference}."
    )


def personal_details(found: Sequence[str]) -> str:
    """Said privately to somebody who typed personal details.

    >>> personal_details(["an NHS number", "a postcode"]).split(".")[0]
    'Your message has an NHS number and a postcode in it'
    """
    kinds = " and ".join((", ".join(found[:-1]), found[-1]) if len(found) > 1 else found)
    return (
        f"Your message has {kinds} in it. Such details do not belong in Slack: please delete the message. I used none "
        "of it and kept none of it; a case reference is enough."
    )


def no_such_case(ref: str) -> str:
    """Said where a case is unknown or another team's: the same words, so that nobody learns which."""
    return f"I know no case {ref} in your team."


def case_elsewhere() -> str:
    """Said where a case is asked for in a channel that is not its team's."""
    return "I show cases only in the team's own channel or in a direct message with me."


def no_team() -> str:
    """Said to somebody who is in no channel that is set up."""
    return "You are in no channel that is set up for a team. In your team's channel, type /signpost setup."


def not_a_member() -> str:
    """Said to somebody who pressed a button on a case of a team they are not in."""
    return "Only members of the team's channel can see or change its cases."


def too_old() -> str:
    """Said where a button's message is older than what is kept."""
    return "That message is older than I keep. Please ask again."


def case_gone() -> str:
    """Said where the case of a button is not there any more."""
    return "That case is closed or no longer here."


def closest_places() -> str:
    """Begins the next nearest places of an answer."""
    return "See also"


def when_question(question: str) -> str:
    """Asks for the fact that is missing."""
    return question


def next_step() -> str:
    """Leads to the buttons of a question asked back."""
    return "Choose one:"


def comparison_heads() -> tuple[str, str, str]:
    """The heads of a comparison's table."""
    return "Council", "What it says", "Where"
