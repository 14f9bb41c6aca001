"""Workbooks: which sheet is read, and its cells with the values that were stored beside their formulas."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from resilience.programme.imports import zip_guard
from resilience.programme.imports.csv_file import too_many_columns, too_many_rows
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.grid import MOST_COLUMNS, MOST_ROWS, Cell, Grid
from resilience.programme.imports.sheet_scan import Scan

MOST_SHEETS = 50
# The reader makes a list of every cell from A1 to the last: one cell far below all others must not make it huge.
LARGEST_AREA = 10_000_000
WORKBOOK = "xl/workbook.xml"


def read(data: bytes, name: str, score: Callable[[list[list[Cell]]], int]) -> Grid:
    """The sheet whose first rows look most like headings, by `score`; the first of several that look alike.

    Raises ImportRefusedError: bombs, passwords, macros, damage, too many rows or columns.
    """
    archive = zip_guard.opened(data, name)
    refuse_other_kinds(archive, name)
    try:
        scans = {title: Scan(archive.open(path)) for title, path in _worksheets(archive).items()}
        _refuse_large(scans, name)
        sheets = _visible(CalamineWorkbook.from_filelike(io.BytesIO(data)), set(scans))
        grids = [_grid(sheet, scans[sheet.name]) for sheet in sheets]
    except ImportRefusedError:
        raise
    # The last two: numbers in the XML that are none, or too large to be what their cell's format says.
    except (CalamineError, ElementTree.ParseError, zipfile.BadZipFile, KeyError, ValueError, OverflowError) as error:
        raise zip_guard.damaged(name) from error
    filled = [grid for grid in grids if grid.rows]
    if not filled:
        raise ImportRefusedError(_("the workbook has no visible sheet with anything in it"), name, "")
    chosen = max(filled, key=lambda grid: score(grid.rows[:50]))
    others = [grid.written for grid in filled if grid is not chosen]
    if others:
        chosen.notes.append(
            _("Read from the sheet %(sheet)s alone; not read: %(others)s.")
            % {"sheet": chosen.written, "others": ", ".join(others)}
        )
    chosen.written = _("sheet %(sheet)s") % {"sheet": chosen.written}
    return chosen


def refuse_other_kinds(archive: zipfile.ZipFile, name: str) -> None:
    """Raises ImportRefusedError for what is a zip file, but not a workbook without macros."""
    names = set(archive.namelist())
    if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
        raise ImportRefusedError(
            _("this is an OpenDocument file"),
            name,
            _("Save it as XLSX or CSV: both are among the choices of “Save as”."),
        )
    if any(entry.endswith("vbaProject.bin") for entry in names):
        raise ImportRefusedError(
            _("this is a workbook with macros, and they could be made to run"),
            name,
            _("Save it as XLSX, without macros."),
        )
    if "xl/workbook.bin" in names:
        raise ImportRefusedError(_("this is a binary workbook (XLSB)"), name, _("Save it as XLSX or CSV."))
    if WORKBOOK not in names:
        raise ImportRefusedError(
            _("this is a ZIP file or another kind of document, not a table"),
            name,
            _("Choose the CSV or XLSX file itself."),
        )


def _worksheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Paths in the archive of the worksheets by title, in the order of the workbook."""
    kinds: dict[str, tuple[str, str]] = {}
    for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        kinds[link.get("Id", "")] = (link.get("Type", ""), link.get("Target", ""))
    found: dict[str, str] = {}
    for sheet in ElementTree.fromstring(archive.read(WORKBOOK)).iter():
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        reference = next((value for key, value in sheet.attrib.items() if key.rpartition("}")[2] == "id"), "")
        kind, target = kinds.get(reference, ("", ""))
        if kind.endswith("/worksheet") and len(found) < MOST_SHEETS:
            found[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return found


def _refuse_large(scans: dict[str, Scan], name: str) -> None:
    for scan in scans.values():
        if scan.columns > MOST_COLUMNS:
            raise too_many_columns(name)
        if scan.filled > MOST_ROWS + 1:
            raise too_many_rows(name)
    if sum(scan.rows * scan.columns for scan in scans.values()) > LARGEST_AREA:
        raise ImportRefusedError(
            _("a cell with content stands far below or far right of all others"),
            name,
            _("Delete the empty rows and columns, or copy the table into a new workbook."),
        )


def _visible(book: CalamineWorkbook, known: set[str]) -> list[CalamineSheet]:
    return [
        book.get_sheet_by_name(about.name)
        for about in book.sheets_metadata
        if about.name in known and str(about.visible).endswith("Visible")
    ]


def _grid(sheet: CalamineSheet, scan: Scan) -> Grid:
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    for (row, column), text in scan.texts.items():
        # Formulas without a value may stand beyond the last cell that has one.
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = text
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
    return Grid("xlsx", rows, sheet.name, merged)
