"""A chart drawn as SVG: plain shapes and text, no script, nothing fetched, legible in black and white.

Every kind of mark has a shape or a pattern of its own, so that nothing hangs on a colour; the whole is told in a title
and a description for screen readers, and every mark says what it is under the pointer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from bot.casework.chart import Bar, Chart, Dot, Group, Lane
from bot.casework.marks import DEFS, INK, PATTERNS, QUIET, RULE, SOFT, mark, pattern, text
from bot.messages import pictures as say

LEFT, MIDDLE, RIGHT, MARGIN = 312, 610, 290, 28
LANE, HEADING, TOP, BOTTOM = 24, 40, 92, 64
WIDTH = LEFT + MIDDLE + RIGHT + 2 * MARGIN
_TITLE, _NOTE = 46, 48  # characters that fit


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(MARGIN + LEFT + MIDDLE * min(1.0, max(0.0, share)), 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def svg(chart: Chart) -> str:
    """Return *chart* as an SVG document of its own."""
    axis = _Axis(chart.first, chart.last)
    lanes = sum(len(group.lanes) for group in chart.groups)
    bottom = TOP + lanes * LANE + len(chart.groups) * HEADING + 12
    height = bottom + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" lang="en-GB"'
        f' width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">',
        f'<title id="title">{escape(chart.title)}</title>',
        f'<desc id="desc">{escape(chart.description)}</desc>',
        DEFS,
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        text(MARGIN, 40, chart.title, "h1"),
        text(MARGIN, 62, chart.subtitle, "quiet"),
        *_months(axis, bottom),
        *_groups(chart, axis),
        *_today(chart, axis, bottom),
        *_legend(chart, bottom + 38),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _months(axis: _Axis, bottom: float) -> Iterator[str]:
    """Lines at the beginnings of months, or of quarters or years where months would crowd."""
    months = [*_firsts(axis)]
    step = next((step for step in (1, 3, 6, 12) if len(months) / step <= 14), 24)
    free = 0.0
    for day in months:
        if (day.month - 1 + 12 * day.year) % step:
            continue
        x = axis.x(day)
        yield f'<line x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{bottom}" stroke="{RULE}"/>'
        label = f"{day:%b} {day.year}" if day.month == 1 or day == months[0] else f"{day:%b}"
        width = 6.5 * len(label)
        fits = x + width < MARGIN + LEFT + MIDDLE
        if fits or x - width > free:
            yield text(x + 4 if fits else x - 4, TOP - 10, label, "small" if fits else "small end")
            free = x + width


def _firsts(axis: _Axis) -> Iterator[date]:
    day = axis.first.replace(day=1)
    while day <= axis.last:
        if day >= axis.first:
            yield day
        day = (day + timedelta(days=32)).replace(day=1)


def _groups(chart: Chart, axis: _Axis) -> Iterator[str]:
    y = float(TOP)
    for group in chart.groups:
        yield from _heading(group, y)
        y += HEADING
        for number, lane in enumerate(group.lanes):
            yield from _lane(lane, axis, y, shaded=number % 2 == 0)
            y += LANE


def _heading(group: Group, y: float) -> Iterator[str]:
    yield text(MARGIN, y + 26, group.heading, "h2")
    yield f'<line x1="{MARGIN}" y1="{y + 34}" x2="{WIDTH - MARGIN}" y2="{y + 34}" stroke="{INK}" stroke-width="0.8"/>'


def _lane(lane: Lane, axis: _Axis, y: float, shaded: bool) -> Iterator[str]:
    middle = y + LANE / 2
    yield f"<g><title>{escape(f'{lane.title}: {lane.note}')}</title>"
    if shaded:
        yield f'<rect x="{MARGIN}" y="{y}" width="{WIDTH - 2 * MARGIN}" height="{LANE}" fill="{SOFT}" opacity="0.55"/>'
    yield text(MARGIN + 8, middle + 4.5, _short(lane.title, _TITLE), "alarm" if lane.alarm else "body")
    for bar in lane.bars:
        yield from _time(bar, axis, middle)
    for dot in lane.dots:
        yield from _dot(dot, axis, middle)
    for bar in lane.bars:  # marks lie over every bar
        yield from _end(bar, axis, middle)
    yield text(MARGIN + LEFT + MIDDLE + 14, middle + 4.5, _short(lane.note, _NOTE), "alarm" if lane.alarm else "note")
    yield "</g>"


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _dot(dot: Dot, axis: _Axis, y: float) -> Iterator[str]:
    yield _hover(dot.hover, mark(dot.mark if axis.holds(dot.on) else "off", axis.x(dot.on), y))


def _time(bar: Bar, axis: _Axis, y: float) -> Iterator[str]:
    """The time a duty has as a bar, dotted where it is counted back; what was beyond its last day in a pattern."""
    if max(bar.start, bar.due) < axis.first:
        return
    start, due = axis.x(bar.start), axis.x(bar.due)
    if bar.backwards:
        shape = f'<line x1="{due}" y1="{y}" x2="{start}" y2="{y}" stroke="{QUIET}" stroke-dasharray="2 3"/>'
    else:
        fill = {"met": "#cfe6df", "late": "#f3e2bd", "overdue": "#f6d5d5"}.get(bar.mark, "#d5e3f3")
        width = round(max(1.5, due - start), 1)
        shape = f'<rect x="{start}" y="{y - 3.5}" width="{width}" height="7" rx="2" fill="{fill}"/>'
    if bar.mark in PATTERNS and bar.until and bar.until > bar.due:
        shape += pattern(bar.mark, due, y, round(max(3.0, axis.x(bar.until) - due), 1))
    yield _hover(bar.hover, shape)


def _end(bar: Bar, axis: _Axis, y: float) -> Iterator[str]:
    """The mark of a duty: on the day it was done, or on its last day."""
    day = bar.until if bar.until and bar.mark in ("met", "late") else bar.due
    if day >= axis.first:
        yield _hover(bar.hover, mark(bar.mark if axis.holds(day) else "beyond", axis.x(day), y))


def _hover(words: str, shapes: str) -> str:
    return f"<g><title>{escape(words)}</title>{shapes}</g>" if words else shapes


def _today(chart: Chart, axis: _Axis, bottom: float) -> Iterator[str]:
    if chart.today and axis.holds(chart.today):
        x = axis.x(chart.today)
        yield f'<line x1="{x}" y1="{TOP - 2}" x2="{x}" y2="{bottom}" stroke="{INK}" stroke-dasharray="5 4"/>'
        yield f'<rect x="{x - 21}" y="{TOP - 2}" width="42" height="16" rx="3" fill="{INK}"/>'
        yield text(x, TOP + 10, say.TODAY_LABEL, "today")


def _legend(chart: Chart, y: float) -> Iterator[str]:
    x = float(MARGIN + 8)
    for kind, words in chart.legend:
        wide = 26 if kind in PATTERNS else 0
        if wide:
            yield pattern(kind, x + 8, y - 4, wide)
        yield mark(kind, x + 8 + (wide if kind == "late" else 0), y - 4)
        yield text(x + 22 + wide, y, words, "note")
        x += 46 + wide + round(6.6 * len(words))
