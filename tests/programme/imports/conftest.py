"""A partner with a training day and an outreach day; files made on the spot; imports in one call."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from resilience.people.models import Organisation
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import activities
from resilience.programme.activities import Sitting
from resilience.programme.imports import commit, mapping
from resilience.programme.imports.loaded import load
from resilience.programme.imports.options import Options
from resilience.programme.imports.plan import Plan
from resilience.programme.models import Activity, ImportBatch

DAY = datetime(2026, 3, 4, 9, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def as_csv(*rows: Sequence[object], separator: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(*rows: Sequence[object], merged: Sequence[str] = (), title: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    book.close()
    return file.getvalue()


@dataclass
class Partner:
    """An organisation with one activity of each kind that files are imported into."""

    organisation: Organisation
    training: Activity
    cohort: Activity
    outreach: Activity
    folder: Path

    def write(self, data: bytes, name: str = "list.csv") -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def plan(self, data: bytes, **kwargs: Any) -> Plan:
        return self._run(commit.dry_run, data, **kwargs)

    def bring_in(self, data: bytes, **kwargs: Any) -> tuple[ImportBatch | None, Plan]:
        def run(*given: Any) -> tuple[ImportBatch | None, Plan]:
            return commit.commit(*given, NOBODY, NOW)

        return self._run(run, data, **kwargs)

    def _run(
        self,
        run: Callable[..., Any],
        data: bytes,
        *,
        activity: Activity | None = None,
        what: str = "attendance",
        name: str = "list.csv",
        fields: list[str] | None = None,
        **options: Any,
    ) -> Any:
        loaded = load(self.write(data), name)
        chosen = fields or mapping.propose(loaded.header, what, self.organisation)
        return run(loaded, activity or self.training, what, chosen, Options(**options))


def make(organisation: Organisation, code: str, kind: str, days: Sequence[int]) -> Activity:
    sittings = [Sitting(DAY + timedelta(days=day), DAY + timedelta(days=day, hours=7)) for day in days]
    return activities.create(
        organisation,
        NOBODY,
        kind=kind,
        format="in-person",
        title=f"A {kind}",
        code=code,
        status="open",
        sittings=sittings,
    )


def make_partner(folder: Path) -> Partner:
    organisation = Organisation.objects.create(name="University of Somewhere")
    with within(organisation):
        return Partner(
            organisation,
            make(organisation, "TRA-1", "training", [0]),
            make(organisation, "LEA-1", "leadership", [0, 7]),
            make(organisation, "OUT-1", "outreach", [0]),
            folder,
        )


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages in English, whichever language a page was asked for before."""
    with translation.override("en"):
        yield


@pytest.fixture
def partner(embedded_store: str, tmp_path: Path) -> Iterator[Partner]:
    made = make_partner(tmp_path)
    with within(made.organisation):
        yield made


@pytest.fixture
def partner_anywhere(store: str, tmp_path: Path) -> Iterator[Partner]:
    """The same on both kinds of database."""
    made = make_partner(tmp_path)
    with within(made.organisation):
        yield made


def fates(plan: Plan) -> tuple[list[int], dict[int, str], dict[int, tuple[str, str]]]:
    """Rows imported; merged with why; refused with column and why. All rows are in it, once."""
    merged = {row: why.value for row, why in plan.merged}
    refused = {one.row: (one.column, one.reason.value) for one in plan.refused}
    rows = [*plan.imported, *merged, *refused]
    assert len(rows) == len(set(rows)) == plan.rows
    return sorted(plan.imported), merged, refused
