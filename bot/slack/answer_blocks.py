"""An answer as Slack shows it: its first line in bold, a short body, buttons, and the source as small print."""

from __future__ import annotations

from bot.answers.contract import Answer, Choice, Kind
from bot.messages import slack as say
from bot.slack.blocks import (
    MOST_ANSWER,
    Block,
    actions,
    bold,
    button,
    context,
    date_picker,
    escape,
    feedback_row,
    fitted,
    section,
    shorten,
    table,
)
from bot.slack.limits import checked

_MOST_CHOICES = 10
_MOST_SEE_ALSO = 2
_MOST_ROWS, _ROW = 12, 260  # councils, and characters in a cell: with them a message stays within Slack's limit
_WITHOUT_FEEDBACK = (Kind.CLARIFY, Kind.OUT_OF_SCOPE)


def answer_blocks(answer: Answer, key: str, private_note: str | None = None) -> list[Block]:
    """Blocks of one answer, under 1,200 visible characters; *key* is what its buttons look up later.

    Where something had to be cut, a button shows all of it: a quotation is never silently shortened.
    """
    if answer.rows:
        return _comparison(answer, key)
    headline, body, source = parts_of(answer)
    small_print = [line for line in (source, _see_also(answer), private_note or "") if line.strip()]
    room = MOST_ANSWER - len(headline) - sum(map(len, small_print)) - 20
    top = shorten(headline, 700)
    shown = fitted(shorten(body, max(room, 200)), 1_900)
    blocks = [section(bold(top, 1_000) + (f"\n{shown}" if shown else ""))]
    buttons = _buttons(answer, key, cut=(top, shown) != (headline.strip(), escape(body.strip())))
    if buttons:
        blocks.append(actions(f"answer:{key}", buttons))
    if small_print:
        blocks.append(context(*(fitted(line, 900) for line in small_print)))
    if answer.kind not in _WITHOUT_FEEDBACK:
        blocks.append(feedback_row(f"feedback:{key}", say.HELPFUL, say.UNHELPFUL))
    return checked(blocks)


def _comparison(answer: Answer, key: str) -> list[Block]:
    """A row a council in a table; what is longer than a row should be is whole in the message's text."""
    first = answer.rows[0]
    rows = [(row.council, shorten(row.says, _ROW), shorten(row.place or "", _ROW)) for row in answer.rows[:_MOST_ROWS]]
    after = [line for line in answer.text.split("\n")[len(answer.rows) :] if line]
    blocks = [
        section(bold(shorten(f"{first.council}: {first.says}", 700), 1_000)),
        table([say.comparison_heads(), *rows]),
        *([context(*(fitted(line, 900) for line in after))] if after else []),
        feedback_row(f"feedback:{key}", say.HELPFUL, say.UNHELPFUL),
    ]
    return checked(blocks)


def plain_answer(answer: Answer) -> str:
    """The answer as a notification, a screen reader and an old client show it: escaped, at most 3,000 characters."""
    return escape(shorten(answer.text, 2_500))


def rests_on_birth(answer: Answer) -> bool:
    """Whether a date of birth is in it: then neither its words nor its working are kept for a button to show."""
    return answer.context is not None and answer.context.event == "born"


def parts_of(answer: Answer) -> tuple[str, str, str]:
    """(headline, body, source line) of an answer. `text` holds all three; whatever is in no other part is the source.

    >>> text = "Every 10 days.\\nMore.\\nYork, Standard 4, lines 1–2"
    >>> one = Answer(kind=Kind.STANDARD, text=text, headline="Every 10 days.", body="More.", confidence=0.9)
    >>> parts_of(one)
    ('Every 10 days.', 'More.', 'York, Standard 4, lines 1–2')
    """
    lines = answer.text.split("\n")
    headline = answer.headline or lines[0]
    if not answer.headline and not answer.body:
        return headline, "\n".join(lines[1:]), ""
    known = {line.strip() for line in (*headline.split("\n"), *answer.body.split("\n"))}
    rest = [line for line in lines if line.strip() and line.strip() not in known]
    return headline, answer.body, rest[-1] if rest else ""


def _see_also(answer: Answer) -> str:
    sections = dict.fromkeys(shorten(place.section, 90) for place in answer.see_also[:_MOST_SEE_ALSO])
    return f"{say.closest_places()}: {' · '.join(sections)}" if sections and answer.kind in _WITH_SEE_ALSO else ""


_WITH_SEE_ALSO = (Kind.STANDARD, Kind.TIMESCALE, Kind.DATE)


def _buttons(answer: Answer, key: str, cut: bool) -> list[Block]:
    buttons = [_choice(number, choice) for number, choice in enumerate(answer.choices[:_MOST_CHOICES])]
    if answer.followup and not answer.followup.needs_time:
        buttons.append(date_picker("answer_date"))
    elif answer.followup:
        buttons.append(button(say.GIVE_DATE, "answer_moment", key))
    if answer.due and answer.due.working and not rests_on_birth(answer):
        buttons.append(button(say.WORKING, "answer_working", key))
    if cut:
        buttons.append(button(say.MORE, "answer_more", key))
    return buttons


def _choice(number: int, choice: Choice) -> Block:
    return button(choice.label, f"answer_choice_{number}", shorten(choice.ask, 1_900))
