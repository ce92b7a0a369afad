"""The house rules, checked: arrows between packages, public names, file sizes, own words, docs that are current."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import table
from tests.conftest import ROOT, skip

PACKAGES = {"rules": set[str](), "corpus": set[str](), "index": set[str](), "bot": {"rules", "corpus", "index"}}
SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
OWN_WORDS = ROOT.parent / "shared" / "tools" / "own_words.py"


def imported(path: Path) -> set[str]:
    """Return the first parts of all that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_arrow_points_the_wrong_way(path: Path) -> None:
    """Dates must stay provable apart from Slack: rules, corpus and index import nothing of ours."""
    package = path.relative_to(ROOT).parts[0]
    assert imported(path) & (set(PACKAGES) - {package}) <= PACKAGES[package]


@pytest.mark.parametrize("package", ["rules", "corpus", "index"])
def test_public_names_are_a_decision(package: str) -> None:
    """A name that slips out becomes a promise nobody made."""
    module = importlib.import_module(package)
    listed = list(module.__all__)
    assert listed == sorted(listed, key=lambda name: (name.upper() != name, not name[0].isupper(), name)), (
        "sort __all__"
    )
    assert all(hasattr(module, name) for name in listed)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small_and_functions_short(path: Path) -> None:
    """What nobody can read, nobody can check."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300, "split the file"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{node.name} is too long"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_things_say_what_they_do(path: Path) -> None:
    """The next person must not have to guess units or errors."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def test_today_is_only_read_in_bot() -> None:
    """A date that depends on a hidden clock cannot be checked in court."""
    for path in SOURCES:
        if path.relative_to(ROOT).parts[0] != "bot":
            text = path.read_text(encoding="utf-8")
            assert "date.today(" not in text, path
            assert "datetime.now(" not in text, path


def test_no_sentence_of_a_council_stands_in_the_project(tmp_path: Path) -> None:
    """The documents are the councils' own; only facts and figures carry over."""
    if not OWN_WORDS.is_file():
        skip("the own-words tool is not beside the project (../shared/tools/own_words.py)")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):  # what is read in on this machine is the user's own, and not the project's
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tmp_path / name)
    done = subprocess.run([sys.executable, str(OWN_WORDS), str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.stdout.strip().endswith("0 shared runs of 14 words or more"), done.stdout


def test_the_settings_are_documented_as_they_are() -> None:
    """An administrator sets what the page says; a variable that is not there costs a morning."""
    assert table() in (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")


def test_the_documents_name_only_what_is_there() -> None:
    """A newcomer follows the links; one that leads nowhere ends the visit."""
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for link in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
