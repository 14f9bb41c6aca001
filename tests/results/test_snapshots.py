"""Figures that stand, why they change, what they rest on, and sentences about them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from resilience.people import persons
from resilience.people.models import PersonMerge, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme
from resilience.programme.demonstration import plan
from resilience.programme.models import Activity, Attendance, HeadCount, ImportBatch
from resilience.results import differences, evidence, figures, publications, snapshots, targets
from resilience.results.definitions import Shelf, shelf
from resilience.results.filters import Filters
from resilience.results.models import Publication, Snapshot, Target
from resilience.results.reasons import Why
from resilience.training.errors import BadInput
from tests.results.invented import AS_OF

DAY = date.fromisoformat(AS_OF)
NOW = datetime(2026, 7, 20, 9, tzinfo=UTC)


def last(code: str, day: date = DAY) -> Snapshot:
    return Snapshot.objects.filter(indicator=code, as_of=day, filters={}).order_by("-pk")[0]


def again(code: str, day: date = DAY, now: datetime = NOW) -> Snapshot:
    snapshots.freeze(day, NOBODY, now)
    return last(code, day)


# --- freezing


def test_a_frozen_figure_carries_what_it_was_counted_from(invented: None) -> None:
    found = last("trainees")
    counted = snapshots.count("trainees", DAY)
    assert (found.value, found.numerator, found.denominator) == (1200, 1200, None)
    assert found.rows_hash == counted.rows_hash == figures.hash_of(snapshots.rows_of(found))
    assert len(snapshots.rows_of(found)) == 1200
    assert found.partners == sorted(partner.name for partner in plan().partners)
    assert found.code_version.endswith(shelf().newest("trainees").content_hash[:24])
    assert TrailEntry.objects.filter(about=f"figures:{DAY}").count() == 1


def test_every_partner_and_region_is_frozen_beside_the_whole(invented: None) -> None:
    kept = Snapshot.objects.filter(indicator="students", as_of=DAY)
    partners = [row.filters["organisation"] for row in kept if "organisation" in row.filters]
    assert len(partners) == len(plan().partners)
    regions = {row.filters["region"]: row.value for row in kept if "region" in row.filters}
    for region, value in regions.items():
        assert snapshots.count("students", DAY, Filters.from_json({"region": region})).value == value
    assert snapshots.latest(DAY, Filters.from_json({"region": "TLL"}))["students"].value == regions["TLL"]


def test_a_definition_that_was_used_cannot_be_changed_in_place(
    invented: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changed = [
        one.model_copy(update={"parameters": {"kinds": ["training", "leadership"]}}) if one.code == "trainees" else one
        for one in shelf().all
    ]
    monkeypatch.setattr(snapshots, "shelf", lambda: Shelf(changed))
    with pytest.raises(BadInput, match=r"write trainees\.2\.yaml"):
        snapshots.freeze(DAY, NOBODY, NOW)
    newer = [one.model_copy(update={"version": 2}) if one.code == "trainees" else one for one in changed]
    monkeypatch.setattr(snapshots, "shelf", lambda: Shelf(newer))
    snapshots.freeze(DAY, NOBODY, NOW)
    assert last("trainees").version == 2


# --- why a figure changed


def test_a_quarter_is_explained_row_by_row(invented: None) -> None:
    """Every quarter of the demonstration: what came in, what came late, what fell out; nothing is left unexplained."""
    seen: set[Why] = set()
    ends = plan().quarter_ends
    for code in ("trainees", "students", "activities", "leaders", "leader_organisations"):
        for before, after in pairwise(ends):
            found = differences.difference(last(code, before), last(code, after))
            assert found.explained == found.change
            seen |= {line.why for line in found.lines}
    assert {Why.NEW, Why.LATE_IMPORT, Why.STATUS, Why.MERGED} <= seen


def test_reasons_name_the_activity_the_file_and_who_was_kept(invented: None) -> None:
    ends = plan().quarter_ends
    found = differences.difference(last("trainees", ends[0]), last("trainees", ends[1]))
    late = [line for line in found.lines if line.why is Why.LATE_IMPORT]
    with whole_programme("a test"):
        batch = ImportBatch.objects.get(file_name=late[0].detail["file"])
        assert batch.activity.code == late[0].detail["activity"]
        assert batch.committed_at > found.first.taken_at
        new = next(line for line in found.lines if line.why is Why.NEW)
        assert Activity.objects.get(code=new.detail["activity"]).starts_at.date() > ends[0]
    merged = [
        line
        for line in differences.difference(last("trainees", ends[4]), last("trainees", ends[5])).lines
        if line.why is Why.MERGED
    ]
    kept = {merge.kept.ref.hex for merge in PersonMerge.objects.all()}
    assert {line.detail["kept"] for line in merged} == kept
    assert len(merged) == plan().met_twice


def test_a_cancelled_activity_takes_its_people_with_it(invented: None) -> None:
    ends = plan().quarter_ends
    found = differences.difference(last("trainees", ends[2]), last("trainees", ends[3]))
    lost = [line for line in found.lines if line.change == "lost"]
    assert len(lost) == plan().on_a_cancelled_list
    assert {(line.why, line.detail["new"]) for line in lost} == {(Why.STATUS, "cancelled")}


def test_what_happens_after_a_figure_was_frozen_is_told(invented: None) -> None:
    first = last("students")
    with whole_programme("a test"):
        merge = PersonMerge.objects.all()[0]
        persons.unmerge(merge, NOBODY, at=NOW - timedelta(days=1))
        heads = HeadCount.objects.filter(activity__status="closed", kind="register").order_by("-recorded_at")[0]
        HeadCount.objects.filter(pk=heads.pk).update(number=heads.number + 4)
        gone = Attendance.objects.filter(
            meeting__activity__kind="outreach", person__in=only_once("outreach")
        ).select_related("person")[0]
        ref = gone.person.ref.hex
        gone.delete()
    found = differences.difference(first, again("students"))
    assert {(line.change, line.why, line.effect) for line in found.lines} == {
        ("gained", Why.UNMERGED, 1),
        ("changed", Why.NEW_NUMBER, 4),
        ("lost", Why.NO_EVIDENCE, -1),
    }
    assert next(line.ref for line in found.lines if line.change == "lost") == f"person:{ref}"
    assert found.explained == found.change == 4


def only_once(kind: str) -> list[int]:
    """People who were at one meeting only, and that was of this kind."""
    there: dict[int, list[str]] = {}
    for person, of in Attendance.objects.values_list("person", "meeting__activity__kind"):
        there.setdefault(person, []).append(of)
    return [person for person, kinds in there.items() if kinds == [kind]]


def test_an_undone_import_is_named(invented: None) -> None:
    first = last("trainees")
    with whole_programme("a test"):
        batch = next(
            batch
            for batch in ImportBatch.objects.filter(activity__status="closed").order_by("pk")
            if Attendance.objects.filter(batch=batch.pk, person__in=only_once("training")).exists()
        )
        Attendance.objects.filter(batch=batch.pk).delete()
        batch.undone_at = NOW - timedelta(days=1)
        batch.save()
    found = differences.difference(first, again("trainees"))
    assert found.lines
    assert {(line.change, line.why, line.detail["file"]) for line in found.lines} == {
        ("lost", Why.IMPORT_UNDONE, batch.file_name)
    }


def test_another_definition_is_a_reason(invented: None, monkeypatch: pytest.MonkeyPatch) -> None:
    first = last("trainees")
    wider = (
        shelf().newest("trainees").model_copy(update={"version": 2, "parameters": {"kinds": ["training", "outreach"]}})
    )
    both = Shelf([*shelf().all, wider])
    for module in (snapshots, differences):
        monkeypatch.setattr(module, "shelf", lambda: both)
    monkeypatch.setattr("resilience.results.reasons.shelf", lambda: both)
    found = differences.difference(first, again("trainees"))
    assert found.definition_changed
    assert found.explained == found.change == 140
    assert {line.why for line in found.lines} == {Why.DEFINITION}


def test_a_released_quarter_is_the_reason_of_a_diversity_figure(invented: None) -> None:
    ends = plan().quarter_ends
    found = differences.difference(last("leaders_female_percent", ends[4]), last("leaders_female_percent", ends[5]))
    assert {line.why for line in found.lines} == {Why.RELEASE}
    assert found.explained is None


def test_figures_that_are_not_alike_are_not_compared(invented: None) -> None:
    with pytest.raises(BadInput, match="different figures"):
        differences.difference(last("trainees"), last("students"))
    part = Snapshot.objects.filter(indicator="trainees", filters__region="TLG")[0]
    with pytest.raises(BadInput, match="different parts"):
        differences.difference(last("trainees"), part)


# --- evidence


def test_evidence_is_activities_and_counts_without_anybody(invented: None) -> None:
    found = evidence.behind(last("activities"))
    assert len(found.activities) == 170
    assert not any(value in range(1, 5) for row in found.activities for value in (row.attendances, row.heads))
    assert any(row.attendances is None for row in found.activities)
    heads = evidence.behind(last("students")).activities
    assert sum(row.heads or 0 for row in heads) == 12160
    assert evidence.behind(last("leaders_female_percent")).activities == []
    release = evidence.behind(last("leaders_female_percent")).release
    assert release is not None
    assert release.quarter == DAY
    assert len(evidence.behind(last("leader_organisations")).organisations) == 23


def test_one_activity_in_numbers(invented: None) -> None:
    snapshot = last("trainees")
    row = max(evidence.behind(snapshot).activities, key=lambda row: row.attendances or 0)
    found = evidence.activity_counts(snapshot, row.code)
    assert found is not None
    assert found.people is not None
    assert row.attendances is not None
    assert found.people <= row.attendances
    assert evidence.activity_counts(snapshot, "OUT-0") is None


def test_it_is_said_whether_a_figure_still_stands(invented: None) -> None:
    snapshot = last("trainees")
    assert evidence.unchanged(snapshot)
    with whole_programme("a test"):
        Attendance.objects.filter(person__in=only_once("training")[:1]).delete()
    assert not evidence.unchanged(snapshot)
    assert evidence.references(snapshot, 5, 2) == list(snapshots.rows_of(snapshot)[5:7])


# --- publications


def test_a_figure_is_published_as_it_is_and_withdrawn_with_a_reason(invented: None) -> None:
    text = {"en": "1,200 trainees came.", "cy": "Daeth 1,200 o hyfforddeion."}
    before = len(publications.published())
    made = publications.draft(last("trainees"), text, "1,200", NOBODY, NOW)
    assert len(publications.published()) == before
    publications.approve(made, NOBODY, NOW)
    assert publications.published()[0] == made
    with pytest.raises(BadInput, match="before"):
        publications.approve(made, NOBODY, NOW)
    with pytest.raises(BadInput, match="reason"):
        publications.withdraw(made, NOBODY, " ", NOW)
    publications.withdraw(made, NOBODY, "A list was counted twice.", NOW)
    assert len(publications.published()) == before
    assert Publication.objects.get(pk=made.pk).withdrawn_at == NOW
    about = [entry.what for entry in TrailEntry.objects.filter(about=f"publication:{made.pk}")]
    assert about == ["withdrew publication", "approved publication", "drafted publication"]


def test_an_unreachable_percentage_is_refused_with_what_could_be_printed(invented: None) -> None:
    snapshot = last("leaders_female_percent")
    snapshot.pk, snapshot.numerator, snapshot.denominator, snapshot.value = None, 49, 75, 65
    snapshot.save()
    made = publications.draft(snapshot, {"en": "66 % are female", "cy": "66 % yn fenywod"}, "66 %", NOBODY, NOW)
    with pytest.raises(publications.UnreachableError, match=r"49 is 65\.3, 50 is 66\.7") as refused:
        publications.approve(made, NOBODY, NOW)
    assert refused.value.reach.base == 75
    assert Publication.objects.get(pk=made.pk).approved_at is None


@pytest.mark.parametrize(
    ("code", "printed", "told"),
    [
        ("leaders_female_percent", "64", "41 of 64; the snapshot has 42"),
        ("trainees", "1,201", "the snapshot has 1200"),
        ("students", "13.5", "the snapshot has 13500"),
    ],
)
def test_a_figure_that_is_not_the_snapshots_is_refused(invented: None, code: str, printed: str, told: str) -> None:
    text = {"en": f"It is {printed} now.", "cy": f"Mae'n {printed} nawr."}
    made = publications.draft(last(code), text, printed, NOBODY, NOW)
    with pytest.raises(BadInput, match=told):
        publications.approve(made, NOBODY, NOW)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ({"en": "1,200 came", "cy": ""}, "1,200"),
        ({"en": "1,200 came", "cy": "Daeth llawer"}, "1,200"),
        ({"en": "many came", "cy": "Daeth llawer"}, "many"),
    ],
)
def test_a_sentence_holds_its_figure_in_both_languages(invented: None, text: dict[str, str], printed: str) -> None:
    with pytest.raises(BadInput):
        publications.draft(last("trainees"), text, printed, NOBODY, NOW)


# --- targets


def past(*values: float | None) -> list[Snapshot]:
    first = date(2025, 3, 31)
    return [Snapshot(as_of=first + timedelta(days=100 * place), value=value) for place, value in enumerate(values)]


def test_the_outlook_goes_on_at_the_mean_pace_between_the_slowest_and_the_fastest() -> None:
    found = targets.outlook(past(0, 100, 300), date(2025, 3, 31) + timedelta(days=300))
    assert found is not None
    assert (found.value, found.low, found.high, found.steps) == (
        pytest.approx(450),
        pytest.approx(400),
        pytest.approx(500),
        2,
    )


def test_only_the_last_four_steps_tell_the_pace() -> None:
    found = targets.outlook(past(0, 1000, 1100, 1200, 1300, 1400), date(2025, 3, 31) + timedelta(days=600))
    assert found is not None
    assert (found.value, found.low, found.high, found.steps) == tuple(map(pytest.approx, (1500, 1500, 1500, 4)))


def test_without_two_steps_or_for_a_day_that_is_past_nothing_is_said() -> None:
    assert targets.outlook(past(5, 6), date(2030, 1, 1)) is None
    assert targets.outlook(past(5, None, None, 6), date(2030, 1, 1)) is None
    assert targets.outlook(past(5, 6, 7), date(2025, 6, 1)) is None


def test_targets_are_set_replaced_and_taken_away(embedded_store: str) -> None:
    first = targets.set_target(NOBODY, "trainees", date(2026, 6, 30), 1000)
    targets.set_target(NOBODY, "trainees", date(2026, 6, 30), 1100)
    later = targets.set_target(NOBODY, "trainees", date(2026, 12, 31), 1600)
    assert Target.objects.get(pk=first.pk).value == 1100
    assert targets.targets_on(date(2026, 6, 30))["trainees"].value == 1100
    assert targets.targets_on(date(2026, 7, 1))["trainees"] == targets.targets_on(date(2027, 7, 1))["trainees"] == later
    for code, value in (("pupils", 5), ("trainees", 0), ("trainees", float("nan"))):
        with pytest.raises(BadInput):
            targets.set_target(NOBODY, code, date(2026, 6, 30), value)
    assert targets.remove_target(NOBODY, first.pk)
    assert not targets.remove_target(NOBODY, first.pk)
    assert TrailEntry.objects.filter(about="target:trainees:2026-06-30").count() == 3
