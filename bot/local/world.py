"""The workspace's state: people, channels, messages, views, prompts, behind one lock; and what it tells the app."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.local import events
from bot.local.changes import Changes
from bot.local.clock import Clock
from bot.local.errors import SlackError
from bot.local.messages import MessageBook
from bot.local.model import Channel, Install, Json, Message, Prompts, User, View
from bot.local.tickets import Tickets
from bot.local.views import ViewBook
from bot.messages import workspace as say

SLACKBOT = "USLACKBOT"


class World:
    """All that is in the workspace. Everything returned is immutable and safe to keep.

    >>> from bot.local.model import Install
    >>> world = World(Clock(), Install("xoxb-1", "xapp-1", "secret"))
    >>> _ = world.add_user("U1", "Wren Sample", "social worker")
    >>> world.channel(world.open_im("U1")).is_im
    True
    """

    def __init__(self, clock: Clock, install: Install) -> None:
        """A workspace with nobody in it but the bot."""
        self.clock, self.install = clock, install
        self.changes = Changes()
        self.book = MessageBook(self.changes, clock)
        self.views = ViewBook(self.changes)
        self.tickets = Tickets(self.changes, clock)
        self.tell: Callable[[Json], None] = lambda event: None
        self._users: dict[str, User] = {}
        self._channels: dict[str, Channel] = {}
        self._prompts: dict[str, Prompts] = {}
        self._add_user(User(install.bot_user_id, install.app_name, "app", is_bot=True))
        self._add_user(User(SLACKBOT, say.slackbot(), "", is_bot=True))

    @property
    def version(self) -> int:
        """Counts changes; grows with each."""
        return self.changes.version

    def wait_for(self, predicate: Callable[[], bool], timeout: float = 30.0) -> bool:
        """Wait until *predicate* holds (asked after every change); False when it does not within *timeout* seconds."""
        return self.changes.wait_for(predicate, timeout)

    def on_change(self, callback: Callable[[int], None]) -> Callable[[], None]:
        """Call *callback* with the version after every change (any thread, no lock held); returns how to stop it."""
        return self.changes.on_change(callback)

    def add_user(self, id: str, name: str, title: str = "") -> User:
        """Add a person."""
        return self._add_user(User(id, name, title))

    def add_channel(
        self, id: str, name: str, members: Iterable[str], is_private: bool = False, topic: str = ""
    ) -> Channel:
        """Add a channel; *members* are user ids (put `install.bot_user_id` among them for the bot to be in it).

        Raises:
            KeyError: a member is unknown.
        """
        with self.changes.change():
            inside = frozenset(self.user(member).id for member in members)
            made = Channel(id, name, "private" if is_private else "public", inside, self._now(), topic)
            self._channels[id] = made
            return made

    def join(self, channel: str, user: str) -> Channel:
        """Let somebody into a channel. KeyError if either is unknown."""
        return self._members(channel, self.channel(channel).members | {self.user(user).id})

    def leave(self, channel: str, user: str) -> Channel:
        """Let somebody leave a channel."""
        return self._members(channel, self.channel(channel).members - {user})

    def open_im(self, user_id: str) -> str:
        """The id of the direct message between a person and the bot, opened if need be. KeyError if unknown."""
        with self.changes.read():
            id = f"D{self.user(user_id).id[1:]}"
            if id in self._channels:
                return id
        with self.changes.change():
            pair = frozenset({user_id, self.install.bot_user_id})
            self._channels[id] = Channel(id, "", "im", pair, self._now())
            return id

    def user(self, id: str) -> User:
        """One person. KeyError if unknown."""
        with self.changes.read():
            return self._users[id]

    def users(self) -> list[User]:
        """Everybody, the bot included, in the order they were added."""
        with self.changes.read():
            return [user for user in self._users.values() if user.id != SLACKBOT]

    def channel(self, id: str) -> Channel:
        """One channel or direct message. KeyError if unknown."""
        with self.changes.read():
            return self._channels[id]

    def channels(self, viewer: str | None = None) -> list[Channel]:
        """All channels and direct messages, in the order they were added; or only those *viewer* is in."""
        with self.changes.read():
            return [one for one in self._channels.values() if viewer is None or viewer in one.members]

    def messages(self, channel: str, thread_ts: str | None = None, viewer: str | None = None) -> list[Message]:
        """Messages, oldest first: a channel's own (replies left out), or a thread's (its parent first).

        With *viewer*, also what only that person sees, and nothing where they are not in the channel.
        """
        with self.changes.read():
            if viewer is not None and viewer not in self.channel(channel).members:
                return []
            found = self.book.thread(channel, thread_ts) if thread_ts else self.book.channel(channel)
            return [one for one in found if one.visible_to in (None, viewer)]

    def message(self, channel: str, ts: str) -> Message | None:
        """One message, ephemeral ones included."""
        return self.book.get(channel, ts)

    def home(self, user: str) -> View | None:
        """A person's Home tab, as published last."""
        return self.views.home(user)

    def modal(self, user: str) -> View | None:
        """The dialog a person has open: the topmost of up to three."""
        return self.views.top(user)

    def prompts(self, channel: str) -> Prompts:
        """The suggested prompts of a direct message."""
        with self.changes.read():
            return self._prompts.get(channel, Prompts())

    def set_prompts(self, channel: str, prompts: Prompts) -> None:
        """Show these prompts beside a direct message."""
        with self.changes.change():
            self._prompts[channel] = prompts

    def say(self, message: Message) -> Message:
        """Add a message (its `ts` is given here) and tell the app of it as Slack does, once or as a mention twice.

        Raises:
            SlackError: see `MessageBook.add`.
        """
        said = self.book.add(message)
        channel = self.channel(said.channel)
        if not said.is_ephemeral:
            if self._subscribed(channel):
                self.tell(events.message_event(said, channel, self.install))
            if self._mentions_bot(said, channel):
                self.tell(events.mention_event(said, self.install))
        return said

    def edit(
        self, channel: str, ts: str, text: str, blocks: Sequence[Json] | None = None, metadata: Json | None = None
    ) -> Message:
        """Change a message and tell the app. SlackError `message_not_found` if there is none."""
        old, new = self.book.edit(channel, ts, text, blocks, metadata)
        place = self.channel(channel)
        if not new.is_ephemeral and self._subscribed(place):
            self.tell(events.changed_event(old, new, place, self.install))
        return new

    def remove(self, channel: str, ts: str) -> None:
        """Delete a message and tell the app. SlackError `message_not_found` if there is none."""
        old, place = self.book.remove(channel, ts), self.channel(channel)
        if not old.is_ephemeral and self._subscribed(place):
            self.tell(events.deleted_event(old, self.book.new_ts(), place, self.install))

    def for_bot(self, id: str) -> Channel:
        """A channel as the bot may know of it; SlackError `channel_not_found` where it may not."""
        with self.changes.read():
            found = self._channels.get(id)
        if found is None or (found.kind != "public" and self.install.bot_user_id not in found.members):
            raise SlackError("channel_not_found")
        return found

    def bot_in(self, channel: Channel) -> bool:
        """Whether the bot is a member."""
        return self.install.bot_user_id in channel.members

    def _subscribed(self, channel: Channel) -> bool:
        event, scope = events.subscription(channel)
        return self.bot_in(channel) and event in self.install.events and scope in self.install.scopes

    def _mentions_bot(self, message: Message, channel: Channel) -> bool:
        wanted = "app_mention" in self.install.events and "app_mentions:read" in self.install.scopes
        named = f"<@{self.install.bot_user_id}>" in message.text or f"<@{self.install.bot_user_id}|" in message.text
        return wanted and named and not channel.is_im and message.bot_id is None and self.bot_in(channel)

    def _members(self, channel: str, members: frozenset[str]) -> Channel:
        with self.changes.change():
            self._channels[channel] = replace(self._channels[channel], members=members)
            return self._channels[channel]

    def _add_user(self, user: User) -> User:
        with self.changes.change():
            self._users[user.id] = user
            return user

    def _now(self) -> int:
        return int(self.clock.now().timestamp())
