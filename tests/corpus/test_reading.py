"""PDF, Word, HTML, Markdown and text of one document agree, and no file, however wrong, does harm."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus import Library, Original, UnreadableDocument, add_original
from corpus.reading import document as reading
from corpus.reading import read_document
from tests.corpus.making import pdf_of, two_columns, word_of

Paragraphs = list[str]
MADE = {
    "standards.pdf": pdf_of,
    "columns.pdf": two_columns,
    "standards.docx": word_of,
    "standards.html": lambda paragraphs, path: path.write_text(page_of(paragraphs)),
    "standards.md": lambda paragraphs, path: path.write_text("\n\n".join(one.replace("*", "") for one in paragraphs)),
}


def page_of(paragraphs: Paragraphs) -> str:
    """Return *paragraphs* as a web page with a menu."""
    words = "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs)
    return f"<html><head><title>x</title></head><body><nav>Menu</nav>{words}</body></html>"


@pytest.fixture(scope="module")
def paragraphs(york_original: Path) -> Paragraphs:
    """York's document as paragraphs, as its author would have typed them."""
    parts = york_original.read_text(encoding="utf-8").split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def placed(path: Path, data: Path) -> Original:
    """Read *path* in as York's document."""
    digest = Library.load().digest("york")
    return add_original("york", path, [(e.id, e.source) for e in digest.entries], data, digest.manifest.sha256)


@pytest.mark.parametrize("name", MADE)
def test_every_form_of_a_document_gives_the_same_places(name: str, paragraphs: Paragraphs, tmp_path: Path) -> None:
    """A council keeps its manual as a PDF here and as a Word file there: the standards are the same."""
    path = tmp_path / name
    MADE[name](paragraphs, path)
    states = [place.state for place in placed(path, tmp_path / "data").places.values()]
    assert states.count("same") / len(states) >= 0.99
    assert "gone" not in states


def test_word_keeps_headings_lists_and_table_rows(tmp_path: Path) -> None:
    """A table cell without its row's name is a number without a meaning."""
    document = docx.Document()
    document.add_heading("Visits", 2)
    document.add_paragraph("Every child is seen:", style="Normal")
    document.add_paragraph("alone", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Plan", "How often", "CP", "10 days"], strict=True
    ):
        cell.text = text
    path = tmp_path / "visits.docx"
    document.save(str(path))
    read = read_document(path)
    assert read.text.split("\n") == [
        "Visits",
        "",
        "Every child is seen:",
        "",
        "• alone",
        "",
        "Plan | How often",
        "CP | 10 days",
    ]
    assert read.headings == ((1, 2),)


def test_a_web_page_is_read_as_it_is_seen(tmp_path: Path) -> None:
    """Menus, scripts and comments are nobody's standard."""
    path = tmp_path / "page.html"
    path.write_text(
        "<!doctype html><nav><p>Home</p></nav><script>var x = 1</script><h1>Core <em>groups</em></h1><!-- draft -->"
        "<div>First within <b>10</b> working days.<p>Then monthly.</p></div>"
        "<ul><li>Who: <ul><li>parents</li></ul></li></ul>"
        "<table><tr><th>a</th><td>b</td></tr></table>"
    )
    lines = [line for line in read_document(path).text.split("\n") if line]
    assert lines == ["Core groups", "First within 10 working days.", "Then monthly.", "• Who:", "• parents", "a | b"]


def test_old_text_keeps_its_quotes_and_odd_line_ends(tmp_path: Path) -> None:
    """Windows-1252 dashes must not become nonsense, nor U+2028 a line of its own."""
    path = tmp_path / "old.txt"
    path.write_bytes("Visits \x96 the child\x92s home\r\nweekly".encode("latin-1"))
    assert read_document(path).text == "Visits – the child’s home\nweekly"
    path.write_text("one\u2028two\nthree", encoding="utf-8")
    assert read_document(path).text.split("\n") == ["one\u2028two", "three"]


def _encrypted(path: Path) -> None:
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 700, "hidden")
    canvas.save()


def _scanned(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4)
    for _ in range(3):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (60 * 1024 * 1024))


def _outside(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "word/document.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
        )


def _no_word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("../../escape.xml", "x")


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.pdf": (lambda path: path.write_bytes(b""), "empty.pdf is empty."),
    "locked.pdf": (_encrypted, "is protected by a password"),
    "scanned.pdf": (_scanned, "pictures of pages and no text"),
    "cut.pdf": (lambda path: path.write_bytes(b"%PDF-1.7\nnothing"), "is damaged"),
    "picture.pdf": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100), "is not PDF, whatever"),
    "old.docx": (
        lambda path: path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 600),
        "by a password or in the old",
    ),
    "bomb.docx": (_bomb, "far more than a document holds"),
    "outside.docx": (_outside, "names outside entities"),
    "escape.docx": (_no_word, "is not Word, whatever"),
    "cut.docx": (lambda path: path.write_bytes(b"PK\x03\x04" + b"0" * 50), "is damaged"),
    "blank.html": (lambda path: path.write_text("<html><body> </body></html>"), "holds no text"),
    "binary.md": (lambda path: path.write_bytes(b"a\0b"), "is not text, whatever"),
    "slides.pptx": (lambda path: path.write_bytes(b"PK"), "are read; save it as one of these"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_get_one_sentence(name: str, tmp_path: Path) -> None:
    """Whoever owns the policy must know what to do next, and nothing may be half read."""
    make, told = BAD[name]
    path = tmp_path / name
    make(path)
    with pytest.raises(UnreadableDocument, match=told) as refused:
        read_document(path)
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith((name, "There is"))
    assert not (tmp_path.parent / "escape.xml").exists()


def test_reading_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file made to keep a reader busy must not keep the library busy."""
    path = tmp_path / "page.html"
    path.write_text("<p>x</p>")
    monkeypatch.setattr(reading, "SECONDS", 0.001)
    with pytest.raises(UnreadableDocument, match="could not be read within"):
        read_document(path)


def _letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def test_five_hundred_pages_are_read(tmp_path: Path) -> None:
    """Manuals grow; page furniture goes, each page's own words stay."""
    path = tmp_path / "long.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for number in range(1, 501):
        canvas.drawString(60, 800, "Practice manual of Sandford")
        canvas.drawString(60, 700, f"Standard {_letters(number)} is that visits are recorded.")
        canvas.drawString(60, 40, f"Page {number} of 500")
        canvas.showPage()
    canvas.save()
    read = read_document(path)
    assert len(read.pages) == 500
    assert [line for line in read.text.split("\n") if line] == [
        f"Standard {_letters(number)} is that visits are recorded." for number in range(1, 501)
    ]
