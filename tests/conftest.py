"""What every test stands on: a data folder of its own, the real originals where they are, the real index built once."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.library import sources_of
from bot.services import Services, build, load_services
from bot.settings import Settings
from corpus import add_original

ROOT = Path(__file__).resolve().parent.parent
ORIGINALS = ROOT.parent / "shared" / "originals"


def skip(reason: str) -> None:
    """Skip saying why; where skipping is not allowed (the CI run), fail saying why."""
    if os.environ.get("TESTS_MAY_NOT_SKIP"):
        pytest.fail(f"may not be skipped here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def york_original() -> Path:
    """York's document as text, where the council's documents lie beside the project."""
    path = ORIGINALS / "york.txt"
    if not path.is_file():
        skip("York's document is not beside the project (../shared/originals/york.txt)")
    return path


@pytest.fixture(scope="session")
def built() -> Path:
    """A data folder with the shipped library's index, built once and kept between runs; nothing is read in there."""
    data = ROOT / ".signpost" / "tests"
    build(Settings(data, f"sqlite:///{data / 'unused.db'}"))
    return data


@pytest.fixture(scope="session")
def services(built: Path) -> Services:
    """What answers are made from, in the digest's words: no document is read in."""
    return load_services(Settings(built, f"sqlite:///{built / 'unused.db'}"))


@pytest.fixture(scope="session")
def quoting(services: Services, york_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The same with York's document read in, so that answers quote it."""
    digest = services.library.digest("york")
    sources = sources_of("york", services.library, services.book)
    data = tmp_path_factory.mktemp("read-in")
    return replace(
        services,
        originals={"york": add_original("york", york_original, sources, data, digest.manifest.sha256)},
    )
