"""What can go wrong with rules and dates.

RulesError                  base: catch this one
├── MissingFact             a date (or a time of day, or a fact) is needed: ask for it, never guess
├── NotInForce              no version of the rule covers the start
├── BeyondHorizon           the count passes the last published bank holiday
├── NoNumber                the document gives no number, only a word
├── UnknownRule             no rule of that id
└── BadRuleFile             rule files are wrong; `problems` lists every fault

>>> raise_me = NoNumber("york.x", "promptly")
>>> str(raise_me)
'york.x has no number, only “promptly”, so there is no date to compute.'
"""

from __future__ import annotations

from collections.abc import Sequence


class RulesError(Exception):
    """Any fault of a rule or a count; its text is one sentence."""


class MissingFact(RulesError):
    """A fact is missing. `question` is what to ask a person; `needs_time` where the day is known but not the hour."""

    def __init__(self, rule_id: str, event: str, question: str, needs_time: bool = False) -> None:
        self.rule_id, self.event, self.question, self.needs_time = rule_id, event, question, needs_time
        super().__init__(f"{question} (needed by {rule_id}: {event})")


class NotInForce(RulesError):
    """The start lies before the first version."""


class BeyondHorizon(RulesError):
    """No bank holidays are published for a day that the count needs."""


class NoNumber(RulesError):
    """The rule binds by a word, without a number."""

    def __init__(self, rule_id: str, wording: str | None) -> None:
        self.rule_id, self.wording = rule_id, wording
        only = f", only “{wording}”" if wording else ""
        super().__init__(f"{rule_id} has no number{only}, so there is no date to compute.")


class UnknownRule(RulesError, KeyError):
    """There is no rule of that id."""

    def __init__(self, rule_id: str) -> None:
        self.rule_id = rule_id
        super().__init__(f"There is no rule {rule_id!r}.")

    def __str__(self) -> str:
        """Return the sentence, without KeyError's quotes."""
        return f"There is no rule {self.rule_id!r}."


class BadRuleFile(RulesError):
    """One or more rule files are wrong; each problem is ``file: rule: field: what``."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))
