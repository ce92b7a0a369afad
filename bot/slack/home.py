"""The Home tab: one's own cases in the order they are due, then the team's late ones."""

from __future__ import annotations

import logging
from typing import Any

from bot.messages import cases as say
from bot.messages import slack as words
from bot.nudges.plan import Duty, Line
from bot.nudges.sweep import team_duties, times_of
from bot.slack.blocks import Block, actions, bold, button, context, divider, escape, header, section, sections
from bot.slack.casework import in_order
from bot.slack.client import NotReached, Perhaps, Taken, call
from bot.slack.desk import Desk
from bot.slack.digest_blocks import duty_blocks, line_text
from bot.slack.limits import checked_view
from bot.store import audit
from bot.store.teams import Team

log = logging.getLogger(__name__)
_MOST_MINE = 20  # two blocks each, of the hundred that a Home tab may have
_MOST_TEAM = 12
_MOST_TEAMS = 5


def home_view(desk: Desk, user: str) -> dict[str, Any]:
    """The Home tab of *user*: nothing of a team whose channel they are not in."""
    mine = desk.teams_of(user)
    blocks: list[Block] = [header(say.home_title())]
    if not mine:
        return checked_view({"type": "home", "blocks": [*blocks, section(escape(say.home_no_team()))]})
    own: list[Line] = []
    others: list[tuple[Team, list[Line]]] = []
    with desk.store.write() as connection:
        for team in mine:
            duties = team_duties(connection, team, desk.services, desk.today)
            own += _ordered(desk, team, [duty for duty in duties if duty.worker == user])
            others.append((team, _ordered(desk, team, [duty for duty in duties if duty.worker != user and duty.due])))
        audit.note(connection, user, "read home", desk.now)
    blocks += _own(own) or [section(escape(say.home_empty()))]
    blocks.append(actions(None, [button(words.ADD_CASE, "case_new", "new")]))
    under_way = [(team, lines) for team, lines in others if lines]
    for team, lines in under_way[:_MOST_TEAMS]:
        blocks += _team(team, lines)
    if len(under_way) > _MOST_TEAMS:
        blocks.append(context(escape(say.home_more_teams(len(under_way) - _MOST_TEAMS))))
    return checked_view({"type": "home", "blocks": blocks})


def show_home(desk: Desk, user: str) -> None:
    """Publish the Home tab; where Slack does not take it, the next opening shows it."""
    outcome = call(desk.client, "views.publish", {"user_id": user, "view": home_view(desk, user)})
    if isinstance(outcome, Perhaps | NotReached):
        outcome = call(desk.client, "views.publish", {"user_id": user, "view": home_view(desk, user)})
    if not isinstance(outcome, Taken):
        log.warning("home: not published (%s)", type(outcome).__name__)


def _ordered(desk: Desk, team: Team, duties: list[Duty]) -> list[Line]:
    return in_order(duties, desk.today, times_of(team, desk.services))


def _own(lines: list[Line]) -> list[Block]:
    blocks = [block for line in lines[:_MOST_MINE] for block in duty_blocks(line)]
    return blocks + ([context(escape(say.home_more(len(lines) - _MOST_MINE)))] if len(lines) > _MOST_MINE else [])


def _team(team: Team, lines: list[Line]) -> list[Block]:
    listed = [f"• {line_text(line)}" for line in lines[:_MOST_TEAM]]
    title = section(bold(say.home_team(team.name)))
    return [divider(), title, *sections(listed), context(escape(say.home_total(len(lines))))]
