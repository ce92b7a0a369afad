"""`signpost rules …`: the register, and what it must pass."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from bot import side_by_side
from bot.answers.dates import LONDON
from bot.settings import Settings
from bot.usage import UsageError
from bot.wording import limit_words
from corpus import Library, NotDuty, load_original, time_expressions
from rules import BadRuleFile, Rule, RuleBook, changes, check_book


def run_list(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print every rule, of one council where asked."""
    book = RuleBook.load()
    council = arguments.council.lower() if arguments.council else None
    rules = [rule for rule in book if council in (None, rule.council)]
    if not rules:
        raise UsageError(f"no rules of {arguments.council!r} are loaded.")
    if arguments.json:
        print(json.dumps([rule.summary() for rule in rules], ensure_ascii=False))
    else:
        for rule in rules:
            print(f"{rule.id}: {rule.title}: {limit_words(rule, book)}")
    return 0


def unregistered(rules: Sequence[Rule], not_duties: Sequence[NotDuty], lines: Sequence[str]) -> list[str]:
    """Return a line for each time expression of a document that no rule cites and no exception names."""
    spans = [version.source.lines for rule in rules for version in rule.versions if version.source.lines]
    spans += [one.lines for one in not_duties]
    known = {line for first, last in spans for line in range(first, last + 1)}
    return [
        f"line {one.lines[0]}: “{one.words}” is in no rule and not listed as no duty"
        for one in time_expressions(lines)
        if not known & set(range(one.lines[0], one.lines[1] + 1))
    ]


def run_log(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the changes of rules by date, newest first."""
    try:
        since = date.fromisoformat(arguments.since) if arguments.since else None
    except ValueError as fault:
        raise UsageError(f"{arguments.since!r} is not a date; write it as 2020-04-24.") from fault
    book = RuleBook.load()
    council = arguments.council.lower() if arguments.council else None
    found = changes((rule for rule in book if council in (None, rule.council)), since)
    if arguments.json:
        rows = [asdict(one) | {"on": one.on.isoformat()} for one in found]
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for one in found:
            print(one.in_words)
    return 0


def run_table(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the page of all loaded councils' timescales side by side, in Markdown."""
    library = Library.load()
    councils = {council: library.digest(council).manifest.name for council in library.councils}
    print(side_by_side.markdown(councils, RuleBook.load()), end="")
    return 0


def run_check(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print every fault of the rule book, held against the originals that are read in; exit 1 if there is any."""
    try:
        book = RuleBook.load()
    except BadRuleFile as fault:
        problems: list[str] = list(fault.problems)
        warnings: list[str] = []
    else:
        library, originals = Library.load(), {}
        for council in library.councils:
            original = load_original(council, settings.data)
            if original and original.sha256 == library.digest(council).manifest.sha256:
                originals[council] = original.lines
        problems, warnings = check_book(book, originals, datetime.now(LONDON).date())
        for council, lines in originals.items():
            problems += unregistered(book.of(council), library.digest(council).not_duties, lines)
    if arguments.json:
        print(json.dumps({"problems": problems, "warnings": warnings}, ensure_ascii=False))
    else:
        for line in (*problems, *(f"warning: {warning}" for warning in warnings)):
            print(line)
        print(f"rules: {len(problems)} problems, {len(warnings)} warnings")
    return 1 if problems else 0
