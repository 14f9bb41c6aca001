"""Dates as people and programs write them. Whether 3/4/26 is in March or in April is decided for a whole column."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum

from resilience.programme.imports.grid import Cell, is_blank
from resilience.programme.imports.headings import Source, plain
from resilience.programme.imports.reasons import CellError, Refused

# Day 0 of the serial dates of spreadsheets, with the leap day of 1900 that never was (ECMA-376, part 1, 18.17.4.1).
SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  a cell names no time zone
# 1954 to 2064: other numbers in a column of dates are a mistake.
SERIALS = (20_000, 60_000)
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            ("jan", "january", "ion", "ionawr"),
            ("feb", "february", "chwef", "chwefror"),
            ("mar", "march", "maw", "mawrth"),
            ("apr", "april", "ebr", "ebrill"),
            ("may", "mai"),
            ("jun", "june", "meh", "mehefin"),
            ("jul", "july", "gorff", "gorffennaf"),
            ("aug", "august", "awst"),
            ("sep", "sept", "september", "medi"),
            ("oct", "october", "hyd", "hydref"),
            ("nov", "november", "tach", "tachwedd"),
            ("dec", "december", "rhag", "rhagfyr"),
        ],
        start=1,
    )
    for name in names
}
CLOCK = (
    r"(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|BST|[+-]\d{2}:?\d{2})?)?"
)
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + CLOCK)
NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + CLOCK)
DAY_NAME = re.compile(
    r"(?:[^\W\d]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([^\W\d]+)\.?,?[\s-]+(\d{4}|\d{2})" + CLOCK
)
NAME_DAY = re.compile(r"(?:[^\W\d]+,\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})" + CLOCK)


class Order(Enum):
    """How a column writes 3/4/26."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    MIXED = "mixed"


def order_of(cells: Iterable[Cell], source: Source) -> tuple[Order, bool]:
    """The order of a column, and whether the column itself decided it.

    A number above 12 decides. Without any, Microsoft Forms writes the month first in CSV, and people here the day;
    where both stand above 12, the column is mixed, and only its unequivocal dates can be read.
    """
    day_first = month_first = either = False
    for cell in cells:
        if isinstance(cell, str) and (match := NUMBERS.fullmatch(cell.strip())):
            left, right = int(match[1]), int(match[3])
            day_first |= left > 12 >= right
            month_first |= right > 12 >= left
            either |= left <= 12 and right <= 12 and left != right
    if day_first and month_first:
        return Order.MIXED, not either
    if day_first or month_first:
        return (Order.DAY_FIRST if day_first else Order.MONTH_FIRST), True
    return (Order.MONTH_FIRST if source is not Source.PLAIN else Order.DAY_FIRST), not either


def moment(cell: Cell, order: Order) -> datetime | None:
    """The moment a cell names, without a time zone; midnight where it names a day only; None where it is blank.

    Raises CellError: bad-date, ambiguous-date.
    """
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        return datetime.combine(cell, time.min)
    if is_blank(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise CellError(Refused.BAD_DATE)
    text = str(cell).strip()
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and SERIALS[0] <= float(text) < SERIALS[1]:
        return SERIAL_ZERO + timedelta(seconds=round(float(text) * 86_400))
    found = _parts(text, order)
    if found is None:
        raise CellError(Refused.BAD_DATE)
    year, month, day, clock = found
    try:
        return datetime.combine(date(year + 2000 if year < 100 else year, month, day), _time(clock))
    except ValueError as error:
        raise CellError(Refused.BAD_DATE) from error


def is_on(cell: Cell, order: Order, days: Container[date]) -> bool:
    """Whether the cell, read in this order, names one of the days."""
    try:
        found = moment(cell, order)
    except CellError:
        return False
    return found is not None and found.date() in days


def _parts(text: str, order: Order) -> tuple[int, int, int, tuple[str | None, ...]] | None:
    """Year, month, day, and the clock's parts as they are written."""
    if match := YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4]), match.groups()[4:]
    if match := NUMBERS.fullmatch(text):
        left, right = int(match[1]), int(match[3])
        if order is Order.MIXED and left <= 12 and right <= 12 and left != right:
            raise CellError(Refused.AMBIGUOUS_DATE)
        is_month_first = right > 12 if order is Order.MIXED else order is Order.MONTH_FIRST
        month, day = (left, right) if is_month_first else (right, left)
        return int(match[4]), month, day, match.groups()[4:]
    if (match := DAY_NAME.fullmatch(text)) and (named := MONTHS.get(plain(match[2]))):
        return int(match[3]), named, int(match[1]), match.groups()[3:]
    if (match := NAME_DAY.fullmatch(text)) and (named := MONTHS.get(plain(match[1]))):
        return int(match[3]), named, int(match[2]), match.groups()[3:]
    return None


def _time(clock: tuple[str | None, ...]) -> time:
    """The time of day of the matched parts. Raises ValueError for an hour that no twelve-hour clock has."""
    hour, minute, second, half = clock
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            raise ValueError("no hour of a twelve-hour clock")
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    return time(hours, int(minute or 0), int(second or 0))
