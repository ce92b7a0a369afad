"""`signpost ask` and `signpost search`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TextIO

from rich.progress import Progress

from bot.answers import Answer, Kind, answer
from bot.answers.asker import Asker
from bot.answers.choose import rule_lines
from bot.answers.dates import LONDON
from bot.atomic import replacing
from bot.messages import answers as say
from bot.services import Services, load_services
from bot.settings import Settings
from bot.usage import UsageError
from index import search

SEE_ALSO = (Kind.STANDARD, Kind.TIMESCALE, Kind.DATE)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answer one question, or each line of --batch."""
    if (arguments.question is None) == (arguments.batch is None):
        raise UsageError("give either one question in quotes or --batch FILE.")
    if arguments.batch is not None:
        return _batch(arguments, settings)
    if not arguments.question.strip():
        raise UsageError('the question is empty; ask, for example: signpost ask "when is the first core group due?".')
    services = load_services(settings)
    asker = asker_of(arguments.council or settings.council, arguments.on, settings, services)
    given = answer(arguments.question, asker, services)
    print(given.model_dump_json() if arguments.json else as_text(given))
    return 0


def as_text(given: Answer) -> str:
    """Return an answer as the terminal shows it: its text, then the next two places."""
    near = list(dict.fromkeys(place.section for place in given.see_also[:2]))
    return f"{given.text}\n{say.see_also(near)}" if near and given.kind in SEE_ALSO else given.text


def asker_of(council: str | None, on: str | None, settings: Settings, services: Services) -> Asker:
    """Return who asks, from the command line's options.

    Raises:
        UsageError: no such council is loaded, or *on* is not a date.
    """
    if council is not None and council.lower() not in services.councils:
        raise UsageError(f"no documents of {council!r} are loaded; loaded: {', '.join(services.councils)}.")
    return Asker(council.lower() if council else None, _now(on), settings.locale)


def _now(on: str | None) -> datetime:
    if on is None:
        return datetime.now(LONDON)
    try:
        return datetime.combine(date.fromisoformat(on), time(12), LONDON)
    except (ValueError, TypeError) as fault:
        raise UsageError(f"{on!r} is not a date; write it as 2026-11-22.") from fault


def _batch(arguments: argparse.Namespace, settings: Settings) -> int:
    rows = list(_rows(arguments.batch))
    services = load_services(settings)
    askers = [asker_of(row.get("council") or settings.council, row.get("on"), settings, services) for row in rows]
    if arguments.out is None:
        _answer_all(rows, askers, services, sys.stdout)
    else:
        with replacing(arguments.out) as out:
            _answer_all(rows, askers, services, out)
    return 0


def _answer_all(rows: list[dict[str, Any]], askers: list[Asker], services: Services, out: TextIO) -> None:
    from rich.console import Console

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("answering", total=len(rows))
        for row, asker in zip(rows, askers, strict=True):
            given: Answer = answer(row["q"], asker, services).model_copy(update={"id": row["id"]})
            out.write(given.model_dump_json() + "\n")
            bar.advance(task)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{path} cannot be read: {fault}.") from fault
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as fault:
            raise UsageError(f"{path} line {number} is not JSON: {fault}.") from fault
        if not isinstance(row, dict) or not isinstance(row.get("q"), str) or not isinstance(row.get("id"), str):
            raise UsageError(f'{path} line {number} needs "id" and "q" as strings.')
        yield row


def run_search(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the ranking alone."""
    if not 1 <= arguments.k <= 100:
        raise UsageError("--k takes a whole number from 1 to 100.")
    services = load_services(settings)
    council = arguments.council or settings.council
    if council not in services.councils:
        raise UsageError(f"name a loaded council with --council: {', '.join(services.councils)}.")
    found = search(services.index, arguments.question, (council,), k=arguments.k)
    rows: list[dict[str, Any]] = [
        {
            "entry": hit.item.id,
            "council": hit.item.council,
            "kind": hit.item.kind,
            "section": hit.item.section,
            "lines": list(lines_of(hit.item.id, services)),
            "score": round(hit.score, 4),
        }
        for hit in found.hits
    ]
    if arguments.json:
        print(json.dumps({"q": arguments.question, "hits": rows}, ensure_ascii=False))
    else:
        for row in rows:
            print(f"{row['score']:.3f}  {row['entry']}  ({row['section']}, lines {row['lines'][0]}–{row['lines'][1]})")
    return 0


def lines_of(item_id: str, services: Services) -> tuple[int, int]:
    """Return the lines of the original that an entry or a rule stands on."""
    entry = services.library.entry(item_id)
    return entry.source.lines if entry else rule_lines(services.book[item_id])
