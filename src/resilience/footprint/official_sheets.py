"""Where figures stand in the government's conversion factor workbook, in its two forms.

The flat file has one table, a figure a row, with ids that stay from year to year. The ordinary workbook (full or
condensed set) has a sheet a subject with small tables for people: labels left of "Unit", figures right of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from resilience.footprint import tables
from resilience.footprint.errors import FootprintError
from resilience.footprint.spreadsheet import Cell, Row, Spreadsheet

FLAT = "Factors by Category"
_COLUMNS = ("ID", "Level 1", "Level 2", "Level 3", "Column Text", "UOM", "GHG/Unit")
_FACTOR_COLUMN = re.compile(r"^GHG Conversion Factor (20\d\d)$")
_GAS = "kg CO2e"
# The year stands among the first lines of a sheet.
_HEAD = 12


class Wanted(tables.Row):
    """A row of official.csv. `per` turns the workbook's unit into the factor's: 1000 from tonnes to kg."""

    series: str
    row_id: str = ""
    level_1: Annotated[str, Field(min_length=2)]
    level_2: str = ""
    level_3: Annotated[str, Field(min_length=2)]
    column_text: str = ""
    uom: Annotated[str, Field(min_length=2)]
    per: Annotated[float, Field(gt=0)]

    @property
    def levels(self) -> str:
        parts = (self.level_1, self.level_2, self.level_3, self.column_text, self.uom)
        return " > ".join(part for part in parts if part)


@dataclass(frozen=True)
class Found:
    """A figure in the factor's unit, and where it stood."""

    value: float
    sheet: str
    row: str


Result = tuple[Literal["flat", "sheets"], int, dict[str, Found], dict[str, str]]


def read(book: Spreadsheet, wanted: Sequence[Wanted]) -> Result:
    """Form, edition, figures by series, and what was missing by series. Raises FootprintError."""
    if FLAT in book.names:
        return _read_flat(book.rows(FLAT), wanted)
    return _read_sheets(book, wanted)


def _number(cell: Cell, series: str, where: str, per: float) -> float:
    if not isinstance(cell, float) or not cell > 0:
        said = "nothing" if cell is None else repr(cell)
        raise FootprintError(
            f"the figure of `{series}` is no positive number; it says {said}", where, "Check the workbook."
        )
    return cell / per


# The flat file -----------------------------------------------------------------------------------------------------


def _read_flat(rows: list[Row], wanted: Sequence[Wanted]) -> Result:
    head, columns, factor_column, edition = _flat_head(rows)
    table: list[tuple[Row, dict[str, str]]] = []
    for row in rows:
        if row.number > head:
            table.append((row, {name: _text(row, column) for name, column in columns.items()}))
    by_id = {texts["ID"]: (row, texts) for row, texts in table if texts["ID"]}
    found: dict[str, Found] = {}
    missing: dict[str, str] = {}
    for want in wanted:
        if want.row_id:
            matches = [by_id[want.row_id]] if want.row_id in by_id else []
        else:
            matches = [(row, texts) for row, texts in table if _same(texts, want)]
        if not matches:
            missing[want.series] = f"sheet `{FLAT}`: no row {want.row_id or want.levels}"
            continue
        row, texts = matches[0]
        where = f"sheet `{FLAT}`, row {row.number}"
        if len(matches) > 1:
            others = ", ".join(str(other.number) for other, _ in matches)
            raise FootprintError(f"`{want.series}` fits rows {others}", f"sheet `{FLAT}`", "Check the workbook.")
        if not _same(texts, want):
            raise FootprintError(
                f"{want.row_id} is no longer {want.levels}, in {_GAS}", where, "The ids have changed: do not import it."
            )
        value = _number(_cell(row, factor_column), want.series, where, want.per)
        found[want.series] = Found(value, FLAT, texts["ID"] or str(row.number))
    return "flat", edition, found, missing


def _flat_head(rows: list[Row]) -> tuple[int, dict[str, int], int, int]:
    for row in rows:
        if "ID" in row.cells and "Level 1" in row.cells:
            break
    else:
        raise FootprintError("no row holds the headings `ID` and `Level 1`", f"sheet `{FLAT}`", "Check the workbook.")
    where = f"sheet `{FLAT}`, row {row.number}"
    columns = {}
    for name in _COLUMNS:
        if name not in row.cells:
            raise FootprintError(f"the column `{name}` is missing", where, "Check the workbook.")
        columns[name] = row.cells.index(name)
    for index, cell in enumerate(row.cells):
        match = _FACTOR_COLUMN.match(cell) if isinstance(cell, str) else None
        if match:
            return row.number, columns, index, int(match.group(1))
    raise FootprintError("the column `GHG Conversion Factor (year)` is missing", where, "Check the workbook.")


