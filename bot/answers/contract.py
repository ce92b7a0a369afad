"""The JSON contract of an answer: what every door (command line, Slack, batch) is given.

Field names are fixed by the design's answers page; `signpost ask --json` prints one `Answer`.

>>> Answer(kind=Kind.NONE, text="Not in these documents.", confidence=0.1).model_dump(mode="json")["kind"]
'none'
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Kind(StrEnum):
    """What sort of answer it is; each is composed and shown in its own way."""

    DATE = "date"
    TIMESCALE = "timescale"
    STANDARD = "standard"
    COMPARE = "compare"
    CONFLICT = "conflict"
    NONE = "none"
    CLARIFY = "clarify"
    OUT_OF_SCOPE = "out_of_scope"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DueDate(_Frozen):
    """When it is due: `on` always; `at` (ISO 8601 with offset) for hour clocks only."""

    on: date
    at: str | None = None
    falls_on_closed_day: str | None = None
    working: tuple[str, ...] = ()


class CitationOut(_Frozen):
    """Where an answer stands: council, document, section and 1-based inclusive lines of the original."""

    council: str
    document: str
    edition: str | None = None
    section: str
    entry: str
    lines: tuple[int, int]
    quote: str | None = None
    exact: bool = False


class SeeAlso(_Frozen):
    """The next nearest places, in rank order."""

    entry: str
    council: str
    section: str
    lines: tuple[int, int]


class Choice(_Frozen):
    """One way to go on: `label` is shown on a button, `ask` is the question it stands for."""

    label: str
    ask: str


class Followup(_Frozen):
    """A question back to the person: the missing fact (an event name of the rules library) and how it is asked."""

    rule: str
    event: str
    question: str
    needs_time: bool = False


class Compared(_Frozen):
    """One council's row of a comparison: its name, what its documents say, and where; `place` None where silent."""

    council: str
    says: str
    place: str | None = None


class Context(_Frozen):
    """What a thread keeps between questions, so that "and the next one?" is understood. Holds no words a person typed.

    `start` is ISO (a date, or a date and time with offset); `n` the how-many-th date was last given.
    """

    council: str | None = None
    rule: str | None = None
    event: str | None = None
    start: str | None = None
    n: int = 1
    entry: str | None = None
    case: str | None = None


class Answer(_Frozen):
    """One answer. `text` is plain text, complete in itself: what a person is shown.

    `headline` is its first line (the date or the number, to be set in bold), `body` the rest without the source line.
    `rows` are a comparison's, shortest limit first, the national line last.
    """

    id: str | None = None
    kind: Kind
    text: str
    headline: str = ""
    body: str = ""
    confidence: float
    due: DueDate | None = None
    rule: str | None = None
    citations: tuple[CitationOut, ...] = ()
    see_also: tuple[SeeAlso, ...] = ()
    choices: tuple[Choice, ...] = ()
    rows: tuple[Compared, ...] = ()
    followup: Followup | None = None
    took_ms: float = 0.0
    context: Context | None = Field(default=None, exclude=True)
