"""`signpost due`: one date from a rule and a start."""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime

from bot.answers.dates import LONDON, long_date
from bot.messages import timelines as say
from bot.settings import Settings
from bot.usage import UsageError
from rules import RuleBook, RulesError, england


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print when it is due, with the working; or, with --case, what a change would do to a case."""
    if arguments.case:
        if arguments.rule or arguments.start or not arguments.what_if:
            raise UsageError(say.case_or_rule())
        from bot.commands.case import run_what_if  # the database is only needed here

        return run_what_if(arguments, settings)
    if not (arguments.rule and arguments.start) or arguments.what_if:
        raise UsageError(say.rule_and_start())
    book = RuleBook.load()
    if arguments.rule not in book:
        raise UsageError(f"there is no rule {arguments.rule!r}; see `signpost rules list`.")
    if arguments.n < 1:
        raise UsageError("--n takes a whole number from 1.")
    rule = book[arguments.rule]
    if not rule.starts:
        raise UsageError(f"{rule.id} has no start; it cannot be computed.")
    start = read_start(arguments.start)
    try:
        due = book.due(rule.id, {rule.starts[0]: start}, england(), arguments.n)
    except RulesError as fault:
        raise UsageError(str(fault)) from fault
    from bot.casework.explain import explained, told_rule  # not for a question's start

    if arguments.json:
        print(
            json.dumps(
                {
                    "rule": rule.id,
                    "due": {
                        "on": due.on.isoformat(),
                        "at": due.at.isoformat() if due.at else None,
                        "falls_on_closed_day": due.falls_on_closed_day,
                        "working": list(due.working),
                    },
                    **(told_rule(rule, due) if arguments.explain else {}),
                },
                ensure_ascii=False,
            )
        )
    else:
        print(f"{long_date(due.on)}{f' at {due.at:%H:%M}' if due.at else ''}: {rule.title}")
        print("\n".join(due.working))
        for heading, lines in explained(rule, due, book) if arguments.explain else ():
            print("\n".join([f"\n{heading}:", *(f"  {line}" for line in lines)]))
    return 0


def read_start(text: str) -> date | datetime:
    """Return the start: a date, or a moment in Europe/London where a time is given.

    Raises:
        UsageError: not such a date.

    >>> read_start("2026-04-02T16:30").isoformat()
    '2026-04-02T16:30:00+01:00'
    """
    try:
        if "T" in text:
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
        return date.fromisoformat(text)
    except ValueError as fault:
        raise UsageError(f"{text!r} is not a date; write 2026-04-02 or 2026-04-02T16:30.") from fault
