"""The rule book: every rule loaded, found by id or council, and the dates that places which disagree give together.

>>> book = RuleBook.load()
>>> "york.core-group.first" in book
True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter

from rules import working
from rules.calendar import Calendar
from rules.due import Due, Facts, Reading, due
from rules.errors import BadRuleFile, BeyondHorizon, MissingFact, NoNumber, NotInForce, RulesError
from rules.fields import Frozen
from rules.folder import SHIPPED, Folder, read_folder
from rules.limit import Unnumbered
from rules.rule import EventWord, FactWord, Rule


class _Snapshot(Frozen):
    """A rule book as it is kept beside an index: all that was read, and the fingerprint of the files."""

    fingerprint: str
    events: dict[str, EventWord]
    facts: dict[str, FactWord]
    files: dict[str, str]
    rules: tuple[Rule, ...]


_SNAPSHOT = TypeAdapter(_Snapshot)


@dataclass(frozen=True)
class RuleBook:
    """Rules by id, with the words for events and facts, the file of each rule, and the sha256 of all files.

    Iterating gives the rules in the order of their files.
    """

    rules: Mapping[str, Rule]
    events: Mapping[str, EventWord] = field(default_factory=dict)
    facts: Mapping[str, FactWord] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    fingerprint: str = ""

    def __getitem__(self, rule_id: str) -> Rule:
        return self.rules[rule_id]

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self.rules

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())

    def __len__(self) -> int:
        return len(self.rules)

    @classmethod
    def load(cls, root: Path = SHIPPED, councils: Sequence[str] | None = None) -> RuleBook:
        """Return the rules of *councils* (all where None) and the national ones.

        Raises:
            BadRuleFile: anything is wrong in the files; it lists every problem as `file: rule: field: problem`.

        >>> RuleBook.load(councils=["york"])["york.core-group.first"].council
        'york'
        """
        folder = read_folder(root, councils)
        if folder.problems:
            raise BadRuleFile(folder.problems)
        return cls.of_folder(folder)

    @classmethod
    def of_folder(cls, folder: Folder) -> RuleBook:
        """Return the book of what could be read of a folder, sound or not."""
        return cls(folder.rules, folder.events, folder.facts, folder.files, folder.fingerprint)

    def to_json(self) -> str:
        """Return the book as JSON, which loads many times faster than the files."""
        snapshot = _Snapshot(
            fingerprint=self.fingerprint,
            events=dict(self.events),
            facts=dict(self.facts),
            files=dict(self.files),
            rules=tuple(self),
        )
        return _SNAPSHOT.dump_json(snapshot, by_alias=True, exclude_defaults=True).decode()

    @classmethod
    def from_json(cls, data: str | bytes) -> RuleBook:
        """Return the book that `to_json` wrote.

        >>> book = RuleBook.load()
        >>> RuleBook.from_json(book.to_json()) == book
        True
        """
        read = _SNAPSHOT.validate_json(data)
        return cls({rule.id: rule for rule in read.rules}, read.events, read.facts, read.files, read.fingerprint)

    def of(self, council: str) -> tuple[Rule, ...]:
        """Return the rules of one council (england: the national ones), in the order of their files.

        >>> RuleBook.load().of("nowhere")
        ()
        """
        return tuple(rule for rule in self if rule.council == council)

    def disagreeing(self, rule: Rule) -> tuple[Rule, ...]:
        """Return the rules that set the same duty differently elsewhere in the document.

        >>> book = RuleBook.load()
        >>> [rule.id for rule in book.disagreeing(book["york.cla-review.first"])]
        ['york.cla-review.arranged-28-days']
        """
        repeated = self.rules.get(rule.restates or "")  # a place that repeats another disagrees with whatever that does
        names = (*rule.disagrees_with, *(repeated.disagrees_with if repeated else ()))
        return tuple(self.rules[name] for name in dict.fromkeys(names) if name in self.rules and name != rule.id)

    def clocks(self, rule: Rule) -> tuple[Rule, ...]:
        """Return the other clocks of the duty that *rule* sets, where its text says "whichever is sooner"."""
        return tuple(self.rules[name] for name in rule.sooner_of if name in self.rules)

    def due(self, rule_id: str, facts: Facts, calendar: Calendar, n: int = 1) -> Due:
        """Return when a rule is due, with the dates of the places that disagree in its working and `others`.

        Raises:
            KeyError: there is no such rule. For the rest see `rules.due`.

        >>> from datetime import date
        >>> from rules.calendar import england
        >>> facts = {"looked_after_started": date(2026, 5, 2)}
        >>> RuleBook.load().due("york.cla-review.first", facts, england()).steps[-1]
        'Another place says within 28 days (lines 1850–1851): Sat 30 May 2026'
        """
        rule = self.rules[rule_id]
        return self._with_others(rule, self.disagreeing(rule), facts, calendar, n)

    def headline(self, rule_id: str, facts: Facts, calendar: Calendar, n: int = 1) -> Due:
        """Return the date to go by where places disagree: the earliest of the firm ones, or of all where none is firm.

        A rule is loose where the text leaves its unit or its start open; a loose rule's date stands in the working of
        the firm one's. A rule that gives no date from *facts* is told of but cannot lead, unless none gives one.

        Raises:
            KeyError: there is no such rule. For the rest see `rules.due`, as the rule asked for raises it.

        >>> from datetime import date
        >>> from rules.calendar import england
        >>> facts = {"looked_after_started": date(2026, 5, 2)}
        >>> RuleBook.load().headline("york.cla-review.arranged-28-days", facts, england()).rule_id
        'york.cla-review.first'
        """
        asked = self.rules[rule_id]
        group = (asked, *self.disagreeing(asked))
        dated: list[tuple[Rule, Due]] = []
        refused: RulesError | None = None
        for rule in group:
            if rule is not asked and asked.amount is not None and not _same_clock(rule, asked):
                continue  # a place without a number takes its date from one that has it, whatever its clock
            try:
                dated.append((rule, due(rule, facts, calendar, n, events=self.events)))
            except RulesError as fault:
                refused = refused or fault
        if not dated:
            assert refused is not None
            raise refused
        winner = self._sooner(leading(dated)[0], facts, calendar, n)
        told = (winner, *self.clocks(winner))
        return self._with_others(winner, [one for one in group if one not in told], facts, calendar, n)

    def _with_others(self, rule: Rule, others: Sequence[Rule], facts: Facts, calendar: Calendar, n: int) -> Due:
        found = due(rule, facts, calendar, n, events=self.events)
        clocks = (sooner(other, self._given(other, facts, calendar, n), self.events) for other in self.clocks(rule))
        readings = (*clocks, *(self._elsewhere(rule, other, facts, calendar, n) for other in others))
        lines = (*found.steps, *(one.sentence for one in readings), found.working[-1])
        return replace(found, working=lines, others=(*found.others, *readings))

    def _sooner(self, rule: Rule, facts: Facts, calendar: Calendar, n: int) -> Rule:
        """Return the one of a duty's clocks that *facts* let run out first."""
        running = ((one, self._given(one, facts, calendar, n)) for one in (rule, *self.clocks(rule)))
        return min(((one, found) for one, found in running if found), key=lambda clock: clock[1].sort_key)[0]

    def _given(self, rule: Rule, facts: Facts, calendar: Calendar, n: int) -> Due | None:
        """Return when *rule* is due, or None where *facts* give it no date."""
        try:
            return due(rule, facts, calendar, n if rule.recurring else 1, events=self.events)
        except RulesError:
            return None

    def _elsewhere(self, rule: Rule, other: Rule, facts: Facts, calendar: Calendar, n: int) -> Reading:
        """Return what another place says, with its date where it runs on the same kind of clock and has its start."""
        if other.amount is None or not _same_clock(rule, other):
            return elsewhere(other, None)
        try:
            return elsewhere(other, due(other, facts, calendar, n if other.recurring else 1))
        except MissingFact as missing:
            title = working.title_of(missing.event, self.events)
            why = "that needs the time of day" if missing.needs_time else f"counted from another start: {title}"
            return elsewhere(other, None, why)
        except (BeyondHorizon, NoNumber, NotInForce):
            return elsewhere(other, None)


