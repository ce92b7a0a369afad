"""What a person does in Slack's own client: says something, types a command, presses, picks, sends a dialog in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from bot.local import events
from bot.local.api import respond
from bot.local.delivery import Delivery
from bot.local.dialogs import Dialogs
from bot.local.elements import completed, find, pressed
from bot.local.errors import SlackError
from bot.local.model import Ack, Channel, Json, Message, View
from bot.local.world import SLACKBOT, World
from bot.messages import workspace as say

_LINK = re.compile(r"https?://[^\s<>|]+")


class People:
    """Everybody in the workspace. Each call returns once the app has acknowledged, or has had its time."""

    def __init__(self, world: World, delivery: Delivery, url: str) -> None:
        """*url* is where response URLs point."""
        self._world, self._delivery, self._url = world, delivery, url
        self._dialogs = Dialogs(world, delivery)

    def post(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Say something. *text* is as Slack keeps it: `<@U1>` for a mention, `&`, `<`, `>` escaped; see `typed`.

        Returns at once; events go out as Slack's do: a mention in a channel gives `message` and `app_mention`.

        Raises:
            ValueError: nothing said, the person is not in the channel, or the thread is not there.
        """
        self._place(user, channel)
        if not text.strip():
            raise ValueError("nothing to say")
        parent = self._world.message(channel, thread_ts) if thread_ts else None
        try:
            return self._world.say(
                Message(channel, "", user, text, thread_ts=(parent.thread_ts or parent.ts) if parent else thread_ts)
            )
        except SlackError as error:
            raise ValueError(error.code) from error

    def typed(self, words: str) -> str:
        """What somebody typed, as Slack keeps it: escaped, `@Name` as a mention, `#name` as a channel, links marked."""
        text = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = _LINK.sub(lambda found: f"<{found.group()}>", text)
        for user in sorted(self._world.users(), key=lambda one: -len(one.name)):
            text = re.sub(rf"@{re.escape(user.name)}\b", f"<@{user.id}>", text, flags=re.IGNORECASE)
        for channel in self._world.channels():
            if channel.name:
                text = re.sub(rf"(?<!\S)#{re.escape(channel.name)}\b", f"<#{channel.id}|{channel.name}>", text)
        return text

    def command(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> Ack:
        """Type `/signpost …` (*text* is all of it, or what follows the command's name).

        With *thread_ts* the answer is shown in that thread. (Slack itself takes no commands in threads; the app is
        not told of it, so that nothing can come to rest on it.)

        Raises:
            ValueError: the person is not in the channel, or there is no such command.
        """
        place, install = self._place(user, channel), self._world.install
        name, _, rest = (
            text.strip().partition(" ") if text.lstrip().startswith("/") else (install.commands[0], "", text)
        )
        if name not in install.commands:
            raise ValueError(f"no command {name}; there are {install.commands}")
        tickets = self._world.tickets
        secret = tickets.response(user, channel, thread_ts)
        person, trigger = self._world.user(user), tickets.trigger(user)
        body = events.command_body(person, place, name, rest.strip(), install, trigger, self._response_url(secret))
        if "commands" not in install.scopes:
            return self._failed(user, channel, name, "dispatch_failed")
        reply = self._delivery.ask("slash_commands", dict(body))
        if reply.error:
            return self._failed(user, channel, name, reply.error)
        if not reply.payload.get("text") and not reply.payload.get("blocks"):
            return Ack(reply.payload)
        try:
            return Ack(reply.payload, message=respond(self._world, tickets.peek(secret), reply.payload))
        except SlackError as error:
            return self._failed(user, channel, name, error.code)

    def press(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        value: str | None = None,
        *,
        block_id: str | None = None,
        index: int = 0,
        selected_date: str | None = None,
        selected_time: str | None = None,
        selected_option: str | Json | None = None,
        selected_user: str | None = None,
    ) -> Ack:
        """Press a button or use a picker. *index*: which one, where several have the same action id.

        *value* chooses among several of a kind: the value of a feedback button, of a menu's option, a person, a day.
        *selected_option*: an option's value, or the whole option. A field of a dialog only keeps what was chosen,
        unless its block says `dispatch_action`.

        Raises:
            ValueError: there is no such element, no such option, or the person does not see it.
        """
        given = (selected_option, selected_date, selected_time, selected_user, value)
        choice: Any = next((each for each in given if each is not None), None)
        if isinstance(where, View):
            return self._press_in_view(user, where, action_id, choice, block_id, index)
        message = self._world.message(where.channel, where.ts)
        place = self._place(user, where.channel)
        if message is None or message.visible_to not in (None, user):
            raise ValueError("that message is not there")
        block, element = find(message.blocks, action_id, block_id, index)
        said = pressed(element, choice)
        body = self._interaction(user, block, element, said)
        body |= events.message_container(message, place, self._world.install)
        if "value" not in said or element["type"] == "plain_text_input":
            body["state"] = {"values": {block["block_id"]: {action_id: said}}}
        secret = self._world.tickets.response(user, place.id, message.thread_ts, message.ts)
        return self._asked(body | {"response_url": self._response_url(secret)})

    def submit(self, user: str, view: View, values: Mapping[str, Json]) -> Ack:
        """Send a dialog in. *values*: block id → what was chosen, `{"selected_date": "2026-04-02"}`, `{"value": "…"}`.

        Fields not named keep what they start with. Required fields left empty are refused here, as Slack's client does.

        Raises:
            ValueError: it is not theirs, is closed, has no such field, or cannot be sent in.
        """
        return self._dialogs.submit(user, view, values)

    def close(self, user: str, view: View) -> None:
        """Close a dialog without sending it. ValueError if it is not theirs."""
        self._dialogs.close(user, view)

    def open_home(self, user: str, tab: Literal["home", "messages"] = "home") -> None:
        """Look at the app's own page. Returns at once; what the app shows comes by itself."""
        channel, install = self._world.open_im(user), self._world.install
        if "app_home_opened" in install.events:
            ts, home = self._world.book.new_ts(), self._world.home(user)
            self._world.tell(events.home_opened_event(user, channel, tab, ts, home, install))

    def _press_in_view(
        self,
        user: str,
        view: View,
        action_id: str,
        choice: Any,  # noqa: ANN401 - text or option
        block_id: str | None,
        index: int,
    ) -> Ack:
        current = self._dialogs.theirs(user, view)
        block, element = find(current.blocks, action_id, block_id, index)
        said = pressed(element, choice)
        if block_id := block["block_id"]:
            if action_id in current.state.get(block_id, {}):
                kept = completed(element, said)
                current = self._world.views.choose(current, block_id, action_id, kept)
            if block["type"] == "input" and not block.get("dispatch_action"):
                return Ack()
        body = self._interaction(user, block, element, said)
        return self._asked(body | events.view_container(current, self._world.install))

    def _interaction(self, user: str, block: Json, element: Json, said: Json) -> Json:
        trigger = self._world.tickets.trigger(user)
        ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
        action = said | ids | {"action_ts": self._world.book.new_ts()}
        whole = events.interaction("block_actions", self._world.user(user), self._world.install, trigger)
        return whole | {"actions": [action]}

    def _asked(self, body: Json) -> Ack:
        reply = self._delivery.ask("interactive", body)
        return Ack(reply.payload, error=reply.error)

    def _failed(self, user: str, channel: str, command: str, error: str) -> Ack:
        words = say.failed(command, error)
        told = self._world.say(Message(channel, "", SLACKBOT, words, visible_to=user))
        return Ack(error=error, message=told)

    def _place(self, user: str, channel: str) -> Channel:
        place = self._world.channel(channel)
        if user not in place.members:
            raise ValueError(f"{user} is not in {channel}")
        return place

    def _response_url(self, secret: str) -> str:
        return f"{self._url}/respond/{secret}"
