"""The options of every command about cases, apart from what the commands do."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.settings import Settings

Adder = Callable[..., argparse.ArgumentParser]
Run = Callable[[argparse.Namespace, Settings], int]


def add_commands(commands: Any, parser_class: type[argparse.ArgumentParser]) -> None:  # noqa: ANN401  # argparse's own
    """Add `cases`, `case`, `calendar` and `path`."""
    _cases(commands, parser_class)
    _case(commands.add_parser)
    _calendar(commands.add_parser)
    _path(commands.add_parser)


def _later(module: str, name: str) -> Run:
    """Return a command that is loaded when it is run: a question must not wait for a spreadsheet library."""

    def run(arguments: argparse.Namespace, settings: Settings) -> int:
        found: Run = getattr(importlib.import_module(f"bot.commands.{module}"), name)
        return found(arguments, settings)

    return run


def _cases(commands: Any, parser_class: type[argparse.ArgumentParser]) -> None:  # noqa: ANN401
    noun = commands.add_parser("cases", help="a team's cases in and out of files")
    verbs = noun.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=parser_class)
    taken = verbs.add_parser("import", help="take events in from a spreadsheet or an export")
    taken.add_argument("file", type=Path, help=".csv, .xlsx or .jsonl")
    _team(taken)
    taken.add_argument("--mapping", type=Path, metavar="MAP.yaml", help="how another system's columns are read")
    taken.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
    taken.add_argument("--skip-bad", action="store_true", help="take the good rows where others are wrong")
    taken.add_argument("--json", action="store_true")
    taken.set_defaults(run=_later("cases", "run_import"))
    given = verbs.add_parser("export", help="write them so that import takes them again")
    _team(given)
    given.add_argument("--format", choices=("csv", "jsonl", "xlsx"), help="default: as --out is named, else csv")
    given.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    given.set_defaults(run=_later("cases", "run_export"))


def _case(add: Adder) -> None:
    one = add("case", help="a case's time line: what happened, what is due, what was late")
    one.add_argument("ref", help="the team's reference, e.g. YK-0417")
    _team(one)
    one.add_argument("--on", metavar="DATE", help="the day to look from (default: today)")
    one.add_argument("--picture", type=Path, metavar="FILE", help="draw it as well: .svg or .png")
    one.add_argument("--json", action="store_true", help="everything, the working included")
    one.set_defaults(run=_later("case", "run"))


def _calendar(add: Adder) -> None:
    one = add("calendar", help="open duties as a calendar file (.ics)")
    _team(one)
    one.add_argument("--worker", action="append", metavar="U…", help="only this Slack member's cases; may be repeated")
    one.add_argument("--out", type=Path, required=True, metavar="FILE.ics")
    one.set_defaults(run=_later("case", "run_calendar"))


def _path(add: Adder) -> None:
    one = add("path", help="a child's whole path from one date, each duty on its last day")
    one.add_argument(
        "--from", dest="start", action="append", required=True, metavar="EVENT=DATE", help="may be repeated"
    )
    one.add_argument("--council", help="whose standards (default: SIGNPOST_COUNCIL)")
    one.add_argument("--months", type=int, default=12, help="how far to go (default 12)")
    one.add_argument("--picture", type=Path, metavar="FILE", help="draw it as well: .svg or .png")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_later("path", "run"))


def _team(one: argparse.ArgumentParser) -> None:
    one.add_argument("--team", metavar="CHANNEL_OR_NAME", help="needed where several teams are set up")


def add_due_options(one: argparse.ArgumentParser) -> None:
    """Add to `due`: --explain, and --case with --what-if."""
    one.add_argument("--explain", action="store_true", help="with what starts, meets and ends the rule")
    one.add_argument("--case", metavar="REF", help="instead of a rule: what would change on this case")
    one.add_argument(
        "--what-if",
        action="append",
        metavar="EVENT=DATE",
        help="with --case; EVENT=OLD..NEW moves; may be repeated",
    )
    _team(one)
    one.add_argument("--on", metavar="DATE", help="with --case: the day to look from (default: today)")
