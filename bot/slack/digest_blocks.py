"""A digest, an alert and a duty as Slack shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.messages import cases as say_case
from bot.messages import digest as say
from bot.messages import slack as words
from bot.nudges.plan import Digest, Duty, Line
from bot.slack.blocks import Block, actions, bold, button, context, escape, header, mention, packed, section, shorten

_MOST_WITH_BUTTONS = 18  # two blocks each, of the fifty that a message may have
_MOST_LISTED = 40


def digest_blocks(digest: Digest, team: str) -> list[Block]:
    """Blocks of a team's morning digest: every duty with rule, case, worker and date; buttons on as many as fit."""
    blocks = [header(say.digest_title(team, digest.day))]
    groups = (
        (say.heading_overdue(), digest.overdue),
        (say.heading_today(), digest.today),
        (say.heading_soon(digest.horizon), digest.soon),
        (say.heading_notice(), digest.notice),
        (say.heading_blocked(), digest.blocked),
    )
    room = _MOST_WITH_BUTTONS
    for heading, lines in groups:
        if not lines:
            continue
        blocks.append(section(bold(f"{heading}: {len(lines)}")))
        for line in lines[:room]:
            blocks.extend(duty_blocks(line))
        blocks.extend(_listed(lines[room:]))
        room = max(0, room - len(lines))
    if not digest.lines:
        blocks.append(section(escape(say.all_clear(digest.horizon))))
    if digest.snoozed:
        blocks.append(context(escape(say.snoozed_count(digest.snoozed))))
    return blocks


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
    what = f"{bold(duty.title)} · {escape(duty.case_ref)}"
    who = mention(duty.worker, say.nobody())
    if line.met:
        return f"~{escape(duty.title)} · {escape(duty.case_ref)}~ · {who} · {escape(say.done_on(line.done))}"
    if duty.due is None:
        return f"{what} · {who}\n{escape(duty.question or '')}"
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
        return [section(line_text(met))]
    return [section(f"{mention(duty.worker, say.nobody())} {bold(sentence)}"), *duty_blocks(Line(duty))[1:]]


def next_text(duty: Duty | None, overdue: Sequence[Line]) -> str:
    """What is due next on a case, said at once after recording: plain words."""
    lines = [say_case.still_overdue(line.duty.title, line.duty.due) for line in overdue if line.duty.due]
    lines.append(say_case.next_due(duty.title, duty.due) if duty and duty.due else say_case.nothing_next())
    return "\n".join(lines)


def _listed(lines: Sequence[Line]) -> Iterator[Block]:
    """The lines beyond those with buttons, as plain lists within a section's 3,000 characters."""
    texts = [line_text(line) for line in lines[:_MOST_LISTED]]
    for start in range(0, len(texts), 10):
        yield section("\n".join(shorten(text, 280) for text in texts[start : start + 10]))
    if len(lines) > _MOST_LISTED:
        yield context(escape(say.and_more(len(lines) - _MOST_LISTED)))
