"""The page's doors on a real server: served to this computer alone, and every deed done by the workspace's people."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from slack_bolt import Ack

from bot.local.clock import ManualClock
from bot.local.page.routes import Page
from bot.local.server import LocalWorkspace
from bot.messages import page as say
from tests.local.conftest import ASH, CLOSED, TEAM, WREN, populate
from tests.local.tiny import Body, Tiny, over_socket

MODAL = {
    "type": "modal",
    "callback_id": "m",
    "title": {"type": "plain_text", "text": "When?"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "day",
            "label": {"type": "plain_text", "text": "Day"},
            "element": {"type": "datepicker", "action_id": "value"},
        }
    ],
}
ROW = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {"type": "button", "action_id": "done", "text": {"type": "plain_text", "text": "Done"}, "value": "7"},
        {"type": "datepicker", "action_id": "pick"},
    ],
}


class Browser(httpx.Client):
    """Sends what a browser sends from the page itself."""

    def do(self, what: str, **asked: object) -> httpx.Response:
        """Post one deed, as Wren where nobody else is named."""
        return self.post(f"/page/do/{what}", json={"as": WREN, **asked})


@pytest.fixture
def page_workspace(clock: ManualClock) -> Iterator[LocalWorkspace]:
    """A running workspace with the page mounted."""
    workspace = LocalWorkspace(clock=clock)
    page = Page(workspace)
    workspace.mount(page.routes())
    with workspace:
        populate(workspace)
        yield workspace
        page.close()


@pytest.fixture
def browser(page_workspace: LocalWorkspace) -> Iterator[Browser]:
    """A client whose Origin is the page's."""
    url = page_workspace.url
    with Browser(base_url=url, headers={"Origin": url}, timeout=30) as client:
        yield client


@pytest.fixture
def app(page_workspace: LocalWorkspace) -> Iterator[Tiny]:
    """A small Bolt app, connected over Socket Mode."""
    with over_socket(Tiny(page_workspace)) as tiny:
        yield tiny


def test_the_page_is_whole_and_loads_nothing_from_elsewhere(browser: Browser) -> None:
    """On a laptop without a network the page must look the same."""
    first = browser.get("/")
    assert first.status_code == 303
    shown = browser.get(first.headers["location"])
    assert shown.status_code == 200
    assert "<h1>#riverbank-team</h1>" in shown.text
    assert "Wren Sample" in shown.text
    links = [part.split('"')[0] for name in ('src="', 'href="') for part in shown.text.split(name)[1:]]
    assert links
    assert all(link.startswith(("/", "#")) for link in links)
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for name, kind in (("style.css", "text/css"), ("page.js", "text/javascript"), ("sign.svg", "image/svg+xml")):
        assert browser.get(f"/page/static/{name}").headers["content-type"].startswith(kind)
    assert browser.get("/page/static/routes.py").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Host": "evil.example"},
    ],
)
def test_another_page_cannot_post_into_this_one(
    browser: Browser, page_workspace: LocalWorkspace, headers: dict[str, str]
) -> None:
    """Any web page open in the same browser could otherwise record a visit that never was."""
    content = json.dumps({"as": WREN, "at": TEAM, "text": "forged"})
    sent = {"Content-Type": "application/json", **headers}
    refused = browser.post("/page/do/say", content=content, headers=sent)
    assert refused.status_code == 403
    assert refused.json()["problem"] == say.refused()
    assert page_workspace.world.messages(TEAM) == []


def test_without_an_origin_nothing_is_taken(page_workspace: LocalWorkspace) -> None:
    """Browsers always say where a post comes from; what does not is no page."""
    refused = httpx.post(f"{page_workspace.url}/page/do/say", json={"as": WREN, "at": TEAM, "text": "forged"})
    assert refused.status_code == 403


