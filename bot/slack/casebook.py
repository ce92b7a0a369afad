"""The dialogs about cases: what each is opened with, and what becomes of what is sent in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from slack_sdk import WebClient

from bot.messages import cases as say
from bot.messages import slack as words
from bot.nudges.duties import duties_of
from bot.nudges.plan import Duty
from bot.slack import modals
from bot.slack.blocks import packed, unpacked
from bot.slack.casework import event_title
from bot.slack.client import open_view
from bot.slack.desk import Desk
from bot.slack.home import show_home
from bot.slack.modals import View
from bot.slack.press import Fields, Press
from bot.slack.recording import case_for, record, snooze
from bot.store import audit, cases, teams
from bot.store.cases import StoredCase

_REFERENCE = re.compile(r"[A-Za-z0-9/-]*\d[A-Za-z0-9/-]*")
_LONGEST_SNOOZE = timedelta(days=30)


@dataclass(frozen=True)
class Outcome:
    """What a dialog ends in: sentences under its fields, or a last page."""

    title: str = ""
    sentences: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)

    def acknowledgement(self) -> dict[str, Any]:
        """How Slack is told."""
        if self.problems:
            return modals.errors_of(self.problems)
        return {"response_action": "update", "view": modals.notice(self.title, self.sentences)}


def find(desk: Desk, user: str, value: Mapping[str, Any]) -> tuple[StoredCase, Duty] | None:
    """The case and the duty of a button, as they are now."""
    case = case_for(desk, user, int(value.get("c") or 0))
    if case is None:
        return None
    due = value.get("d")
    for duty in duties_of(case, desk.services, desk.today):
        if duty.rule == value.get("r") and (duty.due.isoformat() if duty.due else None) == due:
            return case, duty
    return None


def done_view(desk: Desk, pressed: Press) -> View:
    """The dialog behind Done."""
    value = unpacked(pressed.value)
    found = find(desk, pressed.user, value)
    if found is None:
        return _gone(desk, pressed.user, value)
    case, duty = found
    names = tuple(dict.fromkeys((*((duty.missing,) if duty.missing else ()), *duty.events)))  # what is missing first
    events = {name: event_title(desk.services, name) for name in names}
    private = packed(c=case.id, e=names[0] if len(names) == 1 else None, h=_home(pressed))
    return modals.done(duty.title, case.ref, events, desk.today, duty.at is not None or duty.needs_time, private)


def working_view(desk: Desk, pressed: Press) -> View:
    """The dialog behind Working: how the date comes about."""
    value = unpacked(pressed.value)
    found = find(desk, pressed.user, value)
    if found is None:
        return _gone(desk, pressed.user, value)
    case, duty = found
    with desk.store.write() as connection:
        audit.note(connection, pressed.user, "read working", desk.now, case.ref, duty.rule)
    return modals.working(duty.working)


def snooze_view(desk: Desk, pressed: Press) -> View:
    """The dialog behind Snooze; two days on is offered."""
    value = unpacked(pressed.value)
    found = find(desk, pressed.user, value)
    if found is None:
        return _gone(desk, pressed.user, value)
    case, duty = found
    private = packed(c=case.id, r=duty.rule, d=duty.due.isoformat() if duty.due else None)
    return modals.snooze(duty.title, case.ref, desk.today + timedelta(days=2), private)


def record_view(desk: Desk, pressed: Press) -> View:
    """The dialog that records anything."""
    case = case_for(desk, pressed.user, int(unpacked(pressed.value).get("c") or 0))
    if case is None:
        return modals.notice(words.RECORD, [words.case_gone()])
    return modals.record(case.ref, _all_events(desk), desk.today, packed(c=case.id, h=_home(pressed)))


def open_new_case(desk: Desk, client: WebClient, user: str, trigger: str) -> bool:
    """Open the dialog for a new case; False where the person is in no team."""
    mine = {str(team.id): team.name for team in desk.teams_of(user)}
    if mine:
        open_view(client, trigger, modals.new_case(mine, _all_events(desk), user, desk.today))
    return bool(mine)


def open_setup(desk: Desk, client: WebClient, channel: str, name: str, trigger: str) -> bool:
    """Open the set-up of a channel; False where there is none, as in a direct message."""
    if channel.startswith("D") or not desk.members.of(channel):
        return False
    with desk.store.read() as connection:
        team = teams.by_channel(connection, channel)
    council = team.council if team else desk.settings.council
    hour = team.digest_hour if team else desk.settings.digest_hour
    view = modals.setup(team.name if team else name, desk.services.councils, council, hour, packed(channel=channel))
    open_view(client, trigger, view)
    return True


def take_done(desk: Desk, user: str, private: dict[str, Any], fields: Fields) -> Outcome:
    """What was done, and when."""
    return _take_event(desk, user, private, fields, private.get("e") or fields.text("event"))


def take_record(desk: Desk, user: str, private: dict[str, Any], fields: Fields) -> Outcome:
    """Anything that happened."""
    return _take_event(desk, user, private, fields, fields.text("event"))


def take_snooze(desk: Desk, user: str, private: dict[str, Any], fields: Fields) -> Outcome:
    """Until when to be left alone."""
    case, until = case_for(desk, user, int(private.get("c") or 0)), fields.day("day")
    if case is None:
        return Outcome(say.snooze_title(), (words.case_gone(),))
    if until is None or not desk.today < until <= desk.today + _LONGEST_SNOOZE:
        return Outcome(problems={"day": say.snooze_later()})
    due = date.fromisoformat(private["d"]) if private.get("d") else None
    return Outcome(say.snooze_title(), (snooze(desk, user, case, str(private.get("r")), due, until),))


def take_new_case(desk: Desk, user: str, private: dict[str, Any], fields: Fields) -> Outcome:
    """A new case and the first thing that happened on it."""
    ref, day = (fields.text("ref") or "").strip(), fields.day("day")
    chosen = private.get("team") or fields.text("team")
    team = next((team for team in desk.teams_of(user) if str(team.id) == str(chosen)), None)
    if team is None:
        return Outcome(words.ADD_CASE, (words.no_team(),))
    problems = {} if _REFERENCE.fullmatch(ref) else {"ref": say.bad_reference()}
    if day is None or day > desk.today:
        problems["day"] = say.not_in_future() if day else say.give_date()
    if problems:
        return Outcome(problems=problems)
    with desk.store.write() as connection:
        if not cases.add(connection, team.id, ref.upper(), team.council, desk.now, worker=fields.text("worker")):
            return Outcome(problems={"ref": say.case_exists(ref.upper())})
        audit.note(connection, user, "added", desk.now, ref.upper())
        case = cases.by_ref(connection, team.id, ref)
    assert case is not None
    assert day is not None
    recorded = record(desk, user, case, fields.text("event") or "", day)
    return Outcome(words.ADD_CASE, (say.case_added(case.ref), *recorded.sentences))


def take_setup(desk: Desk, user: str, private: dict[str, Any], fields: Fields) -> Outcome:
    """A channel's team. Only somebody who is in the channel can set it up."""
    channel, council = str(private.get("channel")), fields.text("council") or ""
    if not desk.members.is_in(user, channel):
        return Outcome(say.setup_title(), (words.not_a_member(),))
    name, hour = fields.text("name") or channel, int(fields.text("hour") or desk.settings.digest_hour)
    with desk.store.write() as connection:
        teams.save(connection, channel, name, council, desk.now, digest_hour=hour, escalate_to=fields.text("escalate"))
        audit.note(connection, user, "set up", desk.now, detail=f"{channel} {council}")
    return Outcome(say.setup_title(), (say.setup_done(name, desk.services.councils.get(council, council), hour),))


def _take_event(desk: Desk, user: str, private: dict[str, Any], fields: Fields, event: str | None) -> Outcome:
    case, day = case_for(desk, user, int(private.get("c") or 0)), fields.day("day")
    if case is None:
        return Outcome(words.RECORD, (words.case_gone(),))
    if day is None or day > desk.today:
        return Outcome(problems={"day": say.not_in_future() if day else say.give_date()})
    if event is None:
        return Outcome(problems={"event": say.which_event()})
    recorded = record(desk, user, case, event, day, fields.moment(day, "time"))
    if private.get("h"):
        show_home(desk, user)
    return Outcome(words.RECORD, recorded.sentences)


def _gone(desk: Desk, user: str, value: Mapping[str, Any]) -> View:
    case = case_for(desk, user, int(value.get("c") or 0))
    return modals.notice(words.WORKING, [say.no_longer_due() if case else words.case_gone()])


def _all_events(desk: Desk) -> dict[str, str]:
    return dict(
        sorted(((name, word.title) for name, word in desk.services.book.events.items()), key=lambda pair: pair[1])
    )


def _home(pressed: Press) -> int | None:
    return None if pressed.channel else 1
