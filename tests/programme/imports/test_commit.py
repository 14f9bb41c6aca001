"""All of a file or nothing; the same file once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from resilience.people import persons
from resilience.people.models import Contact, Organisation, Person, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.programme import activities
from resilience.programme.imports import commit, settle_attendance, settle_evaluation
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.models import (
    Attendance,
    EvaluationAnswer,
    HeadCount,
    ImportBatch,
    ImportRow,
    Registration,
    SourceMapping,
)
from tests.programme.imports.conftest import NOW, Partner, as_csv

WRITTEN = (
    Person, Contact, Organisation, Registration, Attendance, HeadCount, EvaluationAnswer, ImportBatch, ImportRow,
    SourceMapping, TrailEntry,
)  # fmt: skip
FILE = as_csv(
    ["Name", "Email", "Employer", "Quantity"],
    ["Ann Lee", "ann@example.org", "Pharma", 2],
    ["Ann Lee", "ann@example.org", "Pharma", 1],
    ["Bo Ray", "bo@", "", 1],
)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in WRITTEN}


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (persons, "meet_all"),
        (settle_attendance, "write"),
        (settle_attendance, "insert_many"),
        (HeadCount.objects, "bulk_create"),
        (commit, "_record"),
        (ImportRow.objects, "bulk_create"),
        (commit.mapping, "remember"),
        (commit.trail, "add"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_failure_at_any_step_leaves_nothing_behind(
    partner_anywhere: Partner, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    before = counts()
    step = getattr(module, name)

    def fails_when_done(*args: Any, **kwargs: Any) -> Any:
        step(*args, **kwargs)
        raise DatabaseError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(module, name, fails_when_done)
        with pytest.raises(DatabaseError, match="disk is full"):
            partner_anywhere.bring_in(FILE)
    assert counts() == before
    batch, _plan = partner_anywhere.bring_in(FILE)
    assert batch is not None
    assert counts()["Attendance"] == before["Attendance"] + 1


def test_an_evaluation_that_fails_leaves_nothing_behind(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counts()

    def fails(*_args: Any) -> Any:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(settle_evaluation, "write", fails)
    with pytest.raises(DatabaseError):
        partner.bring_in(as_csv(["Email", "Overall"], ["ann@example.org", "4"]), what="evaluation")
    assert counts() == before


def test_the_batch_its_rows_and_the_trail_tell_what_was_done(partner: Partner) -> None:
    batch, _plan = partner.bring_in(FILE)
    assert batch is not None
    assert batch.mapping["columns"]["Email"] == "email"
    rows = set(ImportRow.objects.filter(batch=batch).values_list("row", "column", "fate", "reason"))
    assert rows == {(3, "", "merged", "same-in-file"), (4, "Email", "refused", "bad-email")}
    entry = TrailEntry.objects.get(what="file imported")
    assert entry.about == "activity:TRA-1"
    assert entry.new == {
        "batch": str(batch.pk), "what": "attendance", "source": "plain",
        "rows": 3, "imported": 1, "merged": 1, "refused": 1,
    }  # fmt: skip


def test_no_name_or_address_stands_where_rows_are_remembered(partner: Partner) -> None:
    batch, _plan = partner.bring_in(FILE)
    kept = str([*ImportBatch.objects.values(), *ImportRow.objects.values(), *TrailEntry.objects.values()])
    assert batch is not None
    assert "ann@example.org" not in kept
    assert "Ann Lee" not in kept


def test_the_same_file_twice_is_refused_with_a_kind_word(partner: Partner) -> None:
    partner.bring_in(FILE)
    after = counts()
    for again in (partner.bring_in, partner.plan):
        with pytest.raises(ImportRefusedError, match="imported already, on 10 March 2026") as refused:
            again(FILE, name="another name.csv")
        assert "undo that import first" in refused.value.fix
    assert counts() == after


def test_the_same_file_is_another_import_for_another_activity_or_level(partner: Partner) -> None:
    partner.bring_in(FILE)
    partner.bring_in(FILE, activity=partner.outreach)
    assert Attendance.objects.count() == 2
    assert Person.objects.count() == 1


def test_a_cancelled_activity_takes_no_file_and_a_closed_one_does(partner: Partner) -> None:
    activities.close(partner.training, NOBODY, NOW)
    assert partner.bring_in(FILE)[0] is not None
    called_off = activities.cancel(partner.cohort, NOBODY, "nobody came", NOW - timedelta(days=30))
    with pytest.raises(ImportRefusedError, match="cancelled"):
        partner.plan(FILE, activity=called_off)


def test_a_file_of_which_no_row_can_be_used_makes_no_batch(partner: Partner) -> None:
    before = counts()
    batch, plan = partner.bring_in(as_csv(["Name", "Email"], ["", "x"], ["Bo", "y@"]))
    assert batch is None
    assert len(plan.refused) == 2
    assert counts() == before


def test_progress_grows_to_the_end(partner: Partner) -> None:
    told: list[tuple[int, int]] = []
    from resilience.programme.imports import mapping
    from resilience.programme.imports.loaded import load
    from resilience.programme.imports.options import Options

    loaded = load(partner.write(FILE), "list.csv")
    fields = mapping.propose(loaded.header, "attendance")
    commit.commit(
        loaded,
        partner.training,
        "attendance",
        fields,
        Options(),
        NOBODY,
        NOW,
        lambda done, total: told.append((done, total)),
    )
    assert told == sorted(told)
    assert told[-1] == (9, 9)
