"""From a message to its one reply: cases recognised, the answer asked for, the reply promised in the outbox."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.answers.asker import Asker
from bot.answers.contract import Answer, Context, Kind
from bot.answers.dates import long_date
from bot.messages import slack as say
from bot.nudges.duties import duties_of
from bot.slack.answer_blocks import answer_blocks, plain_answer, rests_on_birth
from bot.slack.asked import Asked, without
from bot.slack.blocks import Block, context, escape, section
from bot.slack.casework import case_blocks, case_text
from bot.slack.desk import Desk
from bot.slack.personal import without_birthdays
from bot.store import audit, cases, inbox, learning, outbox, teams, threads
from bot.store.cases import StoredCase
from bot.store.teams import Team

_REFERENCE = re.compile(r"\b[A-Za-z]{1,6}[-/]?\d{2,10}\b")
_CASE_ONLY = re.compile(
    r"^(?:show|case|timeline|what(?:'s| is) (?:due|next))?(?: me| on| for| of| the| case)*\W*$", re.I
)


@dataclass(frozen=True)
class Reply:
    """What will be said: blocks and their plain text; `answer` where it is one, for the buttons and the thread."""

    text: str
    blocks: list[Block]
    answer: Answer | None = None


@dataclass(frozen=True)
class NamedCase:
    """A case that a message names and its asker may see here; or, without a case, why it is not shown."""

    words: str
    case: StoredCase | None = None
    refusal: str | None = None


def reply_to(desk: Desk, message: Asked) -> None:
    """Answer a message: one reply, promised together with the event's being handled, and sent at once."""
    named = named_case(desk, message)
    reply = _reply(desk, message, named)
    with desk.store.write() as connection:
        _note(desk, connection, message, reply, named)
        payload = {
            "channel": message.channel,
            "thread_ts": message.thread,
            "text": reply.text,
            "blocks": reply.blocks,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        outbox.put(connection, message.key, "chat.postMessage", payload, desk.now, extra=extra_of(reply.answer))
        if message.personal and not message.private:
            notice = {
                "channel": message.channel,
                "user": message.user,
                "text": escape(say.personal_details(message.personal)),
            }
            if message.thread != message.ts:
                notice["thread_ts"] = message.thread
            outbox.put(connection, f"private:{message.key}", "chat.postEphemeral", notice, desk.now)
        if message.event_id:
            inbox.handled(connection, message.event_id, desk.now)
    desk.sender.wake()


def answer_now(desk: Desk, message: Asked) -> Reply:
    """Answer a command: the reply goes out with its acknowledgement, so that only what its buttons need is kept."""
    named = named_case(desk, message)
    reply = _reply(desk, replace(message, private=True), named)
    with desk.store.write() as connection:
        _note(desk, connection, message, reply, named, joins=False)
        outbox.note(connection, message.key, message.channel, extra_of(reply.answer) or {}, desk.now)
    return reply


def ask_again(desk: Desk, message: Asked) -> None:
    """Answer the question that a button stands for."""
    send_answer(desk, message, desk.answer(message.text, _asker(desk, message, None)))


def with_date(desk: Desk, message: Asked, kept: dict[str, Any], when: date | datetime) -> None:
    """Answer again, now that the missing date has been given by a picker. *kept* is `extra_of` the answer."""
    if "followup" not in kept:
        _say(desk, message, refusal(say.too_old()))
        return
    event, rule = kept["followup"]["event"], kept["followup"]["rule"]
    clock = f" at {when:%H:%M}" if isinstance(when, datetime) else ""
    day = when.date() if isinstance(when, datetime) else when
    known = Context.model_validate(kept.get("context") or {})
    known = known.model_copy(update={"rule": rule, "event": event, "start": None, "n": 1})
    asker = replace(_asker(desk, message, None), context=known, facts=((event, when),))
    found = desk.answer(f"What if it was on {day.day} {day:%B %Y}{clock}?", asker)
    if found.due is None and rule in desk.services.book:  # not read as a follow-up: ask in full
        found = desk.answer(f"When is {desk.services.book[rule].title} due, {long_date(day)}{clock}?", asker)
    send_answer(desk, message, found)


def send_answer(desk: Desk, message: Asked, found: Answer) -> None:
    """Promise an answer that a button asked for, into the thread of its message; privately where that was private."""
    _say(desk, message, Reply(plain_answer(found), answer_blocks(found, message.key), found))


def _say(desk: Desk, message: Asked, reply: Reply) -> None:
    payload: dict[str, Any] = {"channel": message.channel, "text": reply.text, "blocks": reply.blocks}
    method = "chat.postMessage"
    if message.private and not message.channel.startswith("D"):
        method, payload["user"] = "chat.postEphemeral", message.user
    else:
        payload["thread_ts"] = message.thread
    with desk.store.write() as connection:
        outbox.put(connection, message.key, method, payload, desk.now, extra=extra_of(reply.answer))
        if method == "chat.postMessage":
            join(desk, connection, message, _context_kept(reply.answer) if reply.answer else None)
    desk.sender.wake()


def join(desk: Desk, connection: Connection, message: Asked, kept: dict[str, Any] | None) -> None:
    """Be in a thread from now on. What it was about stays, where the new answer is about nothing."""
    if not kept or not (kept.get("rule") or kept.get("entry")):
        before = threads.get(connection, message.channel, message.thread)
        kept = before.context if before else None
    threads.save(connection, message.channel, message.thread, kept, desk.now)


def extra_of(answer: Answer | None) -> dict[str, Any] | None:
    """What the buttons under an answer need later: nothing a person typed, and no date of birth."""
    if answer is None:
        return None
    kept: dict[str, Any] = {
        "about": {"kind": answer.kind.value, "rule": answer.rule, "entry": _entry(answer)},
        "context": _context_kept(answer),
    }
    if not rests_on_birth(answer):
        kept |= {"text": answer.text, "working": list(answer.due.working) if answer.due else []}
    if answer.followup:
        kept["followup"] = answer.followup.model_dump(mode="json")
    return kept


def named_case(desk: Desk, message: Asked) -> NamedCase | None:
    """The case that a message names: the team's here, or, in private, one of the asker's own teams."""
    words = _REFERENCE.findall(message.text)
    if not words:
        return None
    mine = desk.teams_of(message.user)
    with desk.store.read() as connection:
        here = teams.by_channel(connection, message.channel)
        for word in words:
            found = _find(connection, mine, word)
            if found is None:
                if _looks_like_one(connection, mine, word):
                    return NamedCase(word, refusal=say.no_such_case(word))
                continue
            if message.private or (here is not None and here.id == found.team_id):
                return NamedCase(word, case=found)
            return NamedCase(word, refusal=say.case_elsewhere())
    return None


def _find(connection: Connection, mine: list[Team], ref: str) -> StoredCase | None:
    found = (cases.by_ref(connection, team.id, ref) for team in mine)
    return next((case for case in found if case is not None), None)


def _looks_like_one(connection: Connection, mine: list[Team], word: str) -> bool:
    """Whether a word has the shape of the team's references, so that a slip in it is said and not passed over."""
    shape = re.sub(r"\d", "0", word.upper())
    return any(
        shape == re.sub(r"\d", "0", case.ref.upper())
        for team in mine
        for case in cases.of_team(connection, team.id, True)
    )


def _reply(desk: Desk, message: Asked, named: NamedCase | None) -> Reply:
    note = say.personal_details(message.personal) if message.personal and message.private else None
    if named and named.refusal:
        return Reply(escape(named.refusal), [section(escape(named.refusal))])
    rest = without(message, named.words) if named else message
    if named and named.case and _CASE_ONLY.match(rest.text):
        duties = duties_of(named.case, desk.services, desk.today)
        blocks = case_blocks(desk.services, named.case, duties, desk.today)
        return Reply(case_text(desk.services, named.case, duties), blocks + ([context(escape(note))] if note else []))
    found = desk.answer(rest.text, _asker(desk, message, named.case if named else None))
    return Reply(plain_answer(found), answer_blocks(found, message.key, note), found)


def _asker(desk: Desk, message: Asked, case: StoredCase | None) -> Asker:
    with desk.store.read() as connection:
        thread = threads.get(connection, message.channel, message.thread)
    kept = Context.model_validate(thread.context) if thread and thread.context else None
    facts = {event.event: event.at or event.on for event in case.events} if case else {}
    council = case.council if case else desk.council_for(message.user, message.channel)
    return Asker(council, desk.now, desk.settings.locale, kept, tuple(facts.items()))


def _note(
    desk: Desk, connection: Connection, message: Asked, reply: Reply, named: NamedCase | None, joins: bool = True
) -> None:
    """Keep what follows from a reply: the thread's context, the gap, who has read which case."""
    found = reply.answer
    if joins:
        kept = _context_kept(found) if found else None
        if kept and message.personal:
            kept["start"] = None  # it may be a date of birth
        join(desk, connection, message, kept)
    if found and found.kind is Kind.NONE:
        council = found.context.council if found.context else None
        learning.add_gap(connection, council, without_birthdays(message.text), found.kind.value, desk.now)
    if named and named.case:
        audit.note(connection, message.user, "read", desk.now, named.case.ref)


def _context_kept(answer: Answer) -> dict[str, Any] | None:
    """What an answer was about, for the thread and its buttons, without a date of birth."""
    kept = answer.context.model_dump(mode="json") if answer.context else None
    return kept | {"start": None} if kept and rests_on_birth(answer) else kept


def _entry(answer: Answer) -> str | None:
    return answer.citations[0].entry if answer.citations else None


def refusal(sentence: str) -> Reply:
    """A plain sentence as a reply."""
    return Reply(escape(sentence), [section(escape(sentence))])
