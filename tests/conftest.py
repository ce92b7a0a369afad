"""What every test stands on: a data folder of its own, the real originals where they are, the real index built once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORIGINALS = ROOT.parent / "shared" / "originals"


def skip(reason: str) -> None:
    """Skip saying why; where skipping is not allowed (the CI run), fail saying why."""
    if os.environ.get("SIGNPOST_NO_SKIPS"):
        pytest.fail(f"may not be skipped here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def york_original() -> Path:
    """York's document as text, where the council's documents lie beside the project."""
    path = ORIGINALS / "york.txt"
    if not path.is_file():
        skip("York's document is not beside the project (../shared/originals/york.txt)")
    return path
