"""`signpost path`: a child's whole path from one date."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from rich.table import Table
from rich.text import Text

from bot.casework.path import Path, Step, path
from bot.casework.path_chart import chart_of_path
from bot.casework.told import iso, told_due
from bot.casework.vocabulary import Vocabulary
from bot.commands.case import console, council_name, write_picture
from bot.commands.due import read_start
from bot.messages import pictures as draw
from bot.messages import timelines as say
from bot.settings import Settings
from bot.usage import UsageError
from bot.wording import title_words
from rules import RuleBook, RulesError, england

_MOST_MONTHS = 36


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print each duty on its last day, in order, with what was taken for granted."""
    book, council = RuleBook.load(), (arguments.council or settings.council or "").lower()
    if not book.of(council):
        councils = sorted({rule.council for rule in book} - {"england"})
        raise UsageError(draw.name_council(councils))
    if not 1 <= arguments.months <= _MOST_MONTHS:
        raise UsageError(draw.months_range(_MOST_MONTHS))
    words = Vocabulary(book, council)
    given = _given(arguments.start, words)
    try:
        found = path(council, given, book, england(), arguments.months)
    except RulesError as fault:
        raise UsageError(str(fault)) from fault
    if arguments.picture:
        write_picture(arguments.picture, chart_of_path(found, words.title(found.event), council_name(council)))
    if arguments.json:
        print(json.dumps(_told(found), ensure_ascii=False))
    else:
        _show(found, words)
        if arguments.picture:
            print(draw.picture_written(str(arguments.picture)))
    return 0


def _given(texts: list[str], words: Vocabulary) -> dict[str, list[date]]:
    given: dict[str, list[date]] = {}
    for text in texts:
        name, equals, day = text.partition("=")
        event = words.event(name)
        if not equals:
            raise UsageError(draw.write_start(text))
        if event is None:
            raise UsageError(say.no_event(name, words.near(name)))
        given.setdefault(event, []).append(read_start(day))
    return given


def _show(found: Path, words: Vocabulary) -> None:
    out = console()
    out.print(Text(draw.path_title(words.title(found.event), found.on), "bold"))
    out.print(Text(f"{draw.path_subtitle(council_name(found.council))}\n", "dim"))
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim")
    for heading in (say.LAST_DAY, say.DUTY, say.FROM):
        table.add_column(heading)
    for step in found.steps:
        start = f"{say.when(step.start)} ({words.title(step.due.start_event)})"
        table.add_row(Text(say.when(step.due.on, step.due.at)), Text(title_words(step.rule)), Text(start, "dim"))
    out.print(table)
    out.print(Text(f"\n{draw.assumed()}", "bold"))
    for sentence in found.assumed:
        out.print(Text(f"– {sentence}"))


def _told(found: Path) -> dict[str, Any]:
    return {
        "council": found.council,
        "from": {"event": found.event, "on": iso(found.on)},
        "until": iso(found.until),
        "steps": [_told_step(step) for step in found.steps],
        "assumed": list(found.assumed),
    }


def _told_step(step: Step) -> dict[str, Any]:
    return {
        "rule": step.rule.id,
        "title": title_words(step.rule),
        "who": step.rule.who,
        "done_by": list(step.rule.done_by),
        "due": told_due(step.due),
    }
