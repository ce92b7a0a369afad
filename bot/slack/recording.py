"""Writing down what happened on a case, in one transaction with the audit and the messages that change."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from bot.messages import cases as say
from bot.nudges import sweep
from bot.nudges.duties import duties_of
from bot.slack.casework import event_title, what_next
from bot.slack.desk import Desk
from bot.store import audit, cases, nudges, teams
from bot.store.cases import StoredCase


@dataclass(frozen=True)
class Recorded:
    """What was written down, in sentences for the person who did it."""

    sentences: tuple[str, ...]
    new: bool


def case_for(desk: Desk, user: str, case_id: int) -> StoredCase | None:
    """The case, if *user* is in its team's channel and it is open; else None, without saying which."""
    with desk.store.read() as connection:
        case = cases.by_id(connection, case_id)
        team = teams.by_id(connection, case.team_id) if case else None
    if case is None or team is None or case.closed or not desk.members.is_in(user, team.channel):
        return None
    return case


def record(desk: Desk, user: str, case: StoredCase, event: str, on: date, at: datetime | None = None) -> Recorded:
    """Record an event and promise the updating of every message about the case; say what is due next."""
    with desk.store.write() as connection:
        before = duties_of(case, desk.services, desk.today)
        new = cases.record(connection, case.id, event, on, user, desk.now, at)
        after_case = cases.by_id(connection, case.id) or case
        after = duties_of(after_case, desk.services, desk.today)
        if new:
            audit.note(connection, user, "recorded", desk.now, case.ref, f"{event} {on}")
            sweep.update_messages(connection, desk.services, case.id, secrets.token_hex(6), desk.now)
    desk.sender.wake()
    first = (say.recorded if new else say.known_already)(event_title(desk.services, event), case.ref, on)
    return Recorded((first, *what_next(before, after, desk.today)), new)


def snooze(desk: Desk, user: str, case: StoredCase, rule: str, due: date | None, until: date) -> str:
    """Leave a duty alone until a day; the duty and its date stay."""
    duty = next((d for d in duties_of(case, desk.services, desk.today) if d.rule == rule and d.due == due), None)
    if duty is None:
        return say.no_longer_due()
    with desk.store.write() as connection:
        team = teams.by_id(connection, case.team_id)
        assert team is not None
        nudges.snooze(connection, duty.key, team.channel, until, user, desk.now)
        audit.note(connection, user, "snoozed", desk.now, case.ref, f"{rule} until {until}")
    return say.snoozed(duty.title, case.ref, until, due)
