"""`signpost rules …`: the register, and what it must pass."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from bot.answers.dates import LONDON
from bot.settings import Settings
from bot.usage import UsageError
from bot.wording import limit_words
from corpus import Library, load_original
from rules import BadRuleFile, RuleBook, check_book


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


def run_check(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print every fault of the rule book, held against the originals that are read in; exit 1 if there is any."""
    try:
        book = RuleBook.load()
    except BadRuleFile as fault:
        problems: list[str] = list(fault.problems)
        warnings: list[str] = []
    else:
        originals = {}
        for council in Library.load().councils:
            original = load_original(council, settings.data)
            if original:
                originals[council] = original.lines
        problems, warnings = check_book(book, originals, datetime.now(LONDON).date())
    if arguments.json:
        print(json.dumps({"problems": problems, "warnings": warnings}, ensure_ascii=False))
    else:
        for line in (*problems, *(f"warning: {warning}" for warning in warnings)):
            print(line)
        print(f"rules: {len(problems)} problems, {len(warnings)} warnings")
    return 1 if problems else 0
