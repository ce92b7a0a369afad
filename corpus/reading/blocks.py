"""Paragraphs, headings, list items and table rows put together as lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.reading.document import Read

HEADING_LEVELS = 6


@dataclass
class Blocks:
    """Collects a document's blocks in order.

    >>> blocks = Blocks()
    >>> blocks.heading("Visits", 2); blocks.paragraph("Every  week."); blocks.row(["What", "When"])
    >>> blocks.read().text
    'Visits\\n\\nEvery week.\\n\\nWhat | When'
    >>> blocks.read().headings
    ((1, 2),)
    """

    _lines: list[str] = field(default_factory=list)
    _headings: list[tuple[int, int]] = field(default_factory=list)
    _was_row: bool = False

    def paragraph(self, text: str) -> None:
        """Add a paragraph; white space folded, an empty one left out."""
        self._add(text, row=False)

    def item(self, text: str) -> None:
        """Add a list item."""
        if text.strip():
            self._add(f"• {text}", row=False)

    def heading(self, text: str, level: int) -> None:
        """Add a heading of *level* 1 to 6."""
        if text.strip():
            self._add(text, row=False)
            self._headings.append((len(self._lines), level))

    def row(self, cells: list[str]) -> None:
        """Add a table row; rows of a table follow each other without an empty line."""
        folded = [" ".join(cell.split()) for cell in cells]
        distinct = [cell for place, cell in enumerate(folded) if cell and (not place or cell != folded[place - 1])]
        self._add(" | ".join(distinct), row=True)

    def end_table(self) -> None:
        """What follows is no more of the table."""
        self._was_row = False

    def _add(self, text: str, row: bool) -> None:
        text = " ".join(text.split())
        if not text:
            return
        if self._lines and not (row and self._was_row):
            self._lines.append("")
        self._lines.append(text)
        self._was_row = row

    def read(self) -> Read:
        """Return what was collected."""
        return Read("\n".join(self._lines), tuple(self._headings))