@pytest.mark.parametrize("path", ["/", "/page/scene", "/page/live", "/page/static/page.js"])
def test_a_name_made_to_point_here_reads_nothing(browser: Browser, path: str) -> None:
    """A foreign name that leads to this computer must not read the team's cases."""
    assert browser.get(path, headers={"Host": "evil.example:8765"}).status_code == 403


def test_what_is_typed_is_said_escaped(browser: Browser, page_workspace: LocalWorkspace) -> None:
    """Whatever somebody types stays their words, on everybody's page."""
    nasty = '<img src=x onerror=alert(1)> <!channel> & "quoted"'
    said = browser.do("say", at=TEAM, text=nasty).json()
    assert said["ts"] == page_workspace.world.messages(TEAM)[0].ts
    assert said["asked"] is False
    scene = browser.get("/page/scene", params={"as": ASH, "at": TEAM}).json()
    html = scene["items"][-1]["html"]
    assert "&lt;img src=x onerror=alert(1)&gt; &lt;!channel&gt; &amp;" in html
    assert "<img" not in html
    assert "<img src=x" not in browser.get("/", params={"as": ASH, "at": TEAM}).text


def test_a_mention_or_a_direct_message_waits_for_an_answer(browser: Browser, page_workspace: LocalWorkspace) -> None:
    """'Signpost is looking…' must stand only where an answer will come."""
    assert browser.do("say", at=TEAM, text="@Signpost when?").json()["asked"] is True
    im = page_workspace.world.open_im(WREN)
    assert browser.do("say", at=im, text="when?").json()["asked"] is True
    assert browser.do("say", at=TEAM, text="when shall we meet?").json()["asked"] is False


@pytest.mark.parametrize(
    "asked",
    [
        {"at": CLOSED, "text": "x"},
        {"at": "C0NOWHERE", "text": "x"},
        {"as": "U0NOBODY", "at": TEAM, "text": "x"},
        {"as": "U0SIGNPOST", "at": TEAM, "text": "x"},
        {"at": TEAM, "text": "x", "thread": "1.000001"},
        {"at": TEAM, "text": "x" * 5_000},
    ],
)
def test_what_cannot_be_said_is_refused_in_a_sentence(browser: Browser, asked: dict[str, str]) -> None:
    """A refusal in words is something one can act on."""
    refused = browser.do("say", **asked)
    assert refused.status_code == 409
    assert refused.json()["problem"].endswith(".")


@pytest.mark.parametrize("content", [b"", b"[]", b"7", b"{", b"[" * 40_000, b'{"as": ["U0WREN"]}', b" " * 200_000])
def test_what_is_no_deed_is_refused(browser: Browser, content: bytes) -> None:
    """Nothing sent to a door may bring the page down."""
    refused = browser.post("/page/do/say", content=content, headers={"Content-Type": "application/json"})
    assert refused.status_code in (400, 409)
    assert browser.do("fly").status_code == 409


def test_buttons_pickers_and_dialogs_do_what_they_say(browser: Browser, app: Tiny) -> None:
    """Done, a day, the dialog, its refusal and its end: the path of every recording."""
    workspace = app.workspace
    app.client.chat_postMessage(channel=TEAM, text="duty", blocks=[ROW])
    ts = workspace.world.messages(TEAM)[0].ts

    def answer(ack: Ack, body: Body) -> Any:  # noqa: ANN401 - Bolt's
        if body["type"] == "view_submission":
            day = body["view"]["state"]["values"]["day"]["value"]["selected_date"]
            return ack(response_action="errors", errors={"day": "Too late."}) if day > "2026-04-02" else ack()
        app.client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        return ack()

    app.answer = answer
    where = {"channel": TEAM, "ts": ts, "block": "row"}
    assert browser.do("press", **where, action="done", value="7").json() == {}
    assert app.got[-1]["actions"][0]["value"] == "7"
    scene = browser.get("/page/scene", params={"as": WREN, "at": TEAM}).json()
    assert 'type="date"' in scene["dialog"]["html"]
    assert browser.get("/page/scene", params={"as": ASH, "at": TEAM}).json()["dialog"] is None
    view = workspace.world.modal(WREN)
    assert view is not None
    assert set(browser.do("submit", view=view.id, values={"day": ""}).json()["errors"]) == {"day"}
    wrong = browser.do("submit", view=view.id, values={"day": "2026-05-01"}).json()
    assert wrong == {"errors": {"day": "Too late."}}
    assert browser.do("submit", view=view.id, values={"day": "2026-04-01"}).json() == {}
    assert workspace.world.modal(WREN) is None
    assert browser.do("press", **where, action="pick", value="2026-04-01").json() == {}
    assert app.got[-1]["actions"][0]["selected_date"] == "2026-04-01"
    view = workspace.world.modal(WREN)
    assert view is not None
    assert browser.do("close", view=view.id).json() == {}
    assert workspace.world.modal(WREN) is None


