"""A file as a grid of cells, whatever it was written with: rows counted as a spreadsheet program counts them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | datetime | date | time | timedelta
"""A text cell of nothing but white space is "". A formula without a stored value is its text, beginning with "="."""

LARGEST_FILE = 25 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 4_000
"""Bytes, rows with content, columns, characters: more than any register has, little enough to be read at once."""


@dataclass
class Grid:
    """All cells of a file, or of the sheet of it that is read.

    rows: `rows[0]` is row 1; rows without content are in it, so that numbers agree; rows may differ in length.
    written: how the file was written, for people: "UTF-8, semicolons", "sheet Attendees".
    merged: areas that stand as one cell, (first row, first column, last row, last column), counted from 0; only the
    first cell of an area holds its value.
    notes: what the reader should know about the reading.
    """

    kind: str
    rows: list[list[Cell]]
    written: str
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def text_of(cell: Cell) -> str:
    """A cell as a person would read it: 5 rather than 5.0, dates as in ISO 8601."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return str(cell)
