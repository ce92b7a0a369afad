"""A case as its team sees it: what has happened, what is due, and the buttons that record more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers.dates import short_date
from bot.messages import cases as say
from bot.messages import digest as say_digest
from bot.messages import slack as words
from bot.nudges.duties import Knowledge
from bot.nudges.plan import LONDON, Duty, Line, Times, line_of
from bot.nudges.sweep import is_working_in
from bot.slack.blocks import Block, actions, bold, button, escape, fitted, mention, packed, section, sections, shorten
from bot.slack.digest_blocks import line_text
from bot.slack.limits import checked
from bot.store.cases import StoredCase

_MOST_EVENTS = 15
_MOST_DUTIES = 12


def case_blocks(services: Knowledge, case: StoredCase, duties: Iterable[Duty], today: date) -> list[Block]:
    """A case's time line: what has happened, then what is due in order, with a button to record more."""
    times = Times(is_working_in(services.calendar))
    ordered = in_order(duties, today, times)
    happened = [f"• {fitted(line, 180)}" for line in _events(services, case)] or [escape(say.nothing_recorded())]
    due = [f"• {line_text(line)}" for line in ordered[:_MOST_DUTIES]] or [escape(say.nothing_due())]
    if len(ordered) > _MOST_DUTIES:
        due.append(escape(say_digest.and_more(len(ordered) - _MOST_DUTIES)))
    blocks = [
        section(f"{bold(say.case_title(case.ref))} · {mention(case.worker, say_digest.nobody())}"),
        *sections([bold(say.case_happened()), *happened]),
        *sections([bold(say.case_due()), *due]),
        actions(None, [button(words.RECORD, "case_record", packed(c=case.id))]),
    ]
    return checked(blocks)


def case_text(services: Knowledge, case: StoredCase, duties: Iterable[Duty]) -> str:
    """The same in plain words, for the notification and the screen reader."""
    lines = [say.case_title(case.ref), *_events(services, case)]
    lines += [f"{duty.title}: {say_digest.due_on(duty.due, duty.at)}" for duty in duties if duty.due]
    return escape(shorten("\n".join(lines), 2_500))


def in_order(duties: Iterable[Duty], today: date, times: Times) -> list[Line]:
    """Duties in the order to act, those that cannot be worked out last."""
    lines = [line_of(duty, today, times) for duty in duties]
    return sorted(lines, key=lambda line: (line.duty.acts_on or date.max, line.duty.case_ref, line.duty.rule))


def what_next(before: Sequence[Duty], after: Sequence[Duty], today: date) -> list[str]:
    """What to say at once after recording: what is due next, and what is late still.

    What has just become due comes first; where nothing has, the nearest of all.
    """
    known = {duty.key for duty in before}
    dated = sorted((duty for duty in after if duty.due and duty.events), key=lambda duty: duty.acts_on or date.max)
    fresh = [duty for duty in dated if duty.key not in known and duty.due and duty.due >= today]
    coming = fresh or [duty for duty in dated if duty.due and duty.due >= today]
    late = [duty for duty in dated if duty.due and duty.due < today]
    lines = [say.next_due(duty.title, duty.due) for duty in coming[: 2 if fresh else 1] if duty.due]
    lines += [say.still_overdue(duty.title, duty.due) for duty in late[:3] if duty.due]
    return lines or [say.nothing_next()]


def _events(services: Knowledge, case: StoredCase) -> list[str]:
    lines = []
    for event in case.events[-_MOST_EVENTS:]:
        clock = f" {event.at.astimezone(LONDON):%H:%M}" if event.at else ""
        lines.append(f"{short_date(event.on)}{clock}: {event_title(services, event.event)}")
    return lines


def event_title(services: Knowledge, name: str) -> str:
    """How an event is called."""
    return services.book.events[name].title if name in services.book.events else name.replace("_", " ")