def test_nobody_presses_what_they_do_not_see(browser: Browser, app: Tiny) -> None:
    """A button on another team's case, or in a colleague's dialog, is not there to press."""
    app.client.chat_postEphemeral(channel=TEAM, user=ASH, text="for Ash", blocks=[ROW])
    ts = app.workspace.world.messages(TEAM, viewer=ASH)[0].ts
    app.answer = lambda ack, body: (app.client.views_open(trigger_id=body["trigger_id"], view=MODAL), ack())
    pressed = {"channel": TEAM, "ts": ts, "block": "row", "action": "done", "value": "7"}
    assert browser.do("press", **pressed).status_code == 409
    assert browser.do("press", **pressed | {"as": ASH}).json() == {}
    assert browser.do("press", **pressed | {"as": ASH, "action": "gone"}).status_code == 409
    view = app.workspace.world.modal(ASH)
    assert view is not None
    assert browser.do("close", view=view.id).status_code == 409
    assert browser.do("submit", view=view.id, values={}).status_code == 409


def test_a_command_is_answered_privately(browser: Browser, app: Tiny) -> None:
    """What one asks with /signpost, one asks alone."""
    app.answer = lambda ack, body: ack(response_type="ephemeral", text=f"heard {body['text']}")
    assert browser.do("say", at=TEAM, text="/signpost due first core group").json() == {}
    mine = browser.get("/page/scene", params={"as": WREN, "at": TEAM}).json()
    assert "heard due first core group" in mine["items"][-1]["html"]
    assert say.ONLY_YOU in mine["items"][-1]["html"]
    theirs = browser.get("/page/scene", params={"as": ASH, "at": TEAM}).json()
    assert theirs["items"] == []


def test_without_the_bot_a_person_is_told(browser: Browser, page_workspace: LocalWorkspace) -> None:
    """Silence would look like an answer that is still coming."""
    assert browser.do("say", at=TEAM, text="/signpost help").json()["problem"] == say.not_answered("dispatch_failed")
    assert browser.do("look", at="home").json() == {}


def test_the_live_line_tells_of_changes_and_ends(browser: Browser, page_workspace: LocalWorkspace) -> None:
    """A digest that arrives must show without anybody pressing reload."""
    told: list[str] = []
    heard = threading.Condition()

    def listen() -> None:
        with httpx.stream("GET", f"{page_workspace.url}/page/live", timeout=30) as line:
            assert line.headers["content-type"].startswith("text/event-stream")
            for words in line.iter_lines():
                with heard:
                    told.append(words)
                    heard.notify_all()
                if sum(words.startswith("data:") for words in told) == 2:
                    return

    listener = threading.Thread(target=listen)
    listener.start()
    with heard:
        assert heard.wait_for(lambda: any(words.startswith("data:") for words in told), 30)
    browser.do("say", at=TEAM, text="something new")
    listener.join(timeout=30)
    assert not listener.is_alive()
    versions = [int(words.removeprefix("data: ")) for words in told if words.startswith("data:")]
    assert versions[1] > versions[0]
