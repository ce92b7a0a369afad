"""What is indexed: an Item, and where it came from is not the index's business."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can answer a question.

    `id` is unique; `council` is what results are filtered by, before ranking ("england" for national items).
    `section` is the heading path, `says` the statement, `asks` the ways staff would ask for it, `extra` words that are
    searched lexically only (topic, role). `kind` is passed through ("entry", "rule", "passage").

    >>> Item("york.core-group.first", "york", "rule", "Standard 4", "First core group within 10 working days").kind
    'rule'
    """

    id: str
    council: str
    kind: str
    section: str
    says: str
    asks: tuple[str, ...] = ()
    extra: str = ""
