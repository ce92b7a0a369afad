"""views.*, prompts, and the small methods: who am I, who is that, is anybody there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bot.local.chat import METHODS as CHAT
from bot.local.conversations import METHODS as CONVERSATIONS
from bot.local.errors import SlackError
from bot.local.events import view_json
from bot.local.methods import Call, Method
from bot.local.model import Json, Prompts, View
from bot.slack.limits import LIMITS


def open_view(call: Call) -> Json:
    """views.open: a trigger opens one dialog, within three seconds."""
    payload = _view(call)
    return _shown(call, call.world.views.open(call.world.tickets.exchange(call.arguments.need("trigger_id")), payload))


def push_view(call: Call) -> Json:
    """views.push: on top of the dialog that is open."""
    payload = _view(call)
    return _shown(call, call.world.views.push(call.world.tickets.exchange(call.arguments.need("trigger_id")), payload))


def update_view(call: Call) -> Json:
    """views.update: by its id or its external id."""
    given = call.arguments
    view_id, external = given.text("view_id"), given.text("external_id")
    if not view_id and not external:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] view_id is missing"]})
    return _shown(call, call.world.views.update(_view(call), view_id, external, given.text("hash")))


def publish_view(call: Call) -> Json:
    """views.publish: somebody's Home tab."""
    try:
        user = call.world.user(call.arguments.need("user_id"))
    except KeyError:
        raise SlackError("user_not_found") from None
    return _shown(call, call.world.views.publish(user.id, _view(call), call.arguments.text("hash")))


def suggest(call: Call) -> Json:
    """assistant.threads.setSuggestedPrompts: up to four, beside a direct message."""
    place = call.channel("channel_id")
    given: list[Any] = call.arguments.items("prompts") or []
    if not place.is_im:
        raise SlackError("channel_not_found")
    if not 1 <= len(given) <= LIMITS["prompts"].most or not all(map(_is_prompt, given)):
        raise SlackError(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] prompts: one to four, complete"]}
        )
    listed = tuple((str(each["title"]), str(each["message"])) for each in given)
    call.world.set_prompts(place.id, Prompts(call.arguments.text("title") or "", listed))
    return {}


def who_is(call: Call) -> Json:
    """users.info."""
    try:
        user = call.world.user(call.arguments.need("user"))
    except KeyError:
        raise SlackError("user_not_found") from None
    name = user.name.lower().replace(" ", ".")
    profile = {"real_name": user.name, "display_name": user.name, "title": user.title}
    team = call.world.install.team_id
    found = {"id": user.id, "team_id": team, "name": name, "real_name": user.name, "is_bot": user.is_bot}
    return {"user": found | {"deleted": False, "tz": "Europe/London", "profile": profile}}


def who_am_i(call: Call) -> Json:
    """auth.test."""
    install = call.world.install
    ids = {"team_id": install.team_id, "user_id": install.bot_user_id, "bot_id": install.bot_id}
    names = {"url": f"{call.url}/", "team": "Local", "user": install.app_name.lower()}
    return ids | names | {"is_enterprise_install": False}


def echo(call: Call) -> Json:
    """api.test."""
    if wanted := call.arguments.text("error"):
        raise SlackError(wanted)
    return {"args": {}}


def open_connection(call: Call) -> Json:
    """apps.connections.open: a ticket for one socket."""
    ticket = call.world.tickets.socket()
    return {"url": f"ws://{urlsplit(call.url).netloc}/socket?ticket={ticket}"}


def _view(call: Call) -> Json:
    found = call.arguments.object("view")
    if found is None:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] view is missing"]})
    return found


def _shown(call: Call, view: View) -> Json:
    return {"view": view_json(view, call.world.install)}


def _is_prompt(given: Any) -> bool:  # noqa: ANN401 - anything may come in
    return isinstance(given, dict) and bool(given.get("title")) and bool(given.get("message"))


METHODS = {
    **CHAT,
    **CONVERSATIONS,
    "views.open": Method(open_view),
    "views.push": Method(push_view),
    "views.update": Method(update_view),
    "views.publish": Method(publish_view),
    "assistant.threads.setSuggestedPrompts": Method(suggest, ("assistant:write",)),
    "users.info": Method(who_is, ("users:read",)),
    "auth.test": Method(who_am_i),
    "api.test": Method(echo, token="none"),
    "apps.connections.open": Method(open_connection, token="app"),
}
