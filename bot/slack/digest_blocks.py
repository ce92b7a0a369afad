"""A digest, an alert and a duty as Slack shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import cases as say_case
from bot.messages import digest as say
from bot.messages import slack as words
from bot.nudges.plan import Digest, Duty, Line
from bot.slack.blocks import (
    Block,
    actions,
    bold,
    button,
    context,
    escape,
    fitted,
    header,
    mention,
    packed,
    section,
)
from bot.slack.limits import LIMITS, checked, length

_MOST_WITH_BUTTONS = 18  # two blocks each, of the fifty that a message may have
_LISTED_TOGETHER = (6, 3, 1)  # six of the longest lines are a section
_LEAST_GROUP = (2, 700)  # blocks and characters kept free for each heading that is still to come


@dataclass
class _Room:
    """What a message still has room for."""

    blocks: int
    characters: int
    with_buttons: int = _MOST_WITH_BUTTONS

    def take(self, blocks: Sequence[Block], groups_to_come: int = 0) -> bool:
        """Whether *blocks* still go in, beside what the groups to come need at least; if so, they are counted."""
        left, characters = self.blocks - len(blocks), self.characters - length(blocks)
        kept_blocks, kept_characters = _LEAST_GROUP
        if left < groups_to_come * kept_blocks or characters < groups_to_come * kept_characters:
            return False
        self.blocks, self.characters = left, characters
        return True


def digest_blocks(digest: Digest, team: str) -> list[Block]:
    """Blocks of a team's morning digest: every duty with rule, case, worker and date; buttons on as many as fit.

    What does not fit in one message is counted under its heading, so that nobody takes the list for all there is.
    """
    blocks = [header(say.digest_title(team, digest.day))]
    groups = (
        (say.heading_overdue(), digest.overdue),
        (say.heading_today(), digest.today),
        (say.heading_soon(digest.horizon), digest.soon),
        (say.heading_notice(), digest.notice),
        (say.heading_blocked(), digest.blocked),
    )
    shown = [(heading, lines) for heading, lines in groups if lines]
    tails = 2 * len(shown) + 2  # a heading and a count each, the heading of all, the count of the snoozed
    room = _Room(LIMITS["message.blocks"].most - tails, LIMITS["message.blocks_text"].most - 100 * tails - 100)
    for number, (heading, lines) in enumerate(shown, start=1):
        blocks.append(section(bold(f"{heading}: {len(lines)}")))
        blocks.extend(_group(lines, room, len(shown) - number))
    if not digest.lines:
        blocks.append(section(escape(say.all_clear(digest.horizon))))
    if digest.snoozed:
        blocks.append(context(escape(say.snoozed_count(digest.snoozed))))
    return checked(blocks)


def digest_summary(digest: Digest) -> str:
    """The digest in a line, for the notification."""
    open_lines = [[line for line in lines if not line.met] for lines in (digest.overdue, digest.today, digest.soon)]
    overdue, today, soon = (len(lines) for lines in open_lines)
    return escape(say.digest_summary(overdue, today, soon, digest.horizon))


def duty_blocks(line: Line) -> list[Block]:
    """One duty with its buttons; without them once it is met."""
    if line.met:
        return [section(line_text(line))]
    duty = line.duty
    value = packed(c=duty.case_id, r=duty.rule, d=duty.due.isoformat() if duty.due else None)
    buttons = [button(words.DONE, "duty_done", value, style="primary")] if duty.events or duty.question else []
    if duty.due:
        buttons.append(button(words.WORKING, "duty_working", value))
    buttons.append(button(words.SNOOZE, "duty_snooze", value))
    return [section(line_text(line)), actions(None, buttons)]


def line_text(line: Line) -> str:
    """A duty in a line of mrkdwn: what, which case, who, when, how late."""
    duty = line.duty
    title, ref = fitted(duty.title, 160).replace("~", "∼"), fitted(duty.case_ref, 60)
    who = mention(duty.worker, say.nobody())
    if line.met:
        return f"~{title} · {ref}~ · {who} · {escape(say.done_on(line.done))}"
    what = f"{bold(duty.title, 160)} · {ref}"
    if duty.due is None:
        return f"{what} · {who}\n{fitted(duty.question or '', 240)}"
    parts = [what, who, escape(say.due_on(duty.due, duty.at))]
    if line.over:
        parts.append(f"*{escape(say.lateness(line.over))}*")
    elif duty.nudge_on and duty.nudge_on < duty.due:
        parts.append(escape(say.earlier_reading(duty.nudge_on)))
    if line.tell:
        parts.append(f"{escape(say.for_attention())} <@{line.tell}>")
    return " · ".join(parts)


def alert_blocks(duty: Duty, sentence: str, met: Line | None = None) -> list[Block]:
    """An hour clock that is about to run out, or has; struck through once it is met."""
    if met:
        return checked([section(line_text(met))])
    return checked(
        [section(f"{mention(duty.worker, say.nobody())} {bold(sentence, 600)}"), *duty_blocks(Line(duty))[1:]]
    )


def next_text(duty: Duty | None, overdue: Sequence[Line]) -> str:
    """What is due next on a case, said at once after recording: plain words."""
    lines = [say_case.still_overdue(line.duty.title, line.duty.due) for line in overdue if line.duty.due]
    lines.append(say_case.next_due(duty.title, duty.due) if duty and duty.due else say_case.nothing_next())
    return "\n".join(lines)


def _group(lines: Sequence[Line], room: _Room, groups_to_come: int) -> list[Block]:
    """The lines under one heading: with buttons while there is room for them, then as plain lists, then a count."""
    blocks: list[Block] = []
    done = 0
    for line in lines[: room.with_buttons]:
        one = duty_blocks(line)
        if not room.take(one, groups_to_come + 1):  # and a list in this group
            break
        blocks += one
        done += 1
    room.with_buttons -= done
    while listed := _listed(lines[done:], room, groups_to_come):
        blocks.append(section("\n".join(listed)))
        done += len(listed)
    if len(lines) > done:
        blocks.append(context(escape(say.and_more(len(lines) - done))))
    return blocks


def _listed(lines: Sequence[Line], room: _Room, groups_to_come: int) -> list[str]:
    """The next few lines that still go in as one section; none where there is no room, or nothing left."""
    for count in _LISTED_TOGETHER:
        texts = [line_text(line) for line in lines[:count]]
        if texts and room.take([section("\n".join(texts))], groups_to_come):
            return texts
    return []
