"""The sweep: every minute, what is due is worked out anew and what must be said is promised in the outbox.

Nothing is kept of yesterday's plan: a met duty or a closed case is simply no longer there. What has been said is known
by (duty, channel, stage), so that a sweep after an outage, a second replica or a restart says nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.messages import digest as say
from bot.nudges.duties import Knowledge, day_of, duties_of, met_duty
from bot.nudges.plan import (
    LONDON,
    Digest,
    Duty,
    Line,
    Nudge,
    Times,
    alerts,
    digest,
    digest_time,
    line_of,
    plan,
    sorted_into_digest,
)
from bot.slack.blocks import escape
from bot.slack.digest_blocks import alert_blocks, digest_blocks, digest_summary
from bot.store import Store, cases, nudges, outbox, teams
from bot.store.nudges import SentNudge
from bot.store.teams import Team
from rules import BeyondHorizon, Calendar

DIGEST, ALERT = "digest", "alert"


def run_once(store: Store, services: Knowledge, now: datetime, at_any_hour: bool = False) -> int:
    """Promise what must be said now; returns how many messages. The caller wakes the sender.

    *at_any_hour* posts the digest outside its hours, for the demonstration.
    """
    with store.read() as connection:
        known = teams.every(connection)
    return sum(_sweep_team(store, services, team, now, at_any_hour) for team in known)


def times_of(team: Team, services: Knowledge) -> Times:
    """A team's times with the calendar's working days."""
    working = is_working_in(services.calendar)
    return Times(working, horizon=team.horizon, escalate_after=team.escalate_after)


def is_working_in(calendar: Calendar) -> Callable[[date], bool]:
    """Whether a day is a working day, for the timing of nudges only.

    Past the last bank holiday known, Monday to Friday: a digest must not fail for want of one. Due dates do, elsewhere.
    """

    def is_working(day: date) -> bool:
        try:
            return calendar.is_open(day)
        except BeyondHorizon:
            return day.weekday() < 5

    return is_working


def team_duties(connection: Connection, team: Team, services: Knowledge, today: date) -> list[Duty]:
    """Every open duty of a team that something recordable can meet, or that waits for a fact."""
    return [duty for case in cases.of_team(connection, team.id) for duty in duties_of(case, services, today)]


def _sweep_team(store: Store, services: Knowledge, team: Team, now: datetime, at_any_hour: bool) -> int:
    times = times_of(team, services)
    today = now.astimezone(LONDON).date()
    day = today if at_any_hour else digest_time(now, team.digest_hour, times.is_working)
    with store.write() as connection:
        duties = team_duties(connection, team, services, today)
        asleep = nudges.snoozed(connection, team.channel, today)
        awake = [duty for duty in duties if duty.key not in asleep]
        sent = nudges.sent_stages(connection, team.channel)
        count = sum(_alert(connection, team, nudge, sent, now) for nudge in alerts(awake, now))
        if day is not None and outbox.by_key(connection, digest_key(team, day)) is None:
            found = digest(duties, day, times, asleep)
            planned = [nudge for nudge in plan(awake, day, times) if (nudge.duty.key, nudge.stage) not in sent]
            count += _post_digest(connection, team, found, planned, now)
    return count


def digest_key(team: Team, day: date) -> str:
    """Key of a team's digest of a day: there is one."""
    return f"{DIGEST}:{team.channel}:{day}"


def _post_digest(connection: Connection, team: Team, found: Digest, planned: list[Nudge], now: datetime) -> int:
    key = digest_key(team, found.day)
    stages: dict[str, list[str]] = {}
    for nudge in planned:
        stages.setdefault(nudge.duty.key, []).append(nudge.stage)
    for line in found.lines:
        duty = line.duty
        for stage in stages.get(duty.key) or [f"{DIGEST}:{found.day}"]:
            sent = SentNudge(duty.key, stage, key, duty.case_id, duty.rule, duty.due)
            nudges.add(connection, team.channel, sent, now)
    told = {key for key, reached in stages.items() if "escalate" in reached}
    payload = digest_payload(team, _telling(found, team, told))
    return int(outbox.put(connection, key, "chat.postMessage", payload, now))


def _telling(found: Digest, team: Team, told: set[str]) -> Digest:
    """The digest with the named person told of what has been late for too long."""
    overdue = (replace(line, tell=team.escalate_to) if line.duty.key in told else line for line in found.overdue)
    return replace(found, overdue=tuple(overdue))


def digest_payload(team: Team, found: Digest) -> dict[str, Any]:
    """The message of a digest."""
    blocks = digest_blocks(found, team.name)
    return {"channel": team.channel, "text": digest_summary(found), "blocks": blocks, "unfurl_links": False}


def _alert(connection: Connection, team: Team, nudge: Nudge, sent: set[tuple[str, str]], now: datetime) -> int:
    duty = nudge.duty
    if (duty.key, nudge.stage) in sent or duty.at is None:
        return 0
    key = f"{ALERT}:{nudge.stage}:{duty.key}"
    nudges.add(connection, team.channel, SentNudge(duty.key, nudge.stage, key, duty.case_id, duty.rule, duty.due), now)
    return int(outbox.put(connection, key, "chat.postMessage", _alert_payload(team, duty, nudge.stage), now))


