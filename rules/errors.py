"""What can go wrong with a rule or a count.

RulesError                    base: catch this one
├── MissingFact               a date (or its time of day) or a fact is not known: `question` is what to ask
├── NotInForce                no version of the rule covers the day
├── BeyondHorizon             the count leaves the years whose bank holidays are known
├── NoNumber                  the text gives no number, only `wording`
└── BadRuleFile               files are wrong; `problems` lists every fault, one line each

Nothing is guessed: where one of these is raised, there is no date.

>>> try:
...     raise NoNumber("york.cin.meeting-more-often", "as needed")
... except RulesError as refusal:
...     print(refusal)
york.cin.meeting-more-often gives no number, only “as needed”, so there is no date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class RulesError(Exception):
    """Any refusal of the rules package; its text says what is wrong or wanting.

    >>> all(issubclass(one, RulesError) for one in (MissingFact, NotInForce, BeyondHorizon, NoNumber, BadRuleFile))
    True
    """


class MissingFact(RulesError):
    """A fact that the rule needs is not known; `question` asks a person for it.

    `event` names the event or fact; `needs_time` is true where the day is known but an hour clock needs its time too.

    >>> print(MissingFact("york.core-group.first", "icpc_held", "When was the conference held?"))
    When was the conference held?
    """

    def __init__(self, rule_id: str, event: str, question: str, needs_time: bool = False) -> None:
        self.rule_id = rule_id
        self.event = event
        self.question = question
        self.needs_time = needs_time
        super().__init__(question)


class NotInForce(RulesError):
    """No version of the rule was in force on that day.

    >>> print(NotInForce("york.a.b", date(2019, 12, 31), date(2020, 1, 1)))
    york.a.b was not in force on 31 December 2019: its first version begins on 1 January 2020, so there is no date.
    """

    def __init__(self, rule_id: str, day: date, since: date) -> None:
        self.rule_id = rule_id
        self.day = day
        self.since = since
        super().__init__(
            f"{rule_id} was not in force on {_said(day)}: its first version begins on {_said(since)},"
            " so there is no date."
        )


class BeyondHorizon(RulesError):
    """The count leaves the span whose bank holidays are published, so the day cannot be known.

    >>> print(BeyondHorizon("England and Wales", date(2012, 1, 1), date(2028, 12, 31)))
    Bank holidays of England and Wales are known from 1 January 2012 to 31 December 2028; past them there is no date.
    """

    def __init__(self, calendar: str, known_from: date, known_to: date) -> None:
        self.calendar = calendar
        self.known_from = known_from
        self.known_to = known_to
        super().__init__(
            f"Bank holidays of {calendar} are known from {_said(known_from)} to {_said(known_to)};"
            " past them there is no date."
        )


class NoNumber(RulesError):
    """The text gives no number: `wording` is all that it says.

    >>> NoNumber("york.a.b", "promptly").wording
    'promptly'
    """

    def __init__(self, rule_id: str, wording: str) -> None:
        self.rule_id = rule_id
        self.wording = wording
        super().__init__(f"{rule_id} gives no number, only “{wording}”, so there is no date.")


class BadRuleFile(RulesError):
    """One or more rule files are wrong; each problem reads `file: rule: field: what is wrong`.

    >>> BadRuleFile(["york/plans.yaml: york.a.b: title: missing"]).problems
    ('york/plans.yaml: york.a.b: title: missing',)
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))
