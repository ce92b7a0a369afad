"""How another system's columns and words are read: a small YAML file, checked as strictly as the rules are.

>>> from rules import RuleBook
>>> words = MappingFile.model_validate({"ref": "Person ID", "event": "Form/Step", "date": "Date Completed"})
>>> words.shape, words.unlisted
('long', 'refuse')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError, model_validator

from bot.casework.rows import UnreadableFile, folded
from bot.messages import mappings as say
from rules import RuleBook
from rules.strict_yaml import read_yaml

Value = StrictBool | StrictInt | str


class FactColumn(BaseModel):
    """The column a fact stands in, and what its words mean; without `values` they are read as they stand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str = Field(min_length=1)
    values: Mapping[str, Value] = Field(default_factory=dict)


class MappingFile(BaseModel):
    """A mapping. `long`: a row an event. `wide`: a row a case, and a column an event.

    `events` maps the other system's words (long) or columns (wide) to events of the rules; `times` an event's column to
    the column of its hour (wide). `unlisted` says what becomes of a word that `events` leaves out. `workers` maps names
    to Slack member ids, so that no name is kept. Columns that are not named here are never read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str = ""
    shape: Literal["long", "wide"] = "long"
    sheet: str | None = None
    header_row: StrictInt = Field(default=1, ge=1, le=100)
    ref: str = Field(min_length=1)
    ref_prefix: str = Field(default="", max_length=10)
    event: str | None = None
    date: str | None = None
    time: str | None = None
    worker: str | None = None
    closed: str | None = None
    events: Mapping[str, str] = Field(default_factory=dict)
    times: Mapping[str, str] = Field(default_factory=dict)
    unlisted: Literal["refuse", "ignore"] = "refuse"
    workers: Mapping[str, str] = Field(default_factory=dict)
    facts: Mapping[str, FactColumn] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> MappingFile:
        if self.shape == "long" and (self.event is None or self.date is None or self.times):
            raise ValueError(say.long_needs())
        if self.shape == "wide" and (self.event or self.date or self.time or not self.events):
            raise ValueError(say.wide_needs())
        if not set(self.times) <= set(self.events):
            raise ValueError(say.times_of_events())
        return self

    @property
    def columns(self) -> list[str]:
        """Every column that is read, in the order of the file: reference, event, date, time, worker, closed, rest."""
        fixed = (self.ref, self.event, self.date, self.time, self.worker, self.closed)
        wide = (*self.events, *self.times.values()) if self.shape == "wide" else ()
        return [name for name in (*fixed, *wide, *(fact.column for fact in self.facts.values())) if name]


def load_mapping(path: Path, book: RuleBook) -> MappingFile:
    """Return a mapping file, its events and facts held against the rules.

    Raises:
        UnreadableFile: it cannot be opened, or anything in it is wrong; all faults are in the sentence.
    """
    try:
        data = read_yaml(path)
    except OSError as fault:
        raise UnreadableFile(say.cannot_open(path.name, fault.strerror or str(fault))) from fault
    except ValueError as fault:
        raise UnreadableFile(say.not_yaml(path.name, str(fault))) from fault
    if not isinstance(data, dict):
        raise UnreadableFile(say.not_yaml(path.name, say.not_a_mapping()))
    try:
        found = MappingFile.model_validate(data)
    except ValidationError as fault:
        raise UnreadableFile(say.faults(path.name, [*_told(fault)])) from fault
    faults = [*_faults(found, book)]
    if faults:
        raise UnreadableFile(say.faults(path.name, faults))
    return found


def _told(fault: ValidationError) -> Iterator[str]:
    for one in fault.errors():
        place = ".".join(str(part) for part in one["loc"])
        yield f"{place}: {one['msg']}" if place else str(one["msg"]).removeprefix("Value error, ")


def _faults(mapping: MappingFile, book: RuleBook) -> Iterator[str]:
    for word, event in mapping.events.items():
        if event not in book.events:
            yield say.unknown_event(word, event)
    for fact in mapping.facts:
        if fact not in book.facts and fact not in book.events:
            yield say.unknown_fact(fact)
    for name, worker in mapping.workers.items():
        if not is_member_id(worker):
            yield say.bad_worker(name)
    known = [folded(column) for column in mapping.columns]
    for column in dict.fromkeys(mapping.columns):
        if known.count(folded(column)) > 1 and column not in mapping.times.values():
            yield say.column_twice(column)


def is_member_id(text: str) -> bool:
    """Return whether *text* looks like a Slack member id, so that a name is never kept as one.

    >>> is_member_id("U0WREN"), is_member_id("Wren Sample"), is_member_id("URSULA")
    (True, False, False)
    """
    plain = text.isascii() and text.isalnum() and text.isupper()
    return plain and text[:1] in ("U", "W") and any(letter.isdigit() for letter in text) and 3 <= len(text) <= 40
