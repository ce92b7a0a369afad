"""What a digest is made of: entries, exceptions, the manifest and the glossary. Frozen, unknown keys refused."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Lines = tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """Where an entry stands: 1-based inclusive `lines` of the original held in the manifest, and a `sketch` of them.

    >>> Source(lines=(562, 564)).lines
    (562, 564)
    """

    lines: Lines
    sketch: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Source:
        if self.lines[0] > self.lines[1]:
            raise ValueError(f"lines {self.lines[0]} to {self.lines[1]} run backwards")
        return self


class Entry(_Frozen):
    """One standard, expectation, instruction, definition or timescale, in the project's own words.

    `says` keeps every number, role and condition of the passage; `asks` are how staff would ask for it; `unclear` says
    what the text leaves open.
    """

    id: Slug
    section: Text
    topic: Text
    says: Text
    who: Text | None
    asks: Annotated[tuple[Text, ...], Field(min_length=2)]
    source: Source
    unclear: Text | None = None

    @property
    def council(self) -> str:
        """The council whose document it is: the first part of the id."""
        return self.id.split(".", 1)[0]


class Why(StrEnum):
    """Why lines belong to no entry."""

    CONTENTS = "contents"
    FURNITURE = "furniture"
    HEADING = "heading"
    ROLES = "roles"
    REPEAT = "repeat"
    BLANK_FORM = "blank-form"
    EXAMPLE = "example"
    REFERENCES = "references"


class Excepted(_Frozen):
    """Lines of a document that carry nothing of their own."""

    lines: Lines
    why: Why


class NotDuty(_Frozen):
    """Lines whose time words set nobody a limit, and why."""

    lines: Lines
    why: Text


class Manifest(_Frozen):
    """What a council's document is: title, edition or date as printed, what is known of its standing, sha256.

    `document` is its short name in rules' sources; `lines` the number of lines of the original held.
    """

    council: Slug
    name: Text
    document: Slug
    title: Text
    edition: Text | None
    standing: Text | None
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    lines: int


class Term(_Frozen):
    """One term of the field: its short forms and what it means, in a sentence."""

    term: Text
    short: tuple[Text, ...] = ()
    means: Text
