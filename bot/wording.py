"""A limit in words, from a rule's own data. Pure; no sentence here is stored anywhere else."""

from __future__ import annotations

from rules import Rule, RuleBook
from rules.folder import NATIONAL

_UNIT = {
    "working_days": "working day",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "hours": "hour",
}


def amount_words(amount: float, unit: str) -> str:
    """Return an amount and its unit.

    >>> amount_words(10, "working_days"), amount_words(1, "weeks"), amount_words(15.75, "years")
    ('10 working days', '1 week', '15 years 9 months')
    """
    if unit == "years" and amount != int(amount):
        return f"{int(amount)} years {round((amount - int(amount)) * 12)} months"
    return f"{amount:g} {_UNIT[unit]}{'' if amount == 1 else 's'}"


def title_words(rule: Rule) -> str:
    """Return a rule's title for a list; a national one says so, for the council's document does not hold it.

    >>> title_words(RuleBook.load()["england.referral.acknowledged"])[-11:]
    ' (national)'
    """
    return f"{rule.title} (national)" if rule.council == NATIONAL else rule.title


def start_words(rule: Rule, book: RuleBook) -> str:
    """Return what starts the clock: "initial child protection conference", or two joined by "or"."""
    return " or ".join(book.events[event].title for event in rule.starts[:2])


def limit_words(rule: Rule, book: RuleBook) -> str:
    """Return a rule's newest limit in words, e.g. "within 10 working days of: initial child protection conference"."""
    limit = rule.versions[0].limit
    if rule.amount is None or rule.unit is None:
        wording = rule.versions[0].wording
        return f"no number is given (“{wording}”)" if wording else "no number is given"
    much = amount_words(rule.amount, rule.unit)
    after = start_words(rule, book)
    times = getattr(limit, "times", 1) or 1
    return {
        "after": f"within {much} ({after})",
        "by_day": f"by {rule.unit.replace('_', ' ').removesuffix('s')} {rule.amount:g} ({after})",
        "before": f"at least {much} before ({after})",
        "every": f"{'at least' if times == 1 else f'{times} times'} every {much.removeprefix('1 ')}",
        "at_age": f"at age {much}",
        "duration": f"more than {much} ({after})",
    }[rule.direction]


def rule_sentence(rule: Rule, book: RuleBook) -> str:
    """Return a rule as a sentence to be found by: its title and its limit."""
    return f"{rule.title}: {limit_words(rule, book)}."
