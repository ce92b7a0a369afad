"""Changes of rules by date, as people read them: what each version put in place of the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rules.limit import Unnumbered
from rules.rule import Rule, Version


@dataclass(frozen=True)
class Change:
    """One version of a rule: from `on` it says `now` instead of `before` (None: it began), as `source` has it.

    >>> Change(date(2015, 4, 1), "england.a.b", "Visit", "every 6 months", None, "SI 2015/495").in_words
    '1 April 2015: Visit: every 6 months (SI 2015/495); new'
    """

    on: date
    rule_id: str
    title: str
    now: str
    before: str | None
    source: str

    @property
    def in_words(self) -> str:
        """The change in one line."""
        was = f"before: {self.before}" if self.before else "new"
        return f"{self.on.day} {self.on:%B %Y}: {self.title}: {self.now} ({self.source}); {was}"


def changes(rules: Iterable[Rule], since: date | None = None) -> list[Change]:
    """Return the dated versions of *rules*, newest first; those from *since* on where it is given.

    A version without a date has been there throughout as far as is known, and is no change.

    >>> from rules.rule import EXAMPLE
    >>> changes([Rule.model_validate(EXAMPLE)])
    []
    """
    found = [
        Change(
            version.in_force,
            rule.id,
            rule.title,
            _says(version),
            _says(older) if older else None,
            version.source.place,
        )
        for rule in rules
        for version, older in zip(rule.versions, (*rule.versions[1:], None), strict=True)
        if version.in_force and (since is None or version.in_force >= since)
    ]
    return sorted(found, key=lambda change: (-change.on.toordinal(), change.rule_id))


def _says(version: Version) -> str:
    limit = version.limit
    return f"“{version.wording}”" if isinstance(limit, Unnumbered) else limit.in_words