def elsewhere(other: Rule, found: Due | None, note: str = "") -> Reading:
    """Return what the place of *other* says, with its date where that is known, or a *note* why not."""
    version = found.version if found else other.newest
    says = f"only “{version.wording}”" if isinstance(version.limit, Unnumbered) else version.limit.in_words
    told = f"Another place says {says} ({version.source.place})"
    why = f"{version.source.in_words}, says {says}"
    if found is None:
        return Reading(f"{told}; {note}" if note else told, why, rule_id=other.id)
    return Reading(f"{told}: {working.when(found.at or found.on)}", why, found.on, found.at, other.id)


def sooner(other: Rule, found: Due | None, events: Mapping[str, EventWord]) -> Reading:
    """Return what the *other* clock of a duty says, of which whichever is sooner counts; None: it does not run yet.

    >>> rule = RuleBook.load()["york.core-group.first"]
    >>> sooner(rule, None, RuleBook.load().events).sentence
    'Whichever is sooner: within 10 working days of initial child protection conference (lines 551–553), not known here'
    """
    version = found.version if found else other.newest
    start = working.title_of(found.start_event if found else other.starts[0], events)
    told = f"Whichever is sooner: {version.limit.in_words} of {start} ({version.source.place})"
    if found is None:
        return Reading(f"{told}, not known here", version.source.in_words, rule_id=other.id)
    day = working.when(found.at or found.on)
    return Reading(f"{told}: {day}", version.source.in_words, found.on, found.at, other.id)


def nationally(rule: Rule, found: Due | None) -> Reading:
    """Return what the national *rule* says beside a local one, with its date where that is known."""
    version = found.version if found else rule.newest
    says = f"“{version.wording}”" if isinstance(version.limit, Unnumbered) else version.limit.in_words
    told = f"Nationally {says} ({version.source.place})"
    date = f": {working.when(found.at or found.on)}" if found else ""
    on, at = (found.on, found.at) if found else (None, None)
    return Reading(f"{told}{date}", version.source.in_words, on, at, rule.id)


def _same_clock(one: Rule, other: Rule) -> bool:
    """Return whether two rules run alike in time: on from the start, back from it, again and again, or to an age."""
    kinds = {"by_day": "after", "duration": "after"}
    return kinds.get(one.direction, one.direction) == kinds.get(other.direction, other.direction)


def leading(dated: Sequence[tuple[Rule, Due]]) -> tuple[Rule, Due]:
    """Return the one of rules that disagree to go by: the earliest of the firm, or of all where none is firm."""
    firm = [one for one in dated if one[0].firm]
    return min(firm or dated, key=lambda one: one[1].sort_key)
