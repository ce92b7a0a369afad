"""A rule as data: frozen models, unknown keys refused, no arithmetic.

>>> rule = Rule.model_validate(EXAMPLE)
>>> rule.amount, rule.unit, rule.direction, rule.starts, rule.council
(10, 'working_days', 'after', ('icpc_held',), 'york')
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, StringConstraints, model_validator

from rules.errors import NotInForce
from rules.fields import Day, Frozen, Id, Line, Name, Names, Plain, Text, some
from rules.limit import AtAge, Direction, Limit, Span, Unit, Unnumbered

EXAMPLE: dict[str, Any] = {
    "id": "york.core-group.first",
    "title": "First core group",
    "topic": "core group",
    "level": "local",
    "subject": "child",
    "who": "core group",
    "starts": "icpc_held",
    "done_by": "core_group_held",
    "ends_by": ["cp_plan_ended"],
    "versions": [
        {
            "in_force": None,
            "checked": "2026-11-24",
            "limit": {"within": 10, "unit": "working_days"},
            "counts_start_day": False,
            "source": {"document": "york", "section": "Standard 4", "lines": [550, 553]},
        }
    ],
    "asks": ["when is the first core group"],
}
"""The smallest useful rule, for examples and tests."""


class Source(Frozen):
    """Where a limit stands: in a council's document, or in law and national guidance.

    In a document: 1-based inclusive `lines` of its text as held; `sketch` ties it to the words. In law: `law` names the
    instrument and `section` its provision; `evidence` says whether the provision itself was read, or a `page` that
    states it.

    >>> Source(document="york", section="Standard 4", lines=(430, 430)).in_words
    'Standard 4, line 430'
    """

    document: Name
    section: Text
    lines: tuple[Line, Line] | None = None
    sketch: str | None = None
    law: Text | None = None
    evidence: Literal["provision", "page"] | None = None
    page: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Source:
        if self.lines and self.lines[0] > self.lines[1]:
            raise ValueError(f"lines {self.lines[0]} to {self.lines[1]} run backwards")
        legal = (self.law, self.evidence, self.page)
        if not (any(legal) if self.lines is None else not any(legal)) or (self.lines is None and not all(legal)):
            raise ValueError("give either the document's lines, or law, evidence and page")
        return self

    @property
    def place(self) -> str:
        """What is named of it in passing: "lines 550–553", or the provision."""
        if self.lines is None:
            return self.section
        first, last = self.lines
        return f"line {first}" if first == last else f"lines {first}–{last}"

    @property
    def in_words(self) -> str:
        """The whole of it: section and lines, or provision and law, and whether that was read."""
        if self.lines is not None:
            return f"{self.section}, {self.place}"
        unread = "" if self.evidence == "provision" else "; stated on a page that was read, not read in the law itself"
        return f"{self.section} ({self.law}{unread})"


class Version(Frozen):
    """What the rule says from `in_force` on (null: throughout), and when a person last held it against the source.

    >>> Rule.model_validate(EXAMPLE).newest.limit.in_words
    'within 10 working days'
    """

    in_force: Day | None
    checked: Day
    limit: Limit
    counts_start_day: StrictBool
    wording: Text | None = None
    source: Source

    @model_validator(mode="after")
    def _fits(self) -> Version:
        if isinstance(self.limit, Unnumbered) and not self.wording:
            raise ValueError("a limit without a number needs the text's own time word in `wording`")
        if self.counts_start_day and (isinstance(self.limit, AtAge | Unnumbered) or self.limit.unit == "hours"):
            raise ValueError("counts_start_day can be true only for a number of days, weeks, months or years")
        return self


class Unclear(Frozen):
    """What the text leaves open and why; `other` is the other reading, where it is a number.

    >>> other = {"within": 5, "unit": "working_days"}
    >>> Unclear.model_validate({"what": "unit", "why": "The line says only days.", "other": other}).other.in_words
    'within 5 working days'
    """

    what: Literal["unit", "start", "amount", "direction", "scope", "wording"]
    why: Text
    other: Limit | None = None


class Window(Frozen):
    """When a phase runs: from (inclusive) to until (exclusive), each so long after the event `of`.

    >>> Window.model_validate({"of": "placement_started", "until": {"years": 1}}).until.in_words
    '1 year'
    """

    of: Name
    from_: Annotated[Span | None, Field(alias="from")] = None
    until: Span | None = None


class Rule(Frozen):
    """One timescale of one document: whose clock, what starts, meets and ends it, and the limit by versions.

    `starts`: the latest recorded one starts the clock. `subject` is whose clock it is. `met_before`: what meets it may
    come before its start. `restates` names the rule whose number this place repeats; `disagrees_with` those that set
    the same duty another; `shortens` a national rule; `sooner_of` the duty's other clocks, "whichever is sooner".

    >>> Rule.model_validate(EXAMPLE | {"starts": ["icpc_held", "rcpc_held"]}).starts
    ('icpc_held', 'rcpc_held')
    """

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
    topic: Text
    level: Literal["statute", "statutory-guidance", "local"]
    subject: Literal["child", "worker", "service"]
    who: Text | None
    starts: Annotated[Names, BeforeValidator(some)]
    done_by: Names
    ends_by: Names = ()
    requires: Names = ()
    applies_when: Mapping[Name, Plain] = Field(default_factory=dict)
    window: Window | None = None
    met_before: StrictBool = False
    versions: Annotated[tuple[Version, ...], BeforeValidator(some)]
    unclear: tuple[Unclear, ...] = ()
    disagrees_with: tuple[Id, ...] = ()
    sooner_of: tuple[Id, ...] = ()
    restates: Id | None = None
    shortens: Id | None = None
    asks: tuple[Text, ...]

    def __hash__(self) -> int:
        return hash(self.id)

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        for newer, older in zip(self.versions, self.versions[1:], strict=False):
            if newer.in_force is None or (older.in_force is not None and older.in_force >= newer.in_force):
                raise ValueError("versions must run from newest to oldest, each with its own in_force day")
        if any(isinstance(version.limit, AtAge) for version in self.versions) and len(self.starts) != 1:
            raise ValueError("an age limit takes one start, the date of birth")
        if self.id in (*self.disagrees_with, *self.sooner_of, self.restates, self.shortens):
            raise ValueError("names itself in disagrees_with, sooner_of, restates or shortens")
        return self

    @property
    def council(self) -> str:
        """Whose document it is from: the first part of the id, e.g. york; england for the national rules."""
        return self.id.split(".", 1)[0]

    @property
    def newest(self) -> Version:
        """The version in force last."""
        return self.versions[0]

    @property
    def amount(self) -> float | None:
        """The newest limit's number; 15 years 9 months are 15.75; None where there is no number."""
        return self.newest.limit.amount

    @property
    def unit(self) -> Unit | None:
        """The newest limit's unit, or None."""
        return self.newest.limit.unit

    @property
    def direction(self) -> Direction:
        """after, by_day, before, every, at_age, duration or none."""
        return self.newest.limit.direction

    @property
    def recurring(self) -> bool:
        """Whether it comes again and again."""
        return self.newest.limit.recurring

    @property
    def firm(self) -> bool:
        """Whether the text itself fixes the unit and the start; the number of a rule that is not firm is a reading."""
        return not any(one.what in ("unit", "start") for one in self.unclear)

    def on(self, day: date) -> Version:
        """Return the version in force on *day*.

        Raises:
            NotInForce: *day* is before the first version.

        >>> Rule.model_validate(EXAMPLE).on(date(2026, 4, 2)).limit.in_words
        'within 10 working days'
        """
        for version in self.versions:
            if version.in_force is None or version.in_force <= day:
                return version
        first = self.versions[-1].in_force
        assert first is not None
        raise NotInForce(self.id, day, first)

    def summary(self) -> dict[str, Any]:
        """Return the rule as plain data for a list: numbers, names and the newest version's source.

        >>> Rule.model_validate(EXAMPLE).summary()["lines"]
        [550, 553]
        """
        version = self.newest
        return {
            "id": self.id,
            "council": self.council,
            "title": self.title,
            "topic": self.topic,
            "level": self.level,
            "subject": self.subject,
            "who": self.who,
            "amount": self.amount,
            "unit": self.unit,
            "direction": self.direction,
            "recurring": self.recurring,
            "times": getattr(version.limit, "times", 1),
            "starts": list(self.starts),
            "done_by": list(self.done_by),
            "ends_by": list(self.ends_by),
            "wording": version.wording,
            "counts_start_day": version.counts_start_day,
            "in_force": version.in_force.isoformat() if version.in_force else None,
            "checked": version.checked.isoformat(),
            "document": version.source.document,
            "section": version.source.section,
            "lines": list(version.source.lines) if version.source.lines else None,
            "law": version.source.law,
            "evidence": version.source.evidence,
            "unclear": [one.why for one in self.unclear],
            "firm": self.firm,
            "disagrees_with": list(self.disagrees_with),
            "sooner_of": list(self.sooner_of),
            "restates": self.restates,
            "shortens": self.shortens,
        }


class EventWord(Frozen):
    """How an event is named: `title` in the working, `question` where it is missing, `words` as people write it.

    `dated_by` are wider events that people name instead when they give its day: a review that changed the plan is dated
    by "the review was on the 3rd".

    >>> EventWord(title="initial conference", question="When was the conference held?", words=("icpc",)).words
    ('icpc',)
    """

    title: Text
    question: Text
    words: tuple[Text, ...] = ()
    dated_by: Names = ()


class FactWord(Frozen):
    """How a fact is asked for, and the values it may have.

    >>> FactWord(title="looked after", question="Is the child looked after?", values=(True, False)).values
    (True, False)
    """

    title: Text
    question: Text
    values: Annotated[tuple[Plain, ...], BeforeValidator(some)]
