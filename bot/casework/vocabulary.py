"""The words of the rules as a file may use them: which event is meant, which are near, and which can be booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from bot.casework.rows import folded
from rules import Before, RuleBook


@dataclass(frozen=True)
class Vocabulary:
    """The events of a rule book as one council's rules use them.

    >>> words = Vocabulary(RuleBook.load(), "york")
    >>> words.event("icpc_held"), words.event("Core group"), words.event("core grp held")
    ('icpc_held', 'core_group_held', None)
    >>> words.near("core grp held")[0]
    'core_group_held'
    >>> "icpc_held" in words.booked, "cp_visit_held" in words.booked
    (True, False)
    """

    book: RuleBook = field(repr=False)
    council: str

    @cached_property
    def booked(self) -> frozenset[str]:
        """Events that may lie ahead: those that some duty is counted back from."""
        rules = (rule for rule in self.book.of(self.council) if isinstance(rule.newest.limit, Before))
        return frozenset(event for rule in rules for event in rule.starts)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        titles = {folded(word.title): name for name, word in self.book.events.items()}
        return titles | {folded(name): name for name in self.book.events}

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        """Every way of naming an event, to look for near ones in."""
        words = {folded(said): name for name, word in self.book.events.items() for said in word.words}
        return words | {name.replace("_", " "): name for name in self.book.events} | dict(self._names)

    def event(self, word: str) -> str | None:
        """Return the event that is named by its own name or its title, or None."""
        return self._names.get(folded(word))

    def near(self, word: str, most: int = 3) -> list[str]:
        """Return the names of the nearest events, nearest first; none where nothing is near."""
        asked = folded(word).replace("_", " ")
        found = process.extract(asked, [*self._spellings], scorer=fuzz.WRatio, limit=8, score_cutoff=70)
        return list(dict.fromkeys(self._spellings[match[0]] for match in found))[:most]

    def title(self, event: str) -> str:
        """Return how an event is called; its plain name where the rules no longer know it."""
        return self.book.events[event].title if event in self.book.events else event.replace("_", " ")
