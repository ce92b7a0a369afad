"""A small index of invented standards, with the real encoder, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Index, Item, build, load

SHORT = (
    ("initial child protection conference", "icpc"),
    ("independent reviewing officer", "iro"),
    ("private fostering", "pf"),
)


def entry(name: str, section: str, says: str, *asks: str) -> Item:
    """Return an entry of the council that its id begins with."""
    return Item(name, name.split(".")[0], "entry", section, says, asks)


ITEMS = (
    entry(
        "sandford.core-group",
        "Plans › Core groups",
        "The first core group meets within 10 working days of the initial child protection conference.",
        "when is the 1st core group",
        "how soon do we all meet after the conference",
    ),
    entry(
        "sandford.alone",
        "Visits",
        "Children are seen alone.",
        "do I have to see the kid on their own",
        "is it ok if mum sits in",
    ),
    entry(
        "sandford.interpreter",
        "Visits",
        "An interpreter is arranged where a family needs one.",
        "mum only speaks Polish",
    ),
    entry(
        "walford.core-group",
        "Plans",
        "The first core group meets within 5 working days of the conference.",
        "when is the 1st core group",
    ),
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built index."""
    out = tmp_path_factory.mktemp("index") / "index"
    build(ITEMS, SHORT, out, mark="a mark", extra={"more.txt": b"kept"})
    return out


@pytest.fixture(scope="session")
def small(folder: Path) -> Index:
    """The loaded index."""
    return load(folder, "a mark")
