"""A channel becomes a team's, a case is added, anything that happened is recorded; and who belongs to a team."""

from __future__ import annotations

from datetime import date

import pytest

from bot.messages import cases as say
from bot.slack.members import Members
from bot.store import audit, cases, teams
from tests.bot.slack.house import ASH, ROBIN, WREN, House, words

CONFERENCE = date(2026, 11, 18)  # first visit due 27 November, first core group 2 December


@pytest.fixture(autouse=True)
def _that_morning(house: House) -> None:
    house.at(date(2026, 11, 25))


def test_setup_makes_a_team_of_a_channel(house: House) -> None:
    """A manager sets the channel up in one dialog; again, and what was set is there to be changed."""
    house.world.add_channel("C0NEW", "new-team", [ASH, house.workspace.bot_user_id])
    view = house.opened(ASH, house.people.command(ASH, "C0NEW", "setup"))
    chosen = {"council": {"value": "york"}, "hour": {"value": "9"}, "escalate": {"selected_user": ASH}}
    ack = house.people.submit(ASH, view, {"name": {"value": "Riverside"}, **chosen})
    assert ack.action == "update"
    ended = house.world.modal(ASH)
    assert ended is not None
    assert say.setup_done("Riverside", "York", 9) in words(ended)
    with house.store.read() as connection:
        team = teams.by_channel(connection, "C0NEW")
    assert team is not None
    assert (team.name, team.council, team.digest_hour, team.escalate_to) == ("Riverside", "york", 9, ASH)
    again = house.opened(ASH, house.people.command(ASH, "C0NEW", "setup"))
    assert again.state["name"]["value"]["value"] == "Riverside"
    assert again.state["hour"]["value"]["selected_option"]["value"] == "9"


def test_a_new_case_and_what_is_wrong_with_one(house: House) -> None:
    """A name for a reference, a reference that is taken, a day that has not come: each is said under its field."""
    team = house.team(ROBIN)
    view = house.opened(ROBIN, house.people.command(ROBIN, team.channel, "new"))
    event = {"event": {"value": "icpc_held"}, "day": {"selected_date": str(CONFERENCE)}}
    for ref, day, wrong in (
        ("Zebedee M", CONFERENCE, {"ref": say.bad_reference()}),
        ("no digits", date(2026, 11, 26), {"ref": say.bad_reference(), "day": say.not_in_future()}),
        ("YK-5001", date(2026, 11, 26), {"day": say.not_in_future()}),
    ):
        given = event | {"ref": {"value": ref}, "day": {"selected_date": str(day)}}
        assert house.people.submit(ROBIN, view, given).errors == wrong
    assert house.people.submit(ROBIN, view, event | {"ref": {"value": "yk-5001"}}).action == "update"
    ended = house.world.modal(ROBIN)
    assert ended is not None
    assert say.case_added("YK-5001") in words(ended)
    assert "First child protection visit is due on Friday 27 November 2026" in words(ended)
    taken = house.opened(ROBIN, house.people.command(ROBIN, team.channel, "new"))
    refused = house.people.submit(ROBIN, taken, event | {"ref": {"value": "YK-5001"}})
    assert refused.errors == {"ref": say.case_exists("YK-5001")}
    with house.store.read() as connection:
        case = cases.by_ref(connection, team.id, "YK-5001")
        assert case is not None
        assert [(one.event, one.on) for one in case.events] == [("icpc_held", CONFERENCE)]
        assert case.worker == ROBIN
        assert [one.what for one in audit.of_case(connection, "YK-5001")] == ["added", "recorded"]


def test_every_event_of_the_rules_can_be_recorded(house: House) -> None:
    """There are more than the hundred Slack lists in one go: one left out is a duty that is late for ever."""
    team = house.team(WREN)
    house.case(team, "YK-5101")
    shown = house.ask(WREN, team.channel, f"{house.bot} case YK-5101")
    view = house.opened(WREN, house.people.press(WREN, shown, "case_record"))
    [element] = [block["element"] for block in view.blocks if block["block_id"] == "event"]
    groups = element.get("option_groups") or [element]
    offered = [option["value"] for group in groups for option in group["options"]]
    assert sorted(offered) == sorted(house.app.desk.services.book.events)
    assert len(offered) > 100
    last = offered[-1]
    given = {"event": {"value": last}, "day": {"selected_date": str(CONFERENCE)}}
    assert house.people.submit(WREN, view, given).action == "update"
    with house.store.read() as connection:
        case = cases.by_ref(connection, team.id, "YK-5101")
    assert case is not None
    assert [one.event for one in case.events] == [last]


def test_a_member_who_leaves_the_channel_is_a_stranger_within_a_minute(house: House) -> None:
    """Whoever changes teams must not go on reading the old one's cases."""
    team = house.team(WREN, ROBIN)
    time = [0.0]
    members = Members(house.app.client, ttl=60.0, clock=lambda: time[0])
    assert members.is_in(ROBIN, team.channel)
    house.world.leave(team.channel, ROBIN)
    time[0] = 60.0
    assert not members.is_in(ROBIN, team.channel)
    assert members.is_in(WREN, team.channel)
    assert not members.is_in(WREN, "C0NOWHERE")
