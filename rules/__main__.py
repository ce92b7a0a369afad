"""`python -m rules check [FOLDER]`: every problem of the rule files, one line each. Exit 0 sound, 1 not."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rules.book import RuleBook
from rules.check import check_book
from rules.folder import SHIPPED, read_folder


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0 sound, 1 problems, 2 bad usage.

    >>> main(["check"])
    0
    """
    parser = argparse.ArgumentParser(prog="python -m rules", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("check", help="everything a rule book must pass")
    one.add_argument(
        "folder", nargs="?", type=Path, default=SHIPPED, help="rule files (default: those shipped), or one council's"
    )
    one.add_argument(
        "--original", action="append", default=[], metavar="DOCUMENT=FILE", help="hold numbers against the text"
    )
    one.add_argument("--today", type=date.fromisoformat, help="warn of rules not checked for 13 months before this day")
    one.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args(argv)
    try:
        originals = dict(_original(given) for given in arguments.original)
    except (OSError, ValueError) as fault:
        print(f"--original: {fault}; write it as york=FILE.", file=sys.stderr)
        return 2
    root, councils = _root(arguments.folder)
    folder = read_folder(root, councils)
    found, warned = check_book(RuleBook.of_folder(folder), originals, arguments.today)
    problems = [*folder.problems, *found]
    if arguments.json:
        print(json.dumps({"rules": len(folder.rules), "problems": problems, "warnings": warned}, ensure_ascii=False))
    else:
        for line in (*problems, *(f"warning: {line}" for line in warned)):
            print(line)
        print(f"{len(folder.rules)} rules, {len(problems)} problems, {len(warned)} warnings", file=sys.stderr)
    return 1 if problems else 0


def _original(given: str) -> tuple[str, str]:
    document, _, path = given.partition("=")
    if not path:
        raise ValueError(f"{given!r} names no file")
    return document, Path(path).read_text(encoding="utf-8")


def _root(folder: Path) -> tuple[Path, list[str] | None]:
    """Return the root and the councils that *folder* means: a whole library, or one council's folder inside it."""
    folder = folder.resolve()
    if not (folder / "events").is_dir() and (folder.parent / "events").is_dir():
        return folder.parent, [folder.name]
    return folder, None


if __name__ == "__main__":
    sys.exit(main())
