"""`signpost cases import` and `signpost cases export`."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from bot.casework import export
from bot.casework.entries import Reading
from bot.casework.files import write_whole
from bot.casework.import_ import read_entries
from bot.casework.mapping import MappingFile, load_mapping
from bot.casework.merge import Merged, merge
from bot.casework.raw import own_mapping, raws
from bot.casework.rows import UnreadableFile
from bot.casework.sheets import read_sheet
from bot.casework.vocabulary import Vocabulary
from bot.commands.office import Office, office, the_team
from bot.messages import intakes as say
from bot.nudges import sweep
from bot.settings import Settings
from bot.store import audit, intake
from bot.store.teams import Team
from bot.usage import UsageError

_SHOWN = 40


def run_import(arguments: argparse.Namespace, settings: Settings) -> int:
    """Take a file's events in; exit 1 where rows are wrong and nothing was written."""
    with office(settings) as desk:
        with desk.store.read() as connection:
            team = the_team(connection, arguments.team)
        words = Vocabulary(desk.book, team.council)
        try:
            mapping = load_mapping(arguments.mapping, desk.book) if arguments.mapping else None
            reading, rows = _read(arguments.file, mapping, words, desk)
        except UnreadableFile as fault:
            raise UsageError(str(fault)) from fault
        take = not reading.problems or arguments.skip_bad
        merged = take_in(desk, team, reading, write=take and not arguments.dry_run)
    report = _report(arguments, team, reading, merged, rows, take)
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        _tell(report, reading, merged, words, arguments.dry_run)
    return 0 if take else 1


def _read(path: Path, mapping: MappingFile | None, words: Vocabulary, desk: Office) -> tuple[Reading, int]:
    with _progress(say.reading(path.name)) as tick:
        sheet = read_sheet(path, mapping.sheet if mapping else None, mapping.header_row if mapping else 1, tick)
    problems = list(sheet.problems)
    if mapping is None:
        mapping, wrong = own_mapping(sheet, words.book)
        problems += wrong
    found, wrong = raws(sheet, mapping, optional=path.suffix.lower() == ".jsonl")
    problems += wrong
    with _progress(say.checking(path.name), total=len(found)) as tick:
        reading = read_entries(found, mapping, words, desk.today, desk.locale, problems, tick)
    return reading, len(sheet.rows) + len(sheet.problems)


def take_in(desk: Office, team: Team, reading: Reading, write: bool) -> Merged:
    """Work the difference out and, with *write*, write it, all in one transaction; messages that change follow."""
    if not write:
        with desk.store.read() as connection:
            return merge(reading.entries, intake.known(connection, team.id))
    with desk.store.write() as connection:
        known = intake.known(connection, team.id)
        merged = merge(reading.entries, known)
        ids = intake.take(connection, team.id, team.council, merged.intake, desk.who, desk.now)
        counts = merged.counts
        detail = f"{counts['new']} new, {counts['changed']} changed, {counts['known']} known, {reading.bad_rows} bad"
        audit.note(connection, desk.who, "import", desk.now, detail=f"{team.channel}: {detail}")
        mark = secrets.token_hex(6)
        for ref, case_id in ids.items():
            if ref.upper() in known:  # nothing has been said yet of a case that is new
                sweep.update_messages(connection, desk, case_id, mark, desk.now)
    return merged


def _report(
    arguments: argparse.Namespace, team: Team, reading: Reading, merged: Merged, rows: int, take: bool
) -> dict[str, Any]:
    return {
        "file": arguments.file.name,
        "team": team.channel,
        "dry_run": arguments.dry_run,
        "written": take and not arguments.dry_run,
        "rows": rows,
        **merged.counts,
        "bad": reading.bad_rows,
        "ignored": reading.ignored,
        "problems": [
            {"row": one.row, "column": one.column, "wrong": one.wrong, "do": one.todo} for one in reading.problems
        ],
    }


def _tell(report: dict[str, Any], reading: Reading, merged: Merged, words: Vocabulary, dry: bool) -> None:
    print(say.read_rows(report["file"], report["rows"], reading.ignored))
    for problem in reading.problems[:_SHOWN]:
        print(problem)
    if len(reading.problems) > _SHOWN:
        print(say.more_problems(len(reading.problems) - _SHOWN))
    if dry:
        known = {case.ref for case in merged.intake.new_cases}
        for event in merged.intake.new_events[:_SHOWN]:
            print(say.would_record(event.ref, words.title(event.event), event.on, event.at, event.ref in known))
        if len(merged.intake.new_events) > _SHOWN:
            print(say.more_events(len(merged.intake.new_events) - _SHOWN))
    if not (report["written"] or dry):
        print(say.nothing_written(report["bad"]))
    else:
        print(say.counted(report, dry))
        if dry and report["bad"]:
            print(say.would_refuse(report["bad"]))


@contextmanager
def _progress(what: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """A bar on the error output, where a person is looking; it moves every hundred rows."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task, rows = bar.add_task(what, total=total), 0

        def tick() -> None:
            nonlocal rows
            rows += 1
            if rows % 100 == 0:
                bar.update(task, completed=rows, description=say.so_far(what, rows))

        yield tick


def run_export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a team's cases, closed ones too; each case read is noted in the audit."""
    kind = _kind(arguments)
    with office(settings) as desk, desk.store.write() as connection:
        team = the_team(connection, arguments.team)
        found = intake.all_of_team(connection, team.id)
        intake.note_each(connection, desk.who, "exported", desk.now, dict.fromkeys(case.ref for case in found))
        detail = f"{team.channel}: {len(found)} cases as {kind}"
        audit.note(connection, desk.who, "export", desk.now, detail=detail)
        if kind == "xlsx":
            data = export.as_xlsx(found)
        else:
            text = export.as_csv(found) if kind == "csv" else export.as_jsonl(found)
            mark = "utf-8-sig" if kind == "csv" and arguments.out else "utf-8"  # so that Excel reads it as UTF-8
            data = text.encode(mark)
        if arguments.out:
            write_whole(arguments.out, data)
    if arguments.out:
        print(say.exported(str(arguments.out), len(found), sum(len(case.events) for case in found)))
    else:
        sys.stdout.write(data.decode())
    return 0


def _kind(arguments: argparse.Namespace) -> str:
    """The format asked for, or the one that the file's name says."""
    suffix = arguments.out.suffix.lower().removeprefix(".") if arguments.out else ""
    kind = arguments.format or (suffix if suffix in export.FORMATS else "csv")
    if arguments.out and suffix != kind:
        raise UsageError(say.name_it(arguments.out.name, kind))
    if kind == "xlsx" and not arguments.out:
        raise UsageError(say.out_needed())
    return str(kind)
