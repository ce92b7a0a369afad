"""From rows as they stand to entries that can be kept, and a report of every one that cannot.

Pure: the rules, the day and the way of reading dates are given. The order of rows makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from dateutil.relativedelta import relativedelta

from bot.casework.agree import disagreements
from bot.casework.days import Unclear, either_way, month_first, read_clock, read_day
from bot.casework.entries import Entry, Reading
from bot.casework.facts import read_fact
from bot.casework.mapping import MappingFile, is_member_id
from bot.casework.raw import Raw
from bot.casework.reference import why_not
from bot.casework.rows import Cell, Problem, as_text, folded
from bot.casework.sheets import Tick
from bot.casework.vocabulary import Vocabulary
from bot.messages import casefiles as say
from bot.messages import cells as say_cell
from rules.due import Fact

YEARS_BACK, YEARS_AHEAD = 30, 2


def read_entries(
    raws: Iterable[Raw],
    mapping: MappingFile,
    words: Vocabulary,
    today: date,
    locale: str | None = "en-GB",
    problems: Iterable[Problem] = (),
    tick: Tick = lambda: None,
) -> Reading:
    """Judge every row; of a row with anything wrong nothing is kept.

    *problems* are those found on the way here; a problem with the headings leaves nothing to keep. *tick* is called
    once a row.
    """
    found = list(problems)
    listed = list(raws)
    reader = _Reader(mapping, words, today, locale, _month_first(listed))
    entries: list[Entry] = []
    ignored = 0
    for raw in listed:
        tick()
        if reader.is_left_aside(raw):
            ignored += 1
            continue
        entry, wrong = reader.read(raw)
        found += wrong
        entries += [entry] if entry else []
    bad = {problem.row for problem in found}
    found += disagreements([entry for entry in entries if entry.row not in bad])
    bad = {problem.row for problem in found}
    kept = [] if any(problem.column == say.THE_HEADINGS for problem in found) else entries
    return Reading(tuple(entry for entry in kept if entry.row not in bad), tuple(sorted(set(found))), ignored)


def _month_first(raws: Iterable[Raw]) -> dict[str, list[int]]:
    """Return, by column, the rows that can only be read with the month first."""
    out: dict[str, list[int]] = {}
    for raw in raws:
        for role, cell in (("date", raw.day), ("closed", raw.closed)):
            if month_first(cell):
                out.setdefault(raw.columns.get(role, role), []).append(raw.row)
    return {column: sorted(rows) for column, rows in out.items()}


@dataclass(frozen=True)
class _Reader:
    """Judges one row at a time. `doubts`: columns that have the month first somewhere, and in which rows."""

    mapping: MappingFile
    words: Vocabulary
    today: date
    locale: str | None
    doubts: Mapping[str, list[int]]

    @cached_property
    def _events(self) -> dict[str, str]:
        return {folded(said): event for said, event in self.mapping.events.items()}

    @cached_property
    def _workers(self) -> dict[str, str]:
        return {folded(name): worker for name, worker in self.mapping.workers.items()}

    @cached_property
    def _span(self) -> tuple[date, date]:
        return self.today - relativedelta(years=YEARS_BACK), self.today + relativedelta(years=YEARS_AHEAD)

    def is_left_aside(self, raw: Raw) -> bool:
        """Return whether the mapping says that such a row is nothing to us."""
        word = as_text(raw.event)
        return bool(word) and self.mapping.unlisted == "ignore" and self._event_of(word) is None

    def read(self, raw: Raw) -> tuple[Entry | None, list[Problem]]:
        """Return the entry of a row, or all that is wrong with it."""
        wrong: list[Problem] = []
        ref, event, worker, closed = "", None, None, None
        on, at = None, None
        with _noting(wrong, raw, "ref"):
            ref = self._ref(raw.ref)
        with _noting(wrong, raw, "event"):
            event = self._event(raw)
        with _noting(wrong, raw, "date"):
            on, clock = self._day(raw, event)
            with _noting(wrong, raw, "time"):
                at = self._moment(raw, on, clock)
        with _noting(wrong, raw, "worker"):
            worker = self._worker(raw.worker)
        with _noting(wrong, raw, "closed"):
            closed = self._closed(raw)
        facts: dict[str, Fact] = {}
        for name, cell in raw.facts.items():
            with _noting(wrong, raw, name):
                values = self.mapping.facts[name].values if name in self.mapping.facts else {}
                facts[name] = read_fact(name, cell, self.words.book, self.today, self.locale, values)
        return (None, wrong) if wrong else (Entry(raw.row, ref, event, on, at, worker, closed, facts), [])

    def _ref(self, cell: Cell) -> str:
        text = _plain(cell)
        if not text:
            raise Unclear(say_cell.missing("reference"), say_cell.fill_in())
        whole = self.mapping.ref_prefix + text
        why = why_not(text, self.today) or why_not(whole, self.today)
        if why:
            raise Unclear(why, say.USE_OWN_REFERENCE)
        return whole.upper()

    def _event(self, raw: Raw) -> str | None:
        word = _plain(raw.event)
        if not word:
            if as_text(raw.day):
                raise Unclear(say_cell.day_without_event(), say_cell.fill_in())
            return None
        event = self._event_of(word)
        if event is None:
            raise Unclear(say_cell.unknown_event(word[:60]), say_cell.did_you_mean(self.words.near(word)))
        return event

    def _event_of(self, word: str) -> str | None:
        return self._events.get(folded(word)) or (self.words.event(word) if self.mapping.shape == "long" else None)

    def _day(self, raw: Raw, event: str | None) -> tuple[date | None, time | datetime | None]:
        if not as_text(raw.day):
            if as_text(raw.event) or as_text(raw.clock):
                raise Unclear(say_cell.event_without_day(), say_cell.fill_in())
            return None, None
        on, clock = self._read_day(raw, "date", raw.day)
        self._in_reach(on)
        if on > self.today and event is not None and event not in self.words.booked:
            booked = [name for name in sorted(self.words.booked) if name in self.words.book.events]
            raise Unclear(say_cell.not_yet(on, self.words.title(event)), say_cell.only_booked(booked))
        return on, clock

    def _moment(self, raw: Raw, on: date | None, clock: time | datetime | None) -> datetime | None:
        given = raw.clock if as_text(raw.clock) else clock
        return read_clock(given.isoformat() if isinstance(given, datetime) else given, on) if given and on else None

    def _closed(self, raw: Raw) -> date | None:
        if not as_text(raw.closed):
            return None
        on, _ = self._read_day(raw, "closed", raw.closed)
        self._in_reach(on)
        if on > self.today:
            raise Unclear(say_cell.not_yet(on, "closing a case"), say_cell.only_booked(()))
        return on

    def _read_day(self, raw: Raw, role: str, cell: Cell) -> tuple[date, time | datetime | None]:
        _plain(cell)
        rows = self.doubts.get(raw.columns.get(role, role), [])
        if rows and either_way(cell):
            raise Unclear(say_cell.month_first_somewhere(rows), say_cell.write_date())
        return read_day(cell, self.today, self.locale)

    def _in_reach(self, on: date) -> None:
        oldest, newest = self._span
        if on < oldest:
            raise Unclear(say_cell.too_far(on, YEARS_BACK, ahead=False), say_cell.correct_year())
        if on > newest:
            raise Unclear(say_cell.too_far(on, YEARS_AHEAD, ahead=True), say_cell.correct_year())

    def _worker(self, cell: Cell) -> str | None:
        text = _plain(cell)
        if not text:
            return None
        worker = self._workers.get(folded(text), text)
        if not is_member_id(worker):
            raise Unclear(say_cell.not_a_worker(), say_cell.map_worker())
        return worker


def _plain(cell: Cell) -> str:
    """Return a cell's text; a formula is not worked out, and not kept."""
    text = as_text(cell)
    if text.startswith(("=", "+", "@")):
        raise Unclear(say_cell.formula(), say_cell.paste_value())
    return text


@contextmanager
def _noting(wrong: list[Problem], raw: Raw, role: str) -> Iterator[None]:
    """Note what cannot be read, under the file's own heading, and go on."""
    try:
        yield
    except Unclear as fault:
        wrong.append(Problem(raw.row, raw.columns.get(role, role), fault.wrong, fault.todo))
