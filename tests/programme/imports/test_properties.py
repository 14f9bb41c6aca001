"""Whatever a file holds: every row ends once, only the documented error is raised, and nothing is half-written."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resilience.people.models import Contact, Person
from resilience.programme.imports import settle_attendance
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.models import Attendance, HeadCount, ImportBatch, Registration
from tests.programme.imports.conftest import Partner, as_xlsx, fates

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
HEADINGS = [
    "Name", "First name", "Surname", "Email", "Attended", "Minutes", "Hours", "Date", "Quantity", "Pupils",
    "Year group", "Organisation", "Region", "Postcode", "Status", "Order #", "Order Date", "Attendee Status",
    "Start time", "Completion time", "Notes", "",
]  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        ["", "Ann Lee", "Bo Ray", "ann@example.org", "bo@", "yes", "no", "Checked In", "Attending", "Refunded", "45",
         "1:30", "-5", "=1+1", '="5"', "#REF!", "3/4/26", "2026-03-04", "31/02/2026", "Total", "anonymous", "30",
         "B15 2TT", "Very satisfied", "A;B;", "\u202eevil", "x" * 130]
    ),
    st.text(max_size=20),
)  # fmt: skip
TABLES = st.integers(1, 6).flatmap(
    lambda width: st.tuples(
        st.lists(st.one_of(st.sampled_from(HEADINGS), st.text(max_size=12)), min_size=width, max_size=width),
        st.lists(st.lists(CELLS, max_size=width + 1), max_size=8),
    )
)
WHAT = st.sampled_from(["attendance", "evaluation"])
TABLES_OF_THE_PARTNER = (Person, Contact, Registration, Attendance, HeadCount, ImportBatch)


def written(headings: list[str], rows: list[list[str]], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([headings, *rows])
    return text.getvalue()


def counts() -> list[int]:
    return [model.objects.count() for model in TABLES_OF_THE_PARTNER]


def brought_in_and_taken_back(partner: Partner, data: bytes, **kwargs: Any) -> None:
    """The dry run and the import agree on every row; afterwards the store is as it was."""
    try:
        plan = partner.plan(data, **kwargs)
    except ImportRefusedError:
        return
    with transaction.atomic():
        batch, done = partner.bring_in(data, **kwargs)
        transaction.set_rollback(True)
    assert fates(plan) == fates(done)
    assert (batch is None) == (not done.imported and not done.merged)
    told = done.as_dict(None)
    assert told["imported"] + told["merged"] + len(told["refused"]) == told["rows"]


@QUICK
@given(
    table=TABLES,
    separator=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "iso8859-2", "koi8-r"]),
    what=WHAT,
    present=st.booleans(),
)
def test_any_table_in_any_encoding_ends_row_by_row(
    partner: Partner, table: tuple[list[str], list[list[str]]], separator: str, encoding: str, what: str, present: bool
) -> None:
    data = written(*table, separator).encode(encoding, errors="ignore")
    brought_in_and_taken_back(partner, data, what=what, present=present)


@QUICK
@given(
    data=st.binary(max_size=400),
    prefix=st.sampled_from([b"", b"PK\x03\x04", b"Name,Email\n", b"\xff\xfe", b"\xef\xbb\xbf"]),
)
def test_any_bytes_are_read_or_refused(partner: Partner, data: bytes, prefix: bytes) -> None:
    brought_in_and_taken_back(partner, prefix + data)


VALUES = st.one_of(
    CELLS.map(lambda text: "".join(c for c in text if c.isprintable())),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.none(),
    st.datetimes(min_value=datetime(1950, 1, 1)),  # noqa: DTZ001
    st.times(),
)


@settings(QUICK, max_examples=30)
@given(
    headings=st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=6),
    rows=st.lists(st.lists(VALUES, max_size=6), max_size=6),
    what=WHAT,
)
def test_any_workbook_ends_row_by_row(
    partner: Partner, headings: list[str], rows: list[list[object]], what: str
) -> None:
    brought_in_and_taken_back(partner, as_xlsx(headings, *rows), what=what)


@settings(QUICK, max_examples=25)
@given(table=TABLES)
def test_any_import_that_fails_leaves_nothing(partner: Partner, table: tuple[list[str], list[list[str]]]) -> None:
    data = written(*table, ",").encode("utf-8", errors="ignore")
    before = counts()
    write = settle_attendance.write

    def fails_when_done(*args: Any) -> Any:
        write(*args)
        raise DatabaseError("the disk is full")

    settle_attendance.write = fails_when_done
    try:
        partner.bring_in(data)
    except (ImportRefusedError, DatabaseError):
        pass
    finally:
        settle_attendance.write = write
    assert counts() == before
