"""Files as people have them: encodings, delimiters, formulas, and those that would do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.casework.rows import UnreadableFile
from bot.casework.sheets import guarded, read_sheet, unguarded


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_way_a_spreadsheet_saves_csv(encoding: str, mark: str, tmp_path: Path) -> None:
    """Nobody knows which encoding their spreadsheet uses."""
    path = tmp_path / "cases.csv"
    text = f"ref{mark}event – café\r\nYK-1{mark}é\r\n"
    path.write_bytes(text.encode(encoding))
    found = read_sheet(path)
    assert found.columns == ("ref", "event – café")
    assert [row.cells for row in found.rows] == [{"ref": "YK-1", "event – café": "é"}]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them(tmp_path: Path) -> None:
    """A report that names the wrong row sends somebody to the wrong child."""
    path = tmp_path / "cases.csv"
    path.write_text('ref,note\nYK-1,"two\nlines"\n\nYK-2,x\n', encoding="utf-8")
    assert [(row.number, row.cells["ref"]) for row in read_sheet(path).rows] == [(2, "YK-1"), (4, "YK-2")]


def test_a_workbooks_dates_and_times_are_its_own(workbook: Callable[..., Path]) -> None:
    """A date that went through text could change its month."""
    path = workbook([["ref", "date", "time"], ["YK-1", datetime(2026, 4, 2), time(16, 30)], [417, None, None]])
    first, second = read_sheet(path).rows
    assert first.cells == {"ref": "YK-1", "date": datetime(2026, 4, 2), "time": time(16, 30)}
    assert second.cells == {"ref": 417}


def test_formulas_stay_text(tmp_path: Path) -> None:
    """A cell that calls out when somebody opens the report is an attack."""
    path = tmp_path / "cases.csv"
    path.write_text('ref,event\n"=HYPERLINK(""http://127.0.0.1"",""YK-1"")",icpc_held\n', encoding="utf-8")
    assert str(read_sheet(path).rows[0].cells["ref"]).startswith("=HYPERLINK")
    for text in ("=1+1", "+44", "-12", "@x", "\tx", "'x", "plain", ""):
        assert unguarded(guarded(text)) == text
        assert not guarded(text).startswith(("=", "+", "-", "@", "\t"))


def bomb() -> bytes:
    """A small workbook that says it unpacks to far more than a machine should hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * (90 * 1024 * 1024))
    return out.getvalue()


def broken() -> bytes:
    """A workbook whose inside is no XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
        archive.writestr("[Content_Types].xml", "<nothing/>")
    return out.getvalue()


def zipped() -> bytes:
    """A zip file that is no workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("holiday.txt", "sun")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("cases.txt", b"ref", "is no .csv, .xlsx or .jsonl file"),
        ("cases.csv", b"", "is empty"),
        ("cases.csv", b"  \n ", "is empty"),
        ("cases.csv", b"ref,event,date\n", "has no rows"),
        ("cases.csv", b",,\nYK-1,x,y\n", "has no headings"),
        ("cases.csv", b"ref,Ref\nYK-1,x\n", "two columns called"),
        ("cases.csv", b'ref,event\n"YK-1,x\n', "is not well-formed CSV"),
        ("cases.csv", b"PK\x03\x04....", "is not text inside"),
        ("cases.csv", b"%PDF-1.7 ...", "is not text inside"),
        ("cases.csv", b"\x00\x01\x02ref", "is not text inside"),
        ("cases.csv", b",".join(b"c%d" % n for n in range(401)) + b"\nx\n", "more than 400 columns"),
        ("cases.xlsx", b"ref,event\nYK-1,x\n", "is not an .xlsx workbook"),
        ("cases.xlsx", zipped(), "is not an .xlsx workbook"),
        ("cases.xlsx", broken(), "is damaged"),
        ("cases.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .xls or has a password"),
        ("cases.xlsx", bomb(), "would unpack to more than 250 MB"),
        ("cases.jsonl", b"\n\n", "is empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_opened_ends_in_one_sentence(name: str, data: bytes, says: str, tmp_path: Path) -> None:
    """A traceback tells a manager nothing; a full memory takes the machine down."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=says) as fault:
        read_sheet(path)
    assert "\n" not in str(fault.value)


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    """Nor is one that is not there."""
    path = tmp_path / "cases.csv"
    with path.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match="larger than 25 MB"):
        read_sheet(path)
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read_sheet(tmp_path / "none.csv")


def test_odd_rows_are_reported_not_bent(tmp_path: Path) -> None:
    """A comma too many shifts every cell after it."""
    path = tmp_path / "cases.csv"
    path.write_text(f"ref,event\nYK-1,icpc_held,2026-04-02\nYK-2,{'x' * 1001}\n", encoding="utf-8")
    assert [(one.row, one.column) for one in read_sheet(path).problems] == [(2, "the row"), (3, "event")]
    lines = tmp_path / "cases.jsonl"
    lines.write_text('{"ref": "YK-1"}\n[1]\nnot json\n{"ref": {"a": 1}}\n', encoding="utf-8")
    assert [one.row for one in read_sheet(lines).problems] == [2, 3, 4]


def test_a_sheet_is_chosen_by_name_and_titles_are_stepped_over(workbook: Callable[..., Path]) -> None:
    """Lists from case systems begin with a title."""
    path = workbook([["List of children"], [], ["ref"], ["YK-1"]], title="CP list")
    assert read_sheet(path, sheet="cp list", header_row=3).rows[0].number == 4
    with pytest.raises(UnreadableFile, match="no sheet 'LAC'; it has: CP list"):
        read_sheet(path, sheet="LAC")