def _alert_payload(team: Team, duty: Duty, stage: str, met: Line | None = None) -> dict[str, Any]:
    assert duty.at is not None
    words = say.alert if stage == "hours-left" else say.alert_over
    sentence = words(duty.title, duty.case_ref, duty.at.astimezone(LONDON))
    return {"channel": team.channel, "text": escape(sentence), "blocks": alert_blocks(duty, sentence, met)}


def payload_now(connection: Connection, services: Knowledge, key: str, now: datetime) -> dict[str, Any] | None:
    """A digest or an alert as it would be said now; None where it must not be said any more.

    A digest of another day is not: the morning after an outage has one digest, not three.
    """
    rows = nudges.in_message(connection, key)
    today = now.astimezone(LONDON).date()
    if key.startswith(f"{DIGEST}:"):
        channel, _, day = key.removeprefix(f"{DIGEST}:").rpartition(":")
        team = teams.by_channel(connection, channel)
        return None if team is None or day != str(today) else render(connection, services, team, key, now)
    case = cases.by_id(connection, rows[0].case_id) if rows else None
    team = teams.by_id(connection, case.team_id) if case else None
    if case is None or team is None or case.closed:
        return None
    open_duties = {duty.key: duty for duty in duties_of(case, services, today)}
    duty = open_duties.get(rows[0].duty)
    return _alert_payload(team, duty, rows[0].stage) if duty and duty.at else None


def refreshed(store: Store, services: Knowledge, row: outbox.Row, now: datetime) -> dict[str, Any] | None:
    """What a nudge that has waited long in the outbox says now; None: nothing, and it counts as not said."""
    if not row.key.startswith((f"{DIGEST}:", f"{ALERT}:")):
        return row.payload
    with store.write() as connection:
        payload = payload_now(connection, services, row.key, now)
        if payload is None:
            nudges.unsend(connection, row.key)
    return payload


def render(connection: Connection, services: Knowledge, team: Team, key: str, now: datetime) -> dict[str, Any]:
    """A digest that was promised before, with what has been met since struck through."""
    day = date.fromisoformat(key.rpartition(":")[2])
    times = times_of(team, services)
    rows = nudges.in_message(connection, key)
    told = {row.duty for row in rows if row.stage == "escalate"}
    lines = _lines(connection, services, rows, day, times, now)
    asleep = _left_out(connection, services, team, {row.duty for row in rows}, now.astimezone(LONDON).date())
    return digest_payload(team, _telling(sorted_into_digest(lines, day, times, asleep), team, told))


def _left_out(connection: Connection, services: Knowledge, team: Team, listed: set[str], today: date) -> int:
    """How many open duties a digest does not list because they are snoozed."""
    asleep = nudges.snoozed(connection, team.channel, today).keys() - listed
    return sum(duty.key in asleep for duty in team_duties(connection, team, services, today)) if asleep else 0


def _lines(
    connection: Connection, services: Knowledge, rows: list[SentNudge], day: date, times: Times, now: datetime
) -> list[Line]:
    today = now.astimezone(LONDON).date()
    found: dict[str, Line] = {}
    known: dict[int, dict[str, Duty]] = {}
    for row in rows:
        case = cases.by_id(connection, row.case_id)
        if case is None or row.duty in found:
            continue
        if case.id not in known:
            known[case.id] = {} if case.closed else {duty.key: duty for duty in duties_of(case, services, today)}
        duty = known[case.id].get(row.duty)
        if duty is None and row.due is None:  # it could not be worked out then; perhaps it can be now
            duty = next((one for one in known[case.id].values() if one.rule == row.rule and one.due), None)
        if duty is not None:
            found[row.duty] = line_of(duty, day, times)
        else:
            met = met_duty(case, row.rule, row.due, services)
            found[row.duty] = replace(line_of(met, day, times), met=True, done=day_of(case, met))
    return list(found.values())


def update_messages(connection: Connection, services: Knowledge, case_id: int, mark: str, now: datetime) -> int:
    """Promise the updating of every message that speaks of a case; *mark* tells this change from others."""
    case = cases.by_id(connection, case_id)
    team = teams.by_id(connection, case.team_id) if case else None
    if case is None or team is None:
        return 0
    count = 0
    for key in nudges.messages_about(connection, team.channel, case_id):
        message = outbox.by_key(connection, key)
        if message is None or message.state == "failed":
            continue
        payload = (
            render(connection, services, team, key, now)
            if key.startswith(f"{DIGEST}:")
            else _met_alert(connection, services, team, key, now)
        )
        if payload:
            count += outbox.put(connection, f"update:{mark}:{key}"[:200], "chat.update", payload, now, target=key)
    return count


def _met_alert(
    connection: Connection, services: Knowledge, team: Team, key: str, now: datetime
) -> dict[str, Any] | None:
    row = nudges.in_message(connection, key)[0]
    case = cases.by_id(connection, row.case_id)
    if case is None or payload_now(connection, services, key, now) is not None:
        return None
    met = met_duty(case, row.rule, row.due, services)
    line = Line(met, met=True, done=day_of(case, met))
    sentence = say.alert_met(met.title, met.case_ref)
    return {"channel": team.channel, "text": escape(sentence), "blocks": alert_blocks(met, sentence, line)}
