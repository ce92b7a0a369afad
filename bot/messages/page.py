"""Every sentence of the local workspace's page: what a chat client says around the conversation itself."""

from __future__ import annotations

WORKSPACE, SUBTITLE = "Riverbank", "a workspace on this computer"
YOU_ARE, SWITCH = "You are", "Be somebody else"
CHANNELS, DIRECT, APP_HOME, MENU = "Channels", "Direct messages", "Home", "Channels and people"
SKIP, THREAD, CLOSE_THREAD, CLOSE, CANCEL = "Skip to the messages", "Thread", "Close the thread", "Close", "Cancel"
ONLY_YOU, EDITED, APP, UNREAD = "Only visible to you", "edited", "app", "new messages"
REPLY, FOLLOW_UP, SEND = "Reply in thread", "Ask a follow-up", "Send"
OPTIONAL, CHOOSE, PICTURE, MORE_ACTIONS = "optional", "Choose…", "Picture", "More"
LOOKING, SLOW = "Signpost is looking…", "No answer yet. It will appear here when it comes."
NOT_SENT, LOST, BACK = "That was not sent.", "Not connected; trying again…", "Connected again."
NEEDS_SCRIPT = "This page shows messages as they come and sends what you type with a little script: please allow it."
INSERT_MENTION, INSERT_COMMAND = "@Signpost", "/signpost"
SEND_HINT = "Enter sends, Shift + Enter starts a new line"
COMMAND_TITLE = "/signpost"
TODAY, YESTERDAY = "Today", "Yesterday"
TRY_TITLE, TRY_HIDE = "What to try", "Hide"
HOME_LOADING = "Signpost is putting your cases together…"
EMPTY_CHANNEL = "Nothing has been said here yet."
EMPTY_DM = "Ask in your own words. The answer is quoted or worked out, and says where it stands."
INVENTED = "Everybody here is invented, and so is every case."

TRY = (
    (
        "Ask",
        "in a channel, by mentioning Signpost",
        "@Signpost how often must a child on a child protection plan be seen?",
    ),
    ("Done", "under the overdue visit: say when it was, and see what is due next", ""),
    ("Command", "answered to you alone", "/signpost due first core group, ICPC last Tuesday"),
    ("A case", "in the team's channel or in a direct message", "@Signpost what is next for YK-0417?"),
)


def place_for(name: str) -> str:
    """Where somebody types.

    >>> place_for("#riverbank-team")
    'Message #riverbank-team'
    """
    return f"Message {name}"


def reply_in_thread() -> str:
    """Where somebody types in a thread."""
    return "Reply in this thread"


def replies(count: int) -> str:
    """How many replies a message has.

    >>> replies(1), replies(3)
    ('1 reply', '3 replies')
    """
    return "1 reply" if count == 1 else f"{count} replies"


def last_reply(clock: str) -> str:
    """When the last one came."""
    return f"last at {clock}"


def cannot_draw(kind: str) -> str:
    """In place of a kind of block that this page does not know."""
    return f"This page cannot show a {kind.replace('_', ' ') or 'thing without a type'}."


def pick(kind: str) -> str:
    """Names a picker that has no name of its own."""
    return {"datepicker": "Choose a day", "timepicker": "Choose a time", "users_select": "Choose a person"}.get(
        kind, "Choose one"
    )


def use_this(kind: str) -> str:
    """On the button beside a picker.

    >>> use_this("datepicker")
    'Use this day'
    """
    words = {"datepicker": "Use this day", "timepicker": "Use this time", "users_select": "Use this person"}
    return words.get(kind, "Use this")


def refused() -> str:
    """Said to a request that did not come from this page."""
    return "This page only takes what is sent from itself, on this computer."


def gone() -> str:
    """Said where what was pressed is not there any more."""
    return "That is not there any more; the page has been brought up to date."


def too_long() -> str:
    """Said of a message longer than Slack takes."""
    return "That is longer than a message may be."


def not_answered(error: str) -> str:
    """Said where the app did not answer in time, or was not there."""
    if error == "dispatch_failed":
        return "Signpost is not connected. Please try again."
    return "Signpost did not answer in time. Please try again."


def people_in(count: int) -> str:
    """How many are in a channel.

    >>> people_in(4)
    '4 people and Signpost'
    """
    return f"{count} people and Signpost" if count != 1 else "1 person and Signpost"
