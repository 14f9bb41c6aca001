"""Dates in the formats that spreadsheets and forms write."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from resilience.programme.imports.dates import Order, moment, order_of
from resilience.programme.imports.grid import Cell
from resilience.programme.imports.headings import Source
from resilience.programme.imports.reasons import CellError, Refused

THAT_DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-04",
        "2026/3/4",
        "04/03/2026",
        "4/3/26",
        "4.3.2026",
        "04-03-2026",
        "4 March 2026",
        "4th of March 2026",
        "Wednesday, 4 Mar 2026",
        "March 4, 2026",
        "4-Mar-26",
        "4 Mawrth 2026",
        "46085",
        46085,
        46085.75,
        THAT_DAY,
        datetime.combine(THAT_DAY, time(9, 30)),
    ],
)
def test_one_day_in_many_formats(cell: Cell) -> None:
    read = moment(cell, Order.DAY_FIRST)
    assert read is not None
    assert read.date() == THAT_DAY


@pytest.mark.parametrize(
    ("cell", "hour"),
    [("2026-03-04T09:30:00Z", 9), ("3/4/26 9:30:15", 9), ("3/4/2026 1:05 PM", 13), ("3/4/26 12:05 am", 0)],
)
def test_times_of_day_are_read_with_the_date(cell: str, hour: int) -> None:
    read = moment(cell, Order.MONTH_FIRST)
    assert read is not None
    assert (read.date(), read.hour) == (THAT_DAY, hour)


@pytest.mark.parametrize(
    "cell",
    ["31/02/2026", "2026-13-01", "soon", "4 Smarch 2026", "1/2/3/4", "12", 7.0, True, "13:70", "3/4/26 13:05 PM"],
)
def test_what_is_no_date_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError) as refused:
        moment(cell, Order.DAY_FIRST)
    assert refused.value.reason is Refused.BAD_DATE


def test_a_blank_cell_is_no_date_and_no_error() -> None:
    assert moment(" ", Order.DAY_FIRST) is None


@pytest.mark.parametrize(
    ("cells", "source", "expected"),
    [
        (["3/4/26", "25/4/26"], Source.MICROSOFT_FORMS, (Order.DAY_FIRST, True)),
        (["3/4/26", "4/25/26"], Source.PLAIN, (Order.MONTH_FIRST, True)),
        (["3/4/26", "5/6/26"], Source.PLAIN, (Order.DAY_FIRST, False)),
        (["3/4/26", "5/6/26"], Source.MICROSOFT_FORMS, (Order.MONTH_FIRST, False)),
        (["4/4/26", "2026-03-04"], Source.PLAIN, (Order.DAY_FIRST, True)),
        (["25/4/26", "4/25/26"], Source.PLAIN, (Order.MIXED, True)),
        (["25/4/26", "4/25/26", "3/4/26"], Source.PLAIN, (Order.MIXED, False)),
    ],
)
def test_the_whole_column_decides_what_comes_first(
    cells: list[Cell], source: Source, expected: tuple[Order, bool]
) -> None:
    assert order_of(cells, source) == expected


def test_in_a_mixed_column_only_the_unequivocal_dates_are_read() -> None:
    assert moment("25/4/26", Order.MIXED) == moment("4/25/26", Order.MIXED)
    assert moment("4/4/26", Order.MIXED) is not None
    with pytest.raises(CellError) as refused:
        moment("3/4/26", Order.MIXED)
    assert refused.value.reason is Refused.AMBIGUOUS_DATE
