"""The Home tab: one's own cases in the order they are due, then the team's late ones."""

from __future__ import annotations

from typing import Any

from bot.messages import cases as say
from bot.messages import slack as words
from bot.nudges.plan import Duty
from bot.nudges.sweep import team_duties, times_of
from bot.slack.blocks import Block, actions, bold, button, context, divider, escape, header, section
from bot.slack.casework import in_order
from bot.slack.desk import Desk
from bot.slack.digest_blocks import duty_blocks, line_text
from bot.store import audit
from bot.store.teams import Team

_MOST_MINE = 20
_MOST_TEAM = 15


def home_view(desk: Desk, user: str) -> dict[str, Any]:
    """The Home tab of *user*: nothing of a team whose channel they are not in."""
    mine = desk.teams_of(user)
    blocks: list[Block] = [header(say.home_title())]
    if not mine:
        return {"type": "home", "blocks": [*blocks, section(escape(say.home_no_team()))]}
    own: list[Block] = []
    teams: list[Block] = []
    with desk.store.write() as connection:
        for team in mine:
            duties = team_duties(connection, team, desk.services, desk.today)
            own.extend(_own(desk, team, [duty for duty in duties if duty.worker == user]))
            teams.extend(_team(desk, team, [duty for duty in duties if duty.worker != user]))
        audit.note(connection, user, "read home", desk.now)
    blocks += own[: 2 * _MOST_MINE] or [section(escape(say.home_empty()))]
    blocks += [actions(None, [button(words.ADD_CASE, "case_new", "new")]), *teams]
    return {"type": "home", "blocks": blocks[:100]}


def _own(desk: Desk, team: Team, duties: list[Duty]) -> list[Block]:
    lines = in_order(duties, desk.today, times_of(team, desk.services))
    return [block for line in lines[:_MOST_MINE] for block in duty_blocks(line)]


def _team(desk: Desk, team: Team, duties: list[Duty]) -> list[Block]:
    lines = [line for line in in_order(duties, desk.today, times_of(team, desk.services)) if line.duty.due]
    if not lines:
        return []
    listed = [f"• {line_text(line)}" for line in lines[:_MOST_TEAM]]
    blocks = [divider(), section(bold(say.home_team(team.name)))]
    blocks += [section("\n".join(listed[start : start + 8])) for start in range(0, len(listed), 8)]
    return [*blocks, context(escape(say.home_total(len(lines))))]
