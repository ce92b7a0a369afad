"""`signpost …`: the command line. Exit 0 done (a refusal too), 1 an internal fault, 2 bad usage; one line says what."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from bot.commands import case_options
from bot.settings import Settings, SettingsError
from bot.usage import UsageError


def run() -> NoReturn:
    """Be the program: run one command and leave at once.

    What was opened is closed by the command itself; taking the encoder and the index apart again, object by object,
    would keep a person waiting a fifth of a second for nothing.
    """
    try:
        status = main()
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    logging.shutdown()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # the reader had enough: `signpost rules list | head`
        status = 0
    os._exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments, Settings.from_env()))
    except (UsageError, SettingsError) as fault:
        print(f"signpost: {fault}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as fault:  # noqa: BLE001  # the outermost edge: one line, never half an answer
        print(f"signpost: {fault or type(fault).__name__}", file=sys.stderr)
        return 1


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        """Say what is wrong in one line and exit 2."""
        print(f"signpost: {message}; see `{self.prog} --help`.", file=sys.stderr)
        raise SystemExit(2)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="signpost", description="Practice standards quoted and cited, due dates with their working.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    _ask(commands)
    _due(commands)
    _rules(commands)
    _corpus(commands)
    _running(commands)
    case_options.add_commands(commands, _Parser)
    return parser


Commands = "argparse._SubParsersAction[_Parser]"


def _ask(commands: argparse._SubParsersAction[_Parser]) -> None:
    from bot.commands import ask

    one = commands.add_parser("ask", help="answer a question")
    one.add_argument("question", nargs="?", help="the question, in quotes")
    one.add_argument("--council", help="whose standards (default: SIGNPOST_COUNCIL)")
    one.add_argument("--on", metavar="DATE", help="the day it is asked on (default: today)")
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one.add_argument("--batch", type=Path, metavar="FILE", help="JSON lines of {id, q, council, on}; one answer a line")
    one.add_argument("--out", type=Path, metavar="FILE", help="where --batch writes (default: standard output)")
    one.set_defaults(run=ask.run)

    find = commands.add_parser("search", help="the ranking alone")
    find.add_argument("question")
    find.add_argument("--council")
    find.add_argument("--k", type=int, default=10, help="how many (default 10)")
    find.add_argument("--json", action="store_true")
    find.set_defaults(run=ask.run_search)


def _due(commands: argparse._SubParsersAction[_Parser]) -> None:
    from bot.commands import due

    one = commands.add_parser("due", help="compute one date from a rule and a start")
    one.add_argument("--rule", metavar="ID", help="see `signpost rules list`")
    one.add_argument("--start", metavar="DATE", help="2026-04-02, or 2026-04-02T16:30 for hour clocks")
    one.add_argument("--n", type=int, default=1, help="the how-many-th of a recurring duty (default 1)")
    one.add_argument("--json", action="store_true")
    case_options.add_due_options(one)
    one.set_defaults(run=due.run)


def _rules(commands: argparse._SubParsersAction[_Parser]) -> None:
    from bot.commands import rulebook

    noun = commands.add_parser("rules", help="the register of timescales")
    verbs = noun.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=_Parser)
    listing = verbs.add_parser("list", help="every rule")
    listing.add_argument("--council")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=rulebook.run_list)
    log = verbs.add_parser("log", help="changes of rules by date, newest first")
    log.add_argument("--council", help="york, or england for the national ones")
    log.add_argument("--since", metavar="DATE")
    log.add_argument("--json", action="store_true")
    log.set_defaults(run=rulebook.run_log)
    table = verbs.add_parser("table", help="the same duty in every council, as a page in Markdown")
    table.set_defaults(run=rulebook.run_table)
    check = verbs.add_parser("check", help="everything a rule book must pass")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=rulebook.run_check)


def _corpus(commands: argparse._SubParsersAction[_Parser]) -> None:
    from bot.commands import library

    noun = commands.add_parser("corpus", help="the councils' documents")
    verbs = noun.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=_Parser)
    add = verbs.add_parser("add", help="read a council's own document in, so that answers quote it")
    add.add_argument("council")
    add.add_argument("file", type=Path)
    add.set_defaults(run=library.run_add)
    listing = verbs.add_parser("list", help="what is loaded")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=library.run_list)
    check = verbs.add_parser("check", help="coverage of each document that is read in, and faults")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=library.run_check)
    sketch = verbs.add_parser("sketch", help="write the sketches of a digest and register from the original")
    sketch.add_argument("council")
    sketch.add_argument("file", type=Path)
    sketch.set_defaults(run=library.run_sketch)


def _running(commands: argparse._SubParsersAction[_Parser]) -> None:
    from bot.commands import running

    build = commands.add_parser("build", help="build the index")
    build.add_argument("--fresh", action="store_true", help="encode everything again, not only what changed")
    build.set_defaults(run=running.run_build)
    demo = commands.add_parser("demo", help="a local workspace with an invented team, on loopback")
    demo.add_argument("--port", type=int, default=8765)
    demo.set_defaults(run=running.run_demo)
    serve = commands.add_parser("serve", help="run in your Slack workspace (Socket Mode)")
    serve.set_defaults(run=running.run_serve)
    doctor = commands.add_parser("doctor", help="what is missing, in order, with the fix")
    doctor.set_defaults(run=running.run_doctor)
    evaluate = commands.add_parser("eval", help="measure finding and refusing on a file of questions")
    evaluate.add_argument("files", type=Path, nargs="*")
    evaluate.add_argument("--json", action="store_true")
    evaluate.add_argument(
        "--fit", action="store_true", help="fit the refusal on the files, keep it, and measure with it"
    )
    evaluate.add_argument(
        "--keep", type=Path, metavar="FILE", help="write the figures to FILE, to be held to them later"
    )
    evaluate.set_defaults(run=running.run_eval)


if __name__ == "__main__":
    run()
