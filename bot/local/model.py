"""What there is in a workspace: people, channels, messages, views, and the app's installation. All of it immutable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

ChannelKind = Literal["public", "private", "im"]
ViewKind = Literal["modal", "home"]
Json = dict[str, Any]

MOST_SCOPES = 9  # the project's own promise to administrators, checked here as well
BOT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "im:history",
    }
)
BOT_EVENTS = frozenset({"app_home_opened", "app_mention", "message.channels", "message.groups", "message.im"})


@dataclass(frozen=True)
class User:
    """A person, or the bot's own user. `title` is what they are: 'social worker'."""

    id: str
    name: str
    title: str = ""
    is_bot: bool = False


@dataclass(frozen=True)
class Channel:
    """A channel or a direct message with the bot. `members` holds user ids, the bot's among them where it is in."""

    id: str
    name: str
    kind: ChannelKind
    members: frozenset[str]
    created: int = 0
    topic: str = ""

    @property
    def is_im(self) -> bool:
        """Whether this is a direct message between a person and the bot."""
        return self.kind == "im"


@dataclass(frozen=True)
class Message:
    """A message as it stands now. `text` and `blocks` are as sent (mrkdwn, not HTML).

    `ts` is unique in the workspace and increasing; `thread_ts` is the parent's where this is a reply, and the
    message's own where it has replies. `edited` is the ts of the last edit. `visible_to`: only this person sees it.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    bot_id: str | None = None
    metadata: Json | None = None
    edited: str | None = None
    visible_to: str | None = None
    broadcast: bool = False
    reply_count: int = 0
    reply_users: tuple[str, ...] = ()
    latest_reply: str | None = None

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def is_ephemeral(self) -> bool:
        """Whether one person only sees it."""
        return self.visible_to is not None


@dataclass(frozen=True)
class View:
    """A modal or a Home tab. `payload` is the view as the app sent it, with block and action ids filled in.

    `state` is what a person has chosen so far (block id → action id → element state); `errors` the sentence under
    each block that was refused at the last submission.
    """

    id: str
    kind: ViewKind
    user: str
    payload: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    state: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """The view's blocks."""
        return list(self.payload.get("blocks") or [])

    @property
    def title(self) -> str:
        """A modal's title; empty for a Home tab."""
        return str((self.payload.get("title") or {}).get("text") or "")

    @property
    def callback_id(self) -> str:
        """What the app calls it."""
        return str(self.payload.get("callback_id") or "")


@dataclass(frozen=True)
class Prompts:
    """The suggested prompts beside a direct message: (title, message) each."""

    title: str = ""
    prompts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Install:
    """The app, installed: its ids, tokens, scopes and subscriptions.

    Raises:
        ValueError: more than nine bot scopes.
    """

    bot_token: str
    app_token: str
    signing_secret: str
    bot_user_id: str = "U0SIGNPOST"
    bot_id: str = "B0SIGNPOST"
    app_id: str = "A0SIGNPOST"
    team_id: str = "T0LOCAL"
    app_name: str = "Signpost"
    commands: tuple[str, ...] = ("/signpost",)
    scopes: frozenset[str] = BOT_SCOPES
    events: frozenset[str] = BOT_EVENTS

    def __post_init__(self) -> None:
        if len(self.scopes) > MOST_SCOPES:
            raise ValueError(f"{len(self.scopes)} bot scopes; at most {MOST_SCOPES} are granted")

    def lacks(self, needed: Sequence[str]) -> bool:
        """Whether none of *needed* has been granted (an empty list needs nothing)."""
        return bool(needed) and not self.scopes & set(needed)


@dataclass(frozen=True)
class Ack:
    """How the app answered a command, a press, or a dialog sent in.

    `error` is what Slack's client would say where there was no answer in time (`operation_timeout`) or nobody to ask
    (`dispatch_failed`); `payload` is the body of the acknowledgement; `message` what it left in the conversation.
    `errors` (block id → sentence) also holds what the client itself refuses: a required field left empty.
    """

    payload: Json = field(default_factory=dict)
    error: str | None = None
    message: Message | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the app answered in time and nothing was refused."""
        return self.error is None and not self.errors

    @property
    def action(self) -> str | None:
        """`errors`, `update`, `push` or `clear`; None where a dialog just closes."""
        found = self.payload.get("response_action")
        return str(found) if found else None
