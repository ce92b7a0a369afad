"""The picture of a path: a lane a duty, each of its runs a bar that ends on its last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.casework.chart import Bar, Chart, Dot, Group, Lane
from bot.casework.path import Path, Step
from bot.messages import pictures as say
from bot.wording import title_words
from rules import Before


def chart_of_path(path: Path, event: str, council: str) -> Chart:
    """Return the picture of a path: a lane a duty, each bar from its start to its last day."""
    by_rule: dict[str, list[Step]] = {}
    for step in path.steps:
        by_rule.setdefault(step.rule.id, []).append(step)
    lanes = tuple(_path_lane(steps) for steps in sorted(by_rule.values(), key=_begins))
    days = [day for step in path.steps for day in (step.start, step.due.on)] or [path.on]
    lines = [say.desc_line(title_words(steps[0].rule), steps[0].due.on, "") for steps in by_rule.values()]
    return Chart(
        title=say.path_title(event, path.on),
        subtitle=say.path_subtitle(council),
        description=say.picture_of_path(event, path.on, lines),
        groups=(Group(say.EACH_DUTY, lanes),) if lanes else (),
        first=min(*days, path.on) - timedelta(days=5),
        last=max(*days, path.on) + timedelta(days=10),
        today=None,
        legend=say.LEGEND_PATH,
    )


def _begins(steps: Sequence[Step]) -> tuple[date, date]:
    return min(steps[0].start, steps[0].due.on), steps[0].due.on


def _path_lane(steps: Sequence[Step]) -> Lane:
    bars = [
        Bar(
            step.start,
            step.due.on,
            "due",
            hover=say.hover_duty(title_words(step.rule), step.start, step.due.on, ""),
            backwards=isinstance(step.due.version.limit, Before),
        )
        for step in steps
    ]
    first = steps[0].due
    dots = tuple(Dot(bar.start, "start", bar.hover) for bar in bars[:1] if not bar.backwards)
    return Lane(
        title_words(steps[0].rule),
        say.path_note(first.on, first.at, [step.due.on for step in steps[1:]]),
        dots,
        tuple(bars),
    )
