"""`signpost case`, `signpost calendar` and `signpost due --case … --what-if`: what is due on the cases of a team."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.casework.chart import Chart, chart_of_case
from bot.casework.files import write_whole
from bot.casework.ical import calendar_of
from bot.casework.picture import svg
from bot.casework.png import NoFonts, png
from bot.casework.timeline import CaseFile, case_file, status_words
from bot.casework.told import iso, told, told_duty
from bot.casework.vocabulary import Vocabulary
from bot.casework.whatif import Change, Difference, NothingToMove, as_of, changed, differences, told_change
from bot.commands.due import read_start
from bot.commands.office import Office, office, the_case, the_team
from bot.messages import pictures as draw
from bot.messages import timelines as say
from bot.settings import Settings
from bot.store import audit, intake
from bot.store.cases import StoredCase
from bot.usage import UsageError
from bot.wording import title_words
from rules import BeyondHorizon, Calendar, Obligation, Status

_WHAT_IF = re.compile(r"(?P<event>[^=]+)=(?:(?P<old>\d{4}-\d{2}-\d{2})\.\.)?(?P<new>[^.]+)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show a case: what happened, what is due, what was met or late; the reading is noted in the audit."""
    with office(settings, arguments.on) as desk:
        with desk.store.write() as connection:
            case, _ = the_case(connection, arguments.ref, arguments.team)
            audit.note(connection, desk.who, "read case", desk.now, case.ref)
        file = file_of(desk, case)
        if arguments.picture:
            write_picture(arguments.picture, chart_of_case(file, council_name(file.council), desk.calendar))
        if arguments.json:
            print(json.dumps(told(file), ensure_ascii=False))
        else:
            show(file, desk.calendar)
            if arguments.picture:
                print(draw.picture_written(str(arguments.picture)))
    return 0


def file_of(desk: Office, case: StoredCase) -> CaseFile:
    """Return a case's time line as of the desk's day.

    Raises:
        UsageError: that day lies outside the years whose bank holidays are known.
    """
    try:
        return case_file(case, desk, desk.today)
    except BeyondHorizon as fault:
        raise UsageError(str(fault)) from fault


def council_name(council: str) -> str:
    """Return a council's short name as people write it."""
    return council.replace("-", " ").title()


def write_picture(path: Path, chart: Chart) -> None:
    """Write a chart as .svg or .png.

    Raises:
        UsageError: another kind of file, or no fonts for a PNG.
    """
    kind = path.suffix.lower()
    if kind not in (".svg", ".png"):
        raise UsageError(draw.picture_kind(path.name))
    drawn = svg(chart)
    try:
        write_whole(path, drawn.encode() if kind == ".svg" else png(drawn))
    except NoFonts as fault:
        raise UsageError(draw.no_fonts()) from fault


def console() -> Console:
    """Return the terminal, or a page of fixed width where the output goes elsewhere."""
    return Console() if sys.stdout.isatty() else Console(width=120, highlight=False)


def show(file: CaseFile, calendar: Calendar) -> None:
    """Print a time line."""
    out = console()
    out.print(
        Text(say.case_heading(file.ref, council_name(file.council), file.worker, file.closed, file.today), "bold")
    )
    happened = [(say.when(one.on, one.at), say.booked(one.title) if one.booked else one.title) for one in file.happened]
    _table(out, say.HAPPENED, (say.DATE, say.EVENT), happened, say.NOTHING_HAPPENED)
    due = [
        (say.when(one.due.on, one.due.at), title_words(one.rule), _status(one, file, calendar))
        for one in file.due
        if one.due
    ]
    _table(out, say.DUE, (say.LAST_DAY, say.DUTY, say.STATUS), due, say.NOTHING_DUE)
    blocked = [(title_words(one.rule), one.question or "") for one in file.blocked]
    _table(out, say.BLOCKED, (say.DUTY, say.TO_ANSWER), blocked)
    past = [
        (run.title, say.when(run.on) if run.on else "", say.when(run.done) if run.done else "", run.outcome)
        for run in file.past
    ]
    _table(out, say.PAST, (say.DUTY, say.WAS_DUE, say.DONE, say.OUTCOME), past)


