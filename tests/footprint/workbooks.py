"""Small workbooks in the two forms of the government's conversion factors, with values made up for the tests."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from resilience.footprint.editions import wanted
from resilience.footprint.official_sheets import FLAT, Wanted

COLUMNS = ["ID", "Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text", "UOM", "GHG/Unit"]


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def figure(want: Wanted) -> float:
    """A figure unlike any other's, in the workbook's unit."""
    return (0.1 + 0.01 * [row.series for row in wanted()].index(want.series)) * want.per


def flat(year: int = 2026, change: Callable[[Worksheet], None] = lambda page: None) -> bytes:
    """The flat file: a title, an empty line, the headings, then one figure a row amid rows that are not ours."""
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = FLAT
    page.append(["Conversion factors, made up for a test"])
    page.append([])
    page.append([*COLUMNS, f"GHG Conversion Factor {year}"])
    for number, want in enumerate(wanted()):
        row_id = want.row_id or f"99_{number}_1"
        labels = [
            "Scope 3",
            want.level_1,
            want.level_2 or "Something",
            want.level_3,
            None,
            want.column_text or None,
            want.uom,
        ]
        page.append([row_id, *labels, "kg CO2e", figure(want)])
        page.append([f"{row_id}_co2", *labels, "kg CO2e of CO2 per unit", 0.5 * figure(want)])
    change(page)
    return saved(book)


def ordinary(year: int = 2026, change: Callable[[openpyxl.Workbook], None] = lambda book: None) -> bytes:
    """The ordinary workbook: a sheet a subject with a head, tables with merged labels and a group over the columns."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Introduction"
    for level_1 in dict.fromkeys(want.level_1 for want in wanted()):
        page = book.create_sheet(level_1)
        page.append([level_1])
        page.append(["Emissions source:", None, level_1, None, "Year:", None, year])
        page.append([])
        ours = [want for want in wanted() if want.level_1 == level_1]
        for group in dict.fromkeys(want.column_text for want in ours):
            page.append([None, None, None, None, group or None, None])
            page.append(["Activity", "Type", "Unit", "Year", "kg CO2e", "kg CO2e of CO2 per unit"])
            # The first label is merged over all rows, as people lay out tables.
            merged = ["Everything"]
            for want in (want for want in ours if want.column_text == group):
                page.append([merged.pop() if merged else None, want.level_3, want.uom, year, figure(want), 0.5])
                page.append([None, None, "another unit", year, 9.0, 9.0])
            page.append([])
    change(book)
    return saved(book)
