from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest

from resilience.footprint import FootprintError, spreadsheet
from resilience.footprint.spreadsheet import Spreadsheet
from tests.footprint.workbooks import flat, saved


def archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def small_workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "One"
    book.active.append(["  a  label ", 2, None, True])
    book.active.append([])
    book.active.append(["x", 0.5])
    return book


def test_rows_keep_their_numbers_and_labels_lose_their_spaces() -> None:
    rows = Spreadsheet(saved(small_workbook())).rows("One")
    assert [(row.number, row.cells[:2]) for row in rows] == [(1, ("a label", 2.0)), (3, ("x", 0.5))]
    assert rows[0].cells[3] is None


def test_a_missing_sheet_is_named_with_those_that_are_there() -> None:
    with pytest.raises(FootprintError, match="the sheet `Two` is missing It has: One"):
        Spreadsheet(saved(small_workbook())).rows("Two")


@pytest.mark.parametrize(
    "data",
    [b"", b"ID,Scope\n1,2\n", archive({"hello.txt": b"hello"}), flat()[:2000], flat()[:-30]],
    ids=["empty", "csv", "other zip", "cut short", "tail lost"],
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(FootprintError, match="this is no XLSX workbook"):
        Spreadsheet(data)


def test_a_workbook_with_a_broken_inside_is_refused() -> None:
    with pytest.raises(FootprintError, match="the workbook cannot be read"):
        Spreadsheet(archive({"xl/workbook.xml": b"<workbook", "[Content_Types].xml": b"<Types/>"}))


def test_too_large_a_file_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAXIMUM_BYTES", 1000)
    with pytest.raises(FootprintError, match="the file has more than"):
        Spreadsheet(flat())


def test_a_zip_bomb_is_refused_without_being_unpacked_to_the_end() -> None:
    bomb = archive({"xl/workbook.xml": b"<x/>", "xl/media/zeros": bytes(spreadsheet.MAXIMUM_UNPACKED + 1)})
    assert len(bomb) < 1_000_000
    with pytest.raises(FootprintError, match="it unpacks to more than 150 MB"):
        Spreadsheet(bomb)


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    honest = archive({"xl/workbook.xml": b"<x/>" * 10_000})
    # The stated size of the unpacked part, in its own header and in the directory.
    lying = honest.replace(struct.pack("<L", 40_000), struct.pack("<L", 4))
    assert lying != honest
    with pytest.raises(FootprintError, match="this is no XLSX workbook"):
        Spreadsheet(lying)


def test_too_many_parts_are_refused() -> None:
    parts = {f"xl/part{number}": b"" for number in range(spreadsheet.MAXIMUM_PARTS)}
    with pytest.raises(FootprintError, match="more than 1,000 parts"):
        Spreadsheet(archive({"xl/workbook.xml": b"<x/>", **parts}))


def test_a_cell_at_the_far_corner_is_refused_quickly() -> None:
    book = small_workbook()
    assert book.active is not None
    book.active.cell(5, 16_384).value = 1
    with pytest.raises(FootprintError, match="sheet `One`, row 5: it has more than 200 columns"):
        Spreadsheet(saved(book)).rows("One")
    deep = small_workbook()
    assert deep.active is not None
    deep.active.cell(1_048_576, 1).value = 1
    with pytest.raises(FootprintError, match="sheet `One`: it has more than 50,000 rows"):
        Spreadsheet(saved(deep)).rows("One")


def test_formulas_are_read_by_their_stored_values_and_never_run() -> None:
    book = small_workbook()
    assert book.active is not None
    book.active.append(["=1+1"])
    assert all(row.number != 4 for row in Spreadsheet(saved(book)).rows("One"))