def _same(texts: dict[str, str], want: Wanted) -> bool:
    return texts["GHG/Unit"] == _GAS and all(
        texts[name] == value
        for name, value in (
            ("Level 1", want.level_1),
            ("Level 2", want.level_2 or texts["Level 2"]),
            ("Level 3", want.level_3),
            ("Column Text", want.column_text),
            ("UOM", want.uom),
        )
    )


def _cell(row: Row, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else None


def _text(row: Row, index: int) -> str:
    cell = _cell(row, index)
    return cell if isinstance(cell, str) else ""


# The ordinary workbook ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """A line of a small table: its labels, those above repeated for merged cells; its unit; figures by heading."""

    number: int
    labels: tuple[str, ...]
    unit: str
    figures: dict[str, Cell]


def _read_sheets(book: Spreadsheet, wanted: Sequence[Wanted]) -> Result:
    sheets = {want.level_1 for want in wanted}
    present = [name for name in book.names if name in sheets]
    if not present:
        raise FootprintError(
            f"neither the sheet `{FLAT}` nor any of {', '.join(sorted(sheets))} is there",
            "workbook",
            "Take the flat file, or the full set.",
        )
    rows = {name: book.rows(name) for name in present}
    edition = _edition(rows)
    lines = {name: list(_lines(rows[name])) for name in present}
    found: dict[str, Found] = {}
    missing: dict[str, str] = {}
    for want in wanted:
        if want.level_1 not in lines:
            missing[want.series] = f"no sheet `{want.level_1}`"
            continue
        heading = want.column_text or _GAS
        fits = [line for line in lines[want.level_1] if want.level_3 in line.labels and line.unit == want.uom]
        if not fits:
            missing[want.series] = f"sheet `{want.level_1}`: no row {want.level_3}, {want.uom}"
            continue
        with_heading = [line for line in fits if heading in line.figures]
        if not with_heading:
            missing[want.series] = f"sheet `{want.level_1}`, row {fits[0].number}: no column `{heading}`"
            continue
        line = with_heading[0]
        where = f"sheet `{want.level_1}`, row {line.number}"
        value = _number(line.figures[heading], want.series, where, want.per)
        found[want.series] = Found(value, want.level_1, str(line.number))
    return "sheets", edition, found, missing


def _edition(rows: dict[str, list[Row]]) -> int:
    """The year that every sheet states in its head; they must agree."""
    years: dict[int, str] = {}
    for name, sheet in rows.items():
        stated = [
            int(value)
            for row in sheet
            if row.number <= _HEAD
            for filled in [[cell for cell in row.cells if cell is not None]]
            for label, value in pairwise(filled)
            if label == "Year:" and isinstance(value, float) and 2000 <= value <= 2100
        ]
        if not stated:
            raise FootprintError("its head states no `Year:`", f"sheet `{name}`", "Check the workbook.")
        years[stated[0]] = name
    if len(years) > 1:
        said = ", ".join(f"{name}: {year}" for year, name in sorted(years.items()))
        raise FootprintError(f"sheets are of different years ({said})", "workbook", "Take one edition.")
    return next(iter(years))


def _lines(rows: list[Row]) -> Iterator[_Line]:
    """Every line of every table of a sheet. A row that holds `Unit` heads a table; the row above may group columns."""
    unit_at = -1
    headings: dict[int, str] = {}
    labels: list[str] = []
    unit = ""
    for above, row in zip([None, *rows], rows, strict=False):
        if "Unit" in row.cells:
            unit_at = row.cells.index("Unit")
            headings = _headings(row, above, unit_at)
            labels, unit = [""] * unit_at, ""
        elif unit_at >= 0:
            for index in range(unit_at):
                cell = _text(row, index)
                if cell:
                    # A new label ends those to its right.
                    labels[index:] = [cell] + [""] * (unit_at - index - 1)
            unit = _text(row, unit_at) or unit
            figures = {heading: _cell(row, index) for index, heading in headings.items()}
            if any(isinstance(figure, float) for figure in figures.values()):
                yield _Line(row.number, tuple(labels), unit, figures)


def _headings(row: Row, above: Row | None, unit_at: int) -> dict[int, str]:
    """Headings right of `Unit`: the group (`Unknown`, `Landfill`) over a column in kg CO2e, else the heading itself."""
    headings = {}
    group = ""
    grouped = above is not None and above.number == row.number - 1
    for index in range(unit_at + 1, len(row.cells)):
        if grouped and above is not None:
            group = _text(above, index) or group
        heading = _text(row, index)
        if heading == _GAS:
            headings[index] = group or _GAS
        elif heading and not heading.startswith(_GAS):
            headings[index] = heading
    return headings
