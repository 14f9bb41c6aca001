"""Tables to take away: CSV that spreadsheet programs read right, and that runs nothing in them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import IO

from django.http import HttpResponse

# A cell beginning with one of these is run as a formula by spreadsheet programs.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: object) -> object:
    """A text that a spreadsheet program would run as a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def write_table(file: IO[str] | HttpResponse, columns: Sequence[object], rows: Iterable[Iterable[object]]) -> None:
    """Columns and rows as CSV (UTF-8 with a mark, by which spreadsheet programs know the encoding)."""
    file.write("\ufeff")
    table = csv.writer(file)
    table.writerow([harmless(cell) for cell in columns])
    for row in rows:
        table.writerow([harmless(cell) for cell in row])


def table_file(name: str, columns: Sequence[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A table as a download called `name`.csv."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    write_table(response, columns, rows)
    return response