def _status(one: Obligation, file: CaseFile, calendar: Calendar) -> Text:
    style = {Status.OVERDUE: "bold red", Status.DUE_TODAY: "bold", Status.DUE_SOON: "yellow"}.get(one.status, "")
    return Text(status_words(one, file.today, calendar), style)


def _table(
    out: Console, title: str, headings: Iterable[str], rows: Iterable[Iterable[str | Text]], empty: str = ""
) -> None:
    listed = [[cell if isinstance(cell, Text) else Text(cell) for cell in row] for row in rows]
    if not listed and not empty:
        return
    out.print(Text(f"\n{title}" if title else "", "bold"))
    if not listed:
        out.print(empty)
        return
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim")
    for heading in headings:
        table.add_column(heading)
    for row in listed:
        table.add_row(*row)
    out.print(table)


def run_calendar(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the open duties of a team, or of some of its workers, as an iCalendar file."""
    with office(settings) as desk:
        with desk.store.write() as connection:
            team = the_team(connection, arguments.team)
            found = [case for case in intake.all_of_team(connection, team.id) if not case.closed]
            chosen = [case for case in found if not arguments.worker or case.worker in arguments.worker]
            refs = dict.fromkeys(case.ref for case in chosen)
            intake.note_each(connection, desk.who, "read case", desk.now, dict.fromkeys(refs, "calendar"))
            audit.note(connection, desk.who, "calendar", desk.now, detail=f"{team.channel}: {len(chosen)} cases")
        files = [file_of(desk, case) for case in chosen]
        write_whole(arguments.out, calendar_of(files, team.name, team.channel, desk.now))
    blocked = sum(len(file.blocked) for file in files)
    print(say.calendar_written(str(arguments.out), sum(len(file.due) for file in files), blocked))
    return 0


def run_what_if(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show the duties that would change if something had happened, or on another day; nothing is recorded."""
    with office(settings, arguments.on) as desk:
        with desk.store.write() as connection:
            case, _ = the_case(connection, arguments.case, arguments.team)
            audit.note(connection, desk.who, "read case", desk.now, case.ref, "what if")
        words = Vocabulary(desk.book, case.council)
        changes = [read_change(text, words) for text in arguments.what_if]
        try:
            after = changed(case, changes, words, desk.today)
            day = as_of(changes, words, desk.today)
            found = differences(case, after, desk, day)
        except (NothingToMove, BeyondHorizon) as fault:
            raise UsageError(str(fault)) from fault
    sentences = [told_change(change, words, case, desk.today) for change in changes]
    if arguments.json:
        print(json.dumps(_told_differences(case.ref, day, sentences, found), ensure_ascii=False))
        return 0
    out = console()
    out.print(Text(say.what_if_heading(case.ref, sentences, day), "bold"))
    rows = [
        (one.title, _stands(one.before, day, desk.calendar), _stands(one.after, day, desk.calendar)) for one in found
    ]
    _table(out, "", (say.DUTY, say.BEFORE, say.AFTER), rows, say.NOTHING_CHANGES)
    return 0


def read_change(text: str, words: Vocabulary) -> Change:
    """Return a change written EVENT=DATE (added, or what is booked moved), or EVENT=OLD..NEW (moved).

    Raises:
        UsageError: it is not written so, or there is no such event.
    """
    match = _WHAT_IF.fullmatch(text.strip())
    if match is None:
        raise UsageError(say.write_change(text))
    event = words.event(match["event"])
    if event is None:
        raise UsageError(say.no_event(match["event"], words.near(match["event"])))
    return Change(event, read_start(match["new"]), date.fromisoformat(match["old"]) if match["old"] else None)


def _stands(one: Obligation | None, day: date, calendar: Calendar) -> Text:
    if one is None:
        return Text(say.gone())
    when = say.when(one.due.on, one.due.at) if one.due else ""
    status = status_words(one, day, calendar) if one.status.open else say.closed_status(one.status.value, one.done_on)
    return Text(" · ".join(part for part in (when, status) if part))


def _told_differences(ref: str, day: date, sentences: list[str], found: list[Difference]) -> dict[str, object]:
    return {
        "ref": ref,
        "on": iso(day),
        "if": sentences,
        "changes": [
            {
                "rule": one.rule,
                "title": one.title,
                "before": told_duty(one.before) if one.before else None,
                "after": told_duty(one.after) if one.after else None,
            }
            for one in found
        ],
    }
