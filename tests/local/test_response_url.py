"""Response URLs: five uses in thirty minutes, to one person, to all, or onto the message itself."""

from __future__ import annotations

from slack_sdk.webhook import WebhookClient

from bot.local.clock import ManualClock
from tests.local.conftest import TEAM, WREN
from tests.local.test_people import posted, pressed
from tests.local.tiny import Tiny


def response_url(app: Tiny) -> str:
    """The response URL of a press on a message of the bot's."""
    app.workspace.people.press(WREN, posted(app), "go")
    return str(pressed(app)["response_url"])


def test_a_response_url_works_five_times_in_thirty_minutes(socket_app: Tiny, clock: ManualClock) -> None:
    """A bot that counts on a sixth answer leaves a worker without one."""
    hook = WebhookClient(response_url(socket_app))
    sent = [hook.send(text=f"answer {number}") for number in range(6)]
    assert [one.status_code for one in sent] == [200] * 5 + [404]
    assert sent[-1].body == "used_url"
    private = [one for one in socket_app.workspace.world.messages(TEAM, viewer=WREN) if one.is_ephemeral]
    assert [one.text for one in private] == [f"answer {number}" for number in range(5)]
    late = WebhookClient(response_url(socket_app))
    clock.advance(minutes=30)
    assert late.send(text="in time").status_code == 200
    clock.advance(seconds=1)
    assert late.send(text="late").body == "expired_url"
    assert WebhookClient(f"{socket_app.workspace.url}/respond/nothing").send(text="x").status_code == 404


def test_a_response_url_replaces_deletes_or_tells_all(socket_app: Tiny) -> None:
    """A button's message can say that it has been done."""
    world = socket_app.workspace.world
    hook = WebhookClient(response_url(socket_app))
    [before] = world.messages(TEAM)
    hook.send(text="done", replace_original=True)
    [after] = world.messages(TEAM)
    assert (after.ts, after.text, after.blocks) == (before.ts, "done", ())
    hook.send(text="for all", response_type="in_channel")
    assert [one.text for one in world.messages(TEAM)] == ["done", "for all"]
    assert hook.send(text="x", blocks=[{"type": "nonsense"}]).body == "invalid_blocks"
    hook.send(delete_original=True)
    assert [one.text for one in world.messages(TEAM)] == ["for all"]
