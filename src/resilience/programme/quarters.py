"""Quarters: the programme reports by the quarters that end with March, June, September and December."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta


def quarter_end(day: date) -> date:
    """The last day of the quarter that holds the day."""
    month = 3 * ((day.month - 1) // 3) + 3
    return first_of_next(date(day.year, month, 1)) - timedelta(days=1)


def quarter_start(end: date) -> date:
    """The first day of the quarter that ends on the day."""
    return date(end.year, end.month - 2, 1)


def last_ended(today: date) -> date:
    """The last day of the last quarter that is over by the end of today."""
    end = quarter_end(today)
    return end if end == today else quarter_start(end) - timedelta(days=1)


def is_quarter_end(day: date) -> bool:
    return day == quarter_end(day)


def quarters(first: date, last: date) -> Iterator[date]:
    """The last days of every quarter from the one that holds `first` to the one that holds `last`."""
    day = quarter_end(first)
    while day <= quarter_end(last):
        yield day
        day = quarter_end(day + timedelta(days=1))


def first_of_next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
