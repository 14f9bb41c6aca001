"""What single cells say, and why some say nothing that can be used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from resilience.programme.imports import values, vocabulary
from resilience.programme.imports.grid import Cell
from resilience.programme.imports.reasons import CellError, Refused


@pytest.mark.parametrize(
    ("read", "cell", "expected"),
    [
        (values.text, "  a   b\n", "a b"),
        (values.text, 5.0, "5"),
        (values.text, '="0123"', "0123"),
        (values.text, "gpj.\u202eexe", "gpj.exe"),
        (values.email, "Ann Lee <ann@example.org>", "ann@example.org"),
        (values.email, "mailto:ann@example.org", "ann@example.org"),
        (values.email, " ann@example.org; ", "ann@example.org"),
        (values.email, "", ""),
        (values.name, "O’Neil, Siân", "O’Neil, Siân"),
        (values.minutes, "", None),
        (values.minutes, "45", 45),
        (values.minutes, "45 min", 45),
        (values.minutes, "1:30", 90),
        (values.minutes, "00:44:30", 45),
        (values.minutes, "1h 30m 20s", 90),
        (values.minutes, "2 hours", 120),
        (values.minutes, 44.5, 45),
        (values.minutes, time(1, 30), 90),
        (values.minutes, timedelta(minutes=12), 12),
        (values.minutes, 0, 0),
        (values.minutes, 1440, 1440),
        (values.number, "1,200", 1200),
        (values.number, 30.0, 30),
        (values.year_group, "Y9", "Year 9"),
        (values.year_group, "09", "Year 9"),
        (values.year_group, "S3", "S3"),
        (values.region, "west midlands", "TLG"),
        (values.region, "Cymru", "TLL"),
        (values.region, "Mars", ""),
        (values.region_of_postcode, "B15 2TT", "TLG"),
        (values.region_of_postcode, "eh14", "TLM"),
        (values.region_of_postcode, "nowhere", ""),
    ],
)
def test_a_cell_is_read(read: Callable[[Cell], Any], cell: Cell, expected: Any) -> None:
    assert read(cell) == expected


@pytest.mark.parametrize(
    ("read", "cell", "reason"),
    [
        (values.text, "=1+1", Refused.FORMULA),
        (values.text, '=HYPERLINK("http://x")', Refused.FORMULA),
        (values.text, "#REF!", Refused.ERROR_VALUE),
        (values.text, "a\x00b", Refused.BAD_TEXT),
        (values.text, "x" * 4001, Refused.TOO_LONG),
        (values.email, "ann@", Refused.BAD_EMAIL),
        (values.email, "ann at example.org", Refused.BAD_EMAIL),
        (values.email, "a" * 250 + "@example.org", Refused.TOO_LONG),
        (values.name, "?!", Refused.BAD_NAME),
        (values.name, "x" * 121, Refused.TOO_LONG),
        (values.minutes, "1441", Refused.BAD_MINUTES),
        (values.minutes, -1, Refused.BAD_MINUTES),
        (values.minutes, float("nan"), Refused.BAD_MINUTES),
        (values.minutes, "an hour", Refused.BAD_MINUTES),
        (values.minutes, True, Refused.BAD_MINUTES),
        (values.number, "about 30", Refused.BAD_NUMBER),
        (values.number, 2.5, Refused.BAD_NUMBER),
        (values.number, -3, Refused.BAD_NUMBER),
    ],
)
def test_a_cell_that_cannot_be_used_says_why(read: Callable[[Cell], Any], cell: Cell, reason: Refused) -> None:
    with pytest.raises(CellError) as refused:
        read(cell)
    assert refused.value.reason is reason


def test_hours_are_minutes_times_sixty() -> None:
    assert values.minutes("1.5", 60) == 90
    assert values.minutes(2.0, 60) == 120


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("Checked In", "present"),
        ("TRUE", "present"),
        ("1", "present"),
        ("✓", "present"),
        ("Presennol", "present"),
        ("Attending", "ticket"),
        ("no-show", "absent"),
        ("N", "absent"),
        ("Not Attending", "not_attending"),
        ("Refunded", "refunded"),
        ("perhaps", ""),
    ],
)
def test_words_of_statuses(said: str, meaning: str) -> None:
    assert vocabulary.meaning(vocabulary.statuses(), said) == meaning
