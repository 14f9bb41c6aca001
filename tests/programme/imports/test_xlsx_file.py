"""Workbooks: values, formulas, dates, merged cells, several sheets, bombs."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from resilience.programme.imports import sniff, xlsx_file, zip_guard
from resilience.programme.imports.errors import ImportRefusedError
from tests.programme.imports.conftest import as_xlsx, saved


def rewritten(data: bytes, **changed: bytes) -> bytes:
    """The workbook with some of its parts replaced; keys are the last parts of their names."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            stem = entry.rpartition("/")[2].partition(".")[0]
            new.writestr(entry, changed.get(stem, old.read(entry)))
    return file.getvalue()


def sheet_xml(cells: str) -> bytes:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f"{head}{cells}</sheetData></worksheet>".encode()


def test_values_come_with_their_types() -> None:
    rows = (["Name", "Date", "Minutes"], ["Ann", datetime(2026, 3, 4, 9, 30), 45], ["Bo", date(2026, 3, 5), 1.5])  # noqa: DTZ001
    grid = sniff.read(as_xlsx(*rows), "list.xlsx")
    assert grid.rows[1:] == [["Ann", datetime(2026, 3, 4, 9, 30), 45.0], ["Bo", date(2026, 3, 5), 1.5]]  # noqa: DTZ001


def test_a_formula_gives_its_stored_value_and_without_one_itself() -> None:
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>"A"&amp;"nn"</f><v>Ann</v></c><c r="B2"><f>40+5</f><v>45</v></c></row>'
        '<row r="3"><c r="A3" t="str"><f>""</f><v></v></c><c r="B3"><f>NOW()</f></c></row>'
        '<row r="4"><c r="A4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B4"><v>7</v></c></row>'
    )
    grid = sniff.read(rewritten(as_xlsx(["Name"]), sheet1=sheet_xml(cells)), "list.xlsx")
    assert grid.rows[1:] == [["Ann", 45.0], ["", "=NOW()"], ["#DIV/0!", 7.0]]


def test_the_sheet_with_headings_is_read_and_the_others_are_told() -> None:
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Notes"
    notes.append(["Export of March"])
    people = book.create_sheet("People")
    people.append(["Name", "Email"])
    people.append(["Ann", "a@example.org"])
    hidden = book.create_sheet("Hidden")
    hidden.append(["Name", "Email", "Attended", "Minutes"])
    hidden.sheet_state = "hidden"
    grid = sniff.read(saved(book), "list.xlsx")
    assert grid.rows[0] == ["Name", "Email"]
    assert grid.written == "sheet People"
    assert "Notes" in grid.notes[0]


def test_merged_areas_are_known() -> None:
    grid = sniff.read(as_xlsx(["Name", "School"], ["Ann", "Hill"], ["Bo", None], merged=["B2:B3"]), "list.xlsx")
    assert grid.merged == [(1, 1, 2, 1)]


def test_a_cell_without_a_place_stands_right_of_the_one_before() -> None:
    cells = "<row><c><v>1</v></c><c><f>A1+1</f></c></row><row><c><v>3</v></c></row>"
    grid = sniff.read(rewritten(as_xlsx(["x"]), sheet1=sheet_xml(cells)), "list.xlsx")
    assert [row[0] for row in grid.rows] == [1.0, 3.0]
    assert grid.rows[0][1] == "=A1+1"


def test_a_zip_bomb_is_refused_by_what_it_unpacks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "MOST_UNPACKED", 5_000_000)
    bomb = rewritten(as_xlsx(["Name"]), sheet1=b"<worksheet>" + b" " * 10_000_000 + b"</worksheet>")
    assert len(bomb) < 50_000
    with pytest.raises(ImportRefusedError, match="unpacks to more than"):
        sniff.read(bomb, "list.xlsx")


def test_a_bomb_that_lies_about_its_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "MOST_UNPACKED", 5_000_000)
    bomb = bytearray(rewritten(as_xlsx(["Name"]), sheet1=b"<worksheet>" + b" " * 10_000_000 + b"</worksheet>"))
    size = (10_000_000 + len(b"<worksheet></worksheet>")).to_bytes(4, "little")
    assert bomb.count(size) == 2
    with pytest.raises(ImportRefusedError, match="unpacks to more than"):
        sniff.read(bytes(bomb).replace(size, (100).to_bytes(4, "little")), "list.xlsx")


def test_a_workbook_of_very_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "MOST_ENTRIES", 5)
    with pytest.raises(ImportRefusedError, match="unpacks to more than"):
        sniff.read(as_xlsx(["Name"]), "list.xlsx")


def test_a_cell_far_below_all_others_does_not_fill_the_memory() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="CV1048576"><v>1</v></c></row>'
    with pytest.raises(ImportRefusedError, match="far below"):
        sniff.read(rewritten(as_xlsx(["Name"]), sheet1=sheet_xml(cells)), "list.xlsx")


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A0"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="$A$1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</c></row>',
    ],
)
def test_a_sheet_that_is_none_is_refused(cells: str) -> None:
    with pytest.raises(ImportRefusedError, match="damaged"):
        sniff.read(rewritten(as_xlsx(["Name"]), sheet1=sheet_xml(cells)), "list.xlsx")


def test_a_number_that_is_no_time_is_refused() -> None:
    data = as_xlsx(["Name", "Duration"], ["Ann", timedelta(minutes=36)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<v>0.025</v>" in sheet
    with pytest.raises(ImportRefusedError, match="damaged"):
        sniff.read(rewritten(data, sheet1=sheet.replace(b"<v>0.025</v>", b"<v>99999999999</v>")), "list.xlsx")


def test_a_sheet_that_declares_entities_is_refused() -> None:
    xml = b'<!DOCTYPE w [<!ENTITY a "aaaa">]>' + sheet_xml('<row r="1"><c r="A1"><v>&a;</v></c></row>')
    with pytest.raises(ImportRefusedError, match="damaged"):
        sniff.read(rewritten(as_xlsx(["Name"]), sheet1=xml), "list.xlsx")


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_off_is_refused(cut: float) -> None:
    data = as_xlsx(["Name", "Email"], *([f"N{number}", f"n{number}@example.org"] for number in range(200)))
    with pytest.raises(ImportRefusedError, match="damaged"):
        sniff.read(data[: int(len(data) * cut)], "list.xlsx")


def test_parts_that_are_packed_otherwise_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 100)
    with pytest.raises(ImportRefusedError, match="damaged"):
        sniff.read(file.getvalue(), "list.xlsx")


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 10)
    with pytest.raises(ImportRefusedError, match="more than"):
        sniff.read(as_xlsx(["Name"], *([f"N{number}"] for number in range(11))), "list.xlsx")


def test_a_workbook_without_content_is_refused() -> None:
    with pytest.raises(ImportRefusedError, match="no visible sheet"):
        sniff.read(saved(openpyxl.Workbook()), "list.xlsx")
