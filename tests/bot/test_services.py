"""Starting: what is missing is built, what is damaged is built again and said, and nobody builds twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.answers import Asker, answer
from bot.services import build, load_services, sources_fingerprint
from bot.settings import Settings
from index import mark_of
from tests.bot.test_answers import NOON


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Settings:
    """Settings of a data folder with a copy of the built index."""
    shutil.copytree(built / "index", tmp_path / "index")
    return Settings(tmp_path, f"sqlite:///{tmp_path / 'unused.db'}")


def test_a_damaged_index_is_said_and_built_again(copy: Settings) -> None:
    """A bit that flipped on a disk must not turn into a wrong answer, nor into a bot that does not start."""
    vectors = copy.data / "index" / "vectors" / "york.faiss"
    whole = bytearray(vectors.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    vectors.write_bytes(bytes(whole))
    assert mark_of(copy.data / "index") is None
    said: list[str] = []
    services = load_services(copy, said.append)
    assert said[0] == "The index on disk is damaged; building it again (about a minute)."
    assert mark_of(copy.data / "index") == sources_fingerprint()
    assert answer("when is the first core group?", Asker("york", NOON), services).rule == "york.core-group.first"


def test_a_current_index_is_not_built_again(copy: Settings) -> None:
    """A second start takes seconds, also where a second process asks for a build."""
    before = (copy.data / "index" / "header.json").stat().st_mtime_ns
    said: list[str] = []
    assert build(copy, say=said.append) == sources_fingerprint()
    load_services(copy, said.append)
    assert said == []
    assert (copy.data / "index" / "header.json").stat().st_mtime_ns == before


def test_a_damaged_copy_of_a_document_leaves_the_answers(
    copy: Settings, quoting: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the council's words the digest still answers, and says why it does not quote."""
    place = copy.data / "originals" / "york"
    place.mkdir(parents=True)
    (place / "places.json").write_text("{", encoding="utf-8")
    services = load_services(copy)
    assert "signpost corpus add york" in capsys.readouterr().err
    assert services.originals == {}
