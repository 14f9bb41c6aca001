from __future__ import annotations

from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from resilience.footprint import FootprintError, built_in_factors, propose
from tests.footprint.workbooks import flat, ordinary, saved


def set_cell(row: int, column: int, value: object) -> Callable[[Worksheet], None]:
    def change(page: Worksheet) -> None:
        page.cell(row, column).value = value  # type: ignore[assignment]

    return change


def duplicate_glass(page: Worksheet) -> None:
    for row in list(page.iter_rows(min_row=4, values_only=True)):
        if row[4] == "Glass" and row[8] == "kg CO2e":
            page.append(row)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_cell(3, 1, "Code"), "sheet `Factors by Category`: no row holds the headings `ID` and `Level 1`"),
        (set_cell(3, 8, "Measure"), "sheet `Factors by Category`, row 3: the column `UOM` is missing"),
        (set_cell(3, 10, "Factor"), r"row 3: the column `GHG Conversion Factor \(year\)` is missing"),
        (set_cell(4, 10, "n/a"), r"row 4: the figure of `elec_uk_gen` is no positive number; it says 'n/a'"),
        (set_cell(4, 10, None), "row 4: the figure of `elec_uk_gen` is no positive number; it says nothing"),
        (set_cell(4, 10, -0.2), r"row 4: the figure of `elec_uk_gen` is no positive number; it says -0\.2"),
        (set_cell(4, 8, "MWh"), "row 4: 7_400_4000_5_1 is no longer UK electricity"),
        (set_cell(4, 9, "kg CO2e of CO2 per unit"), "row 4: 7_400_4000_5_1 is no longer"),
        (duplicate_glass, "`mat_glass` fits rows"),
    ],
)
def test_a_flat_file_that_cannot_be_trusted_is_refused_with_its_place(
    change: Callable[[Worksheet], None], said: str
) -> None:
    with pytest.raises(FootprintError, match=said):
        propose(flat(change=change), built_in_factors())


def drop_sheet(book: openpyxl.Workbook) -> None:
    del book["Hotel stay"]


def drop_heading(book: openpyxl.Workbook) -> None:
    book["Material use"].cell(4, 5).value = "Re-used"


def drop_row(book: openpyxl.Workbook) -> None:
    page = book["Material use"]
    for row in range(page.max_row, 5, -1):
        if page.cell(row, 2).value == "Glass":
            page.delete_rows(row, 2)


@pytest.mark.parametrize(
    ("change", "series", "said"),
    [
        (drop_sheet, "hotel_night_uk", "no sheet `Hotel stay`"),
        (drop_heading, "mat_pp", "no column `Primary material production`"),
        (drop_row, "mat_glass", "sheet `Material use`: no row Glass, tonnes"),
    ],
)
def test_what_an_ordinary_workbook_lacks_is_named(
    change: Callable[[openpyxl.Workbook], None], series: str, said: str
) -> None:
    missing = propose(ordinary(change=change), built_in_factors()).missing
    assert said in missing[series]


def other_year(book: openpyxl.Workbook) -> None:
    book["Hotel stay"].cell(2, 7).value = 2024


def no_year(book: openpyxl.Workbook) -> None:
    book["Hotel stay"].cell(2, 5).value = "Edition:"


@pytest.mark.parametrize(
    ("change", "said"),
    [(other_year, "sheets are of different years"), (no_year, "sheet `Hotel stay`: its head states no `Year:`")],
)
def test_an_ordinary_workbook_without_one_year_is_refused(
    change: Callable[[openpyxl.Workbook], None], said: str
) -> None:
    with pytest.raises(FootprintError, match=said):
        propose(ordinary(change=change), built_in_factors())


def test_a_workbook_about_something_else_is_refused() -> None:
    with pytest.raises(FootprintError, match="neither the sheet `Factors by Category` nor any of"):
        propose(saved(openpyxl.Workbook()), built_in_factors())


def test_a_heading_of_its_own_serves_as_well_as_a_group_over_it() -> None:
    def flat_headings(book: openpyxl.Workbook) -> None:
        page = book["Material use"]
        page.delete_rows(4)
        page.cell(4, 5).value = "Primary material production"

    plain = propose(ordinary(change=flat_headings), built_in_factors())
    grouped = propose(ordinary(), built_in_factors())
    assert {one.series: one.new for one in plain.changes} == {one.series: one.new for one in grouped.changes}
