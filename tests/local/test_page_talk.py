"""The conversation on the page: who sees what, days, threads, what only one person sees, and what is redrawn."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.local.clock import ManualClock
from bot.local.model import Install, Message, Prompts
from bot.local.page.scene import HOME, Scene, scene
from bot.local.world import World
from bot.messages import page as say

WREN, ASH, TEAM, CLOSED = "U0WREN", "U0ASH", "C0TEAM", "G0CLOSED"
HOME_VIEW = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*Mine*"}}]}


@pytest.fixture
def clock() -> ManualClock:
    """A Thursday morning that lasts until it is moved."""
    return ManualClock(datetime(2026, 4, 2, 9, 0, tzinfo=UTC))


@pytest.fixture
def world(clock: ManualClock) -> World:
    """Two people, a channel, and one that only Ash is in."""
    made = World(clock, Install("xoxb-1", "xapp-1", "secret"))
    made.add_user(WREN, "Wren Sample", "social worker")
    made.add_user(ASH, "Ash Example", "team manager")
    made.add_channel(TEAM, "riverbank-team", [WREN, ASH, made.install.bot_user_id])
    made.add_channel(CLOSED, "closed", [ASH], is_private=True)
    return made


def html_of(found: Scene) -> str:
    """All of the conversation's HTML."""
    return "".join(item.html for item in found.items)


def bot(world: World, channel: str, text: str, **more: str) -> Message:
    """The bot says something."""
    install = world.install
    return world.say(Message(channel, "", install.bot_user_id, text, bot_id=install.bot_id, **more))  # type: ignore[arg-type]


def test_nobody_looks_into_a_channel_they_are_not_in(world: World) -> None:
    """Another team's cases must not show because an address was changed by hand."""
    world.say(Message(CLOSED, "", ASH, "closed words"))
    found = scene(world, WREN, CLOSED)
    assert found.at == TEAM
    assert "closed words" not in html_of(found)
    assert CLOSED not in {place.id for place in found.places}


def test_what_is_for_one_person_is_shown_to_one_person_and_says_so(world: World) -> None:
    """A private notice about personal details, read by the whole team, would be the opposite of itself."""
    bot(world, TEAM, "for Wren", visible_to=WREN)
    assert say.ONLY_YOU in html_of(scene(world, WREN, TEAM))
    assert "for Wren" not in html_of(scene(world, ASH, TEAM))


def test_days_are_told_apart_once_each(world: World, clock: ManualClock) -> None:
    """'Due tomorrow' means another day when it was said yesterday."""
    world.say(Message(TEAM, "", ASH, "one"))
    clock.advance(days=1)
    world.say(Message(TEAM, "", ASH, "two"))
    world.say(Message(TEAM, "", ASH, "three"))
    html = html_of(scene(world, WREN, TEAM))
    assert html.count(">Yesterday<") == 1
    assert html.count(">Today<") == 1
    assert html.count("Ash Example</b>") == 2, "the third stands together with the second"


def test_a_thread_opens_beside_and_in_a_direct_message_below(world: World) -> None:
    """An answer that is one click further away is an answer that is not read."""
    asked = world.say(Message(TEAM, "", WREN, "asked"))
    bot(world, TEAM, "answered", thread_ts=asked.ts)
    found = scene(world, WREN, TEAM)
    assert "answered" not in html_of(found)
    assert say.replies(1) in html_of(found)
    opened = scene(world, WREN, TEAM, asked.ts)
    assert opened.thread is not None
    assert "answered" in "".join(item.html for item in opened.thread)
    im = world.open_im(WREN)
    asked = world.say(Message(im, "", WREN, "asked alone"))
    bot(world, im, "answered alone", thread_ts=asked.ts)
    found = scene(world, WREN, im)
    assert "answered alone" in html_of(found)
    assert say.FOLLOW_UP in html_of(found)


def test_a_thread_that_is_not_there_is_not_open(world: World) -> None:
    """An old address must not show an empty panel."""
    assert scene(world, WREN, TEAM, "1.000001").thread is None
    assert scene(world, WREN, TEAM, '"><script>').thread is None


def test_only_what_changed_has_another_key(world: World) -> None:
    """What is drawn again loses a half-chosen date; so nothing is that has not changed."""
    world.say(Message(TEAM, "", ASH, "one"))
    two = bot(world, TEAM, "two")
    before = {item.id: item.key for item in scene(world, WREN, TEAM).items}
    world.edit(TEAM, two.ts, "two, done")
    after = {item.id: item.key for item in scene(world, WREN, TEAM).items}
    changed = {id for id in before if before[id] != after[id]}
    assert changed == {f"main-{two.ts.replace('.', '-')}"}


def test_the_home_tab_and_the_prompts_are_shown(world: World) -> None:
    """One's own cases, and what to ask first."""
    assert say.HOME_LOADING in html_of(scene(world, WREN, HOME))
    world.views.publish(WREN, HOME_VIEW)
    assert "<b>Mine</b>" in html_of(scene(world, WREN, HOME))
    im = world.open_im(WREN)
    world.set_prompts(im, Prompts(prompts=(("When?", "When is it due?"),)))
    assert scene(world, WREN, im).prompts == (("When?", "When is it due?"),)


def test_places_tell_what_is_new(world: World) -> None:
    """Somebody who looks at one channel sees that another has something for them."""
    world.say(Message(TEAM, "", ASH, "new"))
    im = world.open_im(WREN)
    unread = {place.id: place.unread for place in scene(world, WREN, im).places}
    assert unread == {HOME: False, TEAM: True, im: False}
    seen = {TEAM: world.messages(TEAM)[-1].ts}
    assert not any(place.unread for place in scene(world, WREN, im, seen=seen).places)
