"""The kinds of limit that a rule can set, and their words.

| in a rule file | means |
| --- | --- |
| `{within: 10, unit: working_days}` | by the end of the 10th working day after the start |
| `{by_day: 5, unit: days}` | "at day 5"; counted as `within` |
| `{before: 3, unit: working_days}` | at least 3 working days before the start (a booked day) |
| `{every: 6, unit: months}` | from the last one that happened; `times: 2` where two are wanted in each period |
| `{at_age: {years: 15, months: 9}}` | on the day that age is reached |
| `{lasts: 24, unit: hours}` | a duration or threshold, not a deadline |
| `{none: once}`, `{none: recurring}` | no number; the version's `wording` says what there is |
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, StrictInt, Tag, model_validator

from rules.fields import Frozen

Unit = Literal["hours", "days", "working_days", "weeks", "months", "years"]
Direction = Literal["after", "by_day", "before", "every", "at_age", "duration", "none"]
Number = Annotated[StrictInt, Field(ge=1, le=1000)]
_SMALL = Annotated[StrictInt, Field(ge=0, le=1000)]


class Span(Frozen):
    """A length of time in calendar units, added months first and once.

    >>> Span(years=15, months=9).in_words
    '15 years 9 months'
    """

    years: _SMALL = 0
    months: _SMALL = 0
    weeks: _SMALL = 0
    days: _SMALL = 0

    @model_validator(mode="after")
    def _something(self) -> Span:
        if not (self.years or self.months or self.weeks or self.days):
            raise ValueError("is empty: give years, months, weeks or days")
        return self

    @property
    def total_months(self) -> int:
        """Years and months together, in months: 15 years 9 months are 189."""
        return self.years * 12 + self.months

    @property
    def in_words(self) -> str:
        """The span in words."""
        parts = ((self.years, "years"), (self.months, "months"), (self.weeks, "weeks"), (self.days, "days"))
        return " ".join(number_and_unit(number, unit) for number, unit in parts if number)


class _Counted(Frozen):
    """A limit that is a number of units."""

    direction: ClassVar[Direction]
    key: ClassVar[str]
    recurring: ClassVar[bool] = False
    unit: Unit

    @property
    def count(self) -> int:
        """The number of units: the value of the limit's own key."""
        return int(getattr(self, self.key))

    @property
    def amount(self) -> float:
        """The number of units."""
        return self.count


class Within(_Counted):
    """So many units after the start.

    >>> Within(within=10, unit="working_days").in_words
    'within 10 working days'
    """

    direction = "after"
    key = "within"
    within: Number

    @property
    def in_words(self) -> str:
        """The limit in words."""
        return f"within {number_and_unit(self.within, self.unit)}"


class ByDay(_Counted):
    """At a numbered day, week … after the start.

    >>> ByDay(by_day=5, unit="working_days").in_words
    'by working day 5'
    """

    direction = "by_day"
    key = "by_day"
    by_day: Number

    @property
    def in_words(self) -> str:
        """The limit in words."""
        return f"by {self.unit.removesuffix('s').replace('_', ' ')} {self.by_day}"


class Before(_Counted):
    """So many units before the start, which is a planned day.

    >>> Before(before=3, unit="working_days").in_words
    'at least 3 working days before'
    """

    direction = "before"
    key = "before"
    before: Number

    @property
    def in_words(self) -> str:
        """The limit in words."""
        return f"at least {number_and_unit(self.before, self.unit)} before"


class Every(_Counted):
    """Again and again, so many units after the last one; `times` in each such period.

    >>> Every(every=1, unit="years", times=2).in_words
    '2 times every year'
    """

    direction = "every"
    key = "every"
    recurring = True
    every: Number
    times: Annotated[StrictInt, Field(ge=1, le=100)] = 1

    @property
    def in_words(self) -> str:
        """The limit in words."""
        unit = self.unit.replace("_", " ")
        each = f"every {self.every} {unit}" if self.every > 1 else f"every {unit.removesuffix('s')}"
        return each if self.times == 1 else f"{self.times} times {each}"


class AtAge(Frozen):
    """On the day an age is reached; the clock starts at birth.

    >>> AtAge(at_age=Span(years=15, months=9)).amount
    15.75
    """

    direction: ClassVar[Direction] = "at_age"
    recurring: ClassVar[bool] = False
    at_age: Span

    @property
    def unit(self) -> Unit:
        """Always years."""
        return "years"

    @property
    def amount(self) -> float:
        """The age in years: 15 years 9 months are 15.75."""
        return self.at_age.total_months / 12

    @property
    def in_words(self) -> str:
        """The limit in words."""
        return f"at the age of {self.at_age.in_words}"

    @model_validator(mode="after")
    def _years_and_months(self) -> AtAge:
        if self.at_age.weeks or self.at_age.days:
            raise ValueError("takes years and months only")
        return self


class Lasts(_Counted):
    """A duration or a threshold that is not a deadline.

    >>> Lasts(lasts=24, unit="hours").in_words
    '24 hours'
    """

    direction = "duration"
    key = "lasts"
    lasts: Number

    @property
    def in_words(self) -> str:
        """The limit in words."""
        return number_and_unit(self.lasts, self.unit)


class Unnumbered(Frozen):
    """No number: once, or again and again; the version's `wording` says what the text has instead.

    >>> Unnumbered(none="recurring").amount is None
    True
    """

    direction: ClassVar[Direction] = "none"
    none: Literal["once", "recurring"]

    @property
    def recurring(self) -> bool:
        """Whether it comes again and again."""
        return self.none == "recurring"

    @property
    def unit(self) -> None:
        """There is none."""

    @property
    def amount(self) -> None:
        """There is none."""

    @property
    def in_words(self) -> str:
        """The limit in words."""
        return "no number given"


def number_and_unit(number: float, unit: str) -> str:
    """Return a number with its unit, singular for one.

    >>> number_and_unit(1, "working_days"), number_and_unit(6, "weeks")
    ('1 working day', '6 weeks')
    """
    words = unit.replace("_", " ")
    return f"{number} {words.removesuffix('s') if number == 1 else words}"


KINDS = ("within", "by_day", "before", "every", "at_age", "lasts", "none")


def _kind(value: Any) -> str | None:  # noqa: ANN401  # whatever stands in the file
    named = (
        [kind for kind in KINDS if kind in value]
        if isinstance(value, dict)
        else [kind for kind in KINDS if hasattr(value, kind)]
    )
    return named[0] if len(named) == 1 else None


Limit = Annotated[
    Annotated[Within, Tag("within")]
    | Annotated[ByDay, Tag("by_day")]
    | Annotated[Before, Tag("before")]
    | Annotated[Every, Tag("every")]
    | Annotated[AtAge, Tag("at_age")]
    | Annotated[Lasts, Tag("lasts")]
    | Annotated[Unnumbered, Tag("none")],
    Discriminator(
        _kind,
        custom_error_type="limit_kind",
        custom_error_message="must hold exactly one of within, by_day, before, every, at_age, lasts, none",
    ),
]
