"""Sketches written into the library's YAML, beside the lines they were taken from; nothing else of a file changes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from bot.atomic import replacing
from bot.usage import UsageError
from corpus import SHIPPED, Manifest, passage, sketch
from rules import SHIPPED as RULES
from rules import RuleBook

_SOURCE = re.compile(r"^(?P<head>\s+source:\s*\{.*?lines:\s*\[(?P<first>\d+),\s*(?P<last>\d+)\])(?P<tail>.*)\}\s*$")
_SKETCH = re.compile(r",\s*sketch:\s*(\"[^\"]*\"|[^,}]*)")


def write_sketches(manifest: Manifest, text: str, book: RuleBook) -> int:
    """Write every source's sketch of one council's files from *text*; return how many.

    Raises:
        UsageError: *text* is not the original that the lines belong to.
    """
    if hashlib.sha256(text.encode()).hexdigest() != manifest.sha256:
        raise UsageError(
            "that is not the document whose lines the digest holds (its sha256 differs from the manifest)."
        )
    lines = text.split("\n")
    files = [*(SHIPPED / manifest.council).glob("*.yaml"), *(RULES / manifest.council).glob("*.yaml")]
    return sum(_rewrite(path, lines) for path in sorted(files))


def _rewrite(path: Path, lines: list[str]) -> int:
    count = 0
    out = []
    for row in path.read_text(encoding="utf-8").split("\n"):
        match = _SOURCE.match(row)
        if match:
            count += 1
            mark = sketch(passage(lines, (int(match["first"]), int(match["last"]))))
            row = f'{match["head"]}{_SKETCH.sub("", match["tail"])}, sketch: "{mark}"}}'
        out.append(row)
    if count:
        with replacing(path) as file:
            file.write("\n".join(out))
    return count
