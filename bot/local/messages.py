"""The messages of a workspace: said, edited, deleted, read as a channel or as a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.local.changes import Changes
from bot.local.clock import Clock
from bot.local.elements import with_ids
from bot.local.errors import SlackError
from bot.local.model import Json, Message


class MessageBook:
    """All messages, by channel and `ts`."""

    def __init__(self, changes: Changes, clock: Clock) -> None:
        self._changes, self._clock = changes, clock
        self._by_channel: dict[str, dict[str, Message]] = {}
        self._last = 0

    def new_ts(self) -> str:
        """A `ts` of now: seconds and six digits, later than any before."""
        with self._changes.read():
            now = int(self._clock.now().timestamp() * 1_000_000)
            self._last = max(now, self._last + 1)
            return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add(self, message: Message) -> Message:
        """Say something; `ts` is given by the workspace and the block ids are filled in.

        Raises:
            SlackError: `thread_not_found`, or `cannot_reply_to_message` where that is itself a reply.
        """
        with self._changes.change():
            said = replace(message, ts=self.new_ts(), blocks=tuple(with_ids(message.blocks)))
            book = self._by_channel.setdefault(message.channel, {})
            if said.thread_ts is not None:
                parent = book.get(said.thread_ts)
                if parent is None:
                    raise SlackError("thread_not_found")
                if parent.is_reply:
                    raise SlackError("cannot_reply_to_message")
                if not said.is_ephemeral:
                    book[parent.ts] = _answered(parent, said)
            book[said.ts] = said
            return said

    def edit(
        self,
        channel: str,
        ts: str,
        text: str,
        blocks: Sequence[Json] | None,
        metadata: Json | None,
    ) -> tuple[Message, Message]:
        """Change a message: (as it was, as it is). Blocks and metadata stay where None is given, as in Slack.

        Raises:
            SlackError: `message_not_found`.
        """
        with self._changes.change():
            old = self.get(channel, ts)
            if old is None:
                raise SlackError("message_not_found")
            kept = old.blocks if blocks is None else tuple(with_ids(blocks))
            about = old.metadata if metadata is None else metadata or None
            new = replace(old, text=text, blocks=kept, metadata=about, edited=self.new_ts())
            self._by_channel[channel][ts] = new
            return old, new

    def remove(self, channel: str, ts: str) -> Message:
        """Delete a message, and count it out of its thread.

        Raises:
            SlackError: `message_not_found`.
        """
        with self._changes.change():
            old = self.get(channel, ts)
            if old is None:
                raise SlackError("message_not_found")
            del self._by_channel[channel][ts]
            parent = self.get(channel, old.thread_ts or "")
            if parent is not None and old.is_reply and not old.is_ephemeral:
                left = [one for one in self.thread(channel, parent.ts)[1:] if not one.is_ephemeral]
                self._by_channel[channel][parent.ts] = replace(
                    parent,
                    reply_count=len(left),
                    reply_users=tuple(dict.fromkeys(one.user for one in left)),
                    latest_reply=left[-1].ts if left else None,
                    thread_ts=parent.ts if left else None,
                )
            return old

    def get(self, channel: str, ts: str) -> Message | None:
        """One message, or None."""
        with self._changes.read():
            return self._by_channel.get(channel, {}).get(ts)

    def channel(self, channel: str) -> list[Message]:
        """A channel's own messages, oldest first: no replies but those also sent to the channel."""
        with self._changes.read():
            found = self._by_channel.get(channel, {}).values()
            return sorted((one for one in found if not one.is_reply or one.broadcast), key=lambda one: one.ts)

    def thread(self, channel: str, thread_ts: str) -> list[Message]:
        """A thread, its parent first; empty where there is none."""
        with self._changes.read():
            found = self._by_channel.get(channel, {})
            parent = found.get(thread_ts)
            replies = [one for one in found.values() if one.thread_ts == thread_ts and one.ts != thread_ts]
            return [parent, *sorted(replies, key=lambda one: one.ts)] if parent else []


def _answered(parent: Message, reply: Message) -> Message:
    return replace(
        parent,
        thread_ts=parent.ts,
        reply_count=parent.reply_count + 1,
        reply_users=tuple(dict.fromkeys((*parent.reply_users, reply.user))),
        latest_reply=reply.ts,
    )
