"""Each kind of check finds what it is for, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.training.checks import Assessor, CheckContext, RecordedField
from resilience.training.findings import Finding
from resilience.training.module_shapes import Check

CONTEXT = CheckContext(
    kinds={
        "vial-1": "vial",
        "vial-2": "vial",
        "syringe": "syringe",
        "forceps": "forceps",
        "bottle": "bottle",
        "syringe-pack": "pack",
    },
    critical={"vial": frozenset({"neck"}), "syringe": frozenset({"needle"}), "pack": frozenset()},
    fields={
        "batch": RecordedField("batch", "batch", given=True),
        "airflow": RecordedField("airflow", "airflow_reading"),
        "filled": RecordedField("filled", "vials_filled"),
        "deviation": RecordedField("deviation", required=False),
    },
    signatures=("batch",),
)

Events = list[dict[str, Any]]


def event(tick: int, kind: str, **fields: Any) -> dict[str, Any]:
    return {"tick": tick, "kind": kind, **fields}


def findings(
    kind: str, params: dict[str, Any], events: Events, *, end: int = 1000, facts: dict[str, Any] | None = None
) -> list[Finding]:
    """What one check finds in a session with these events that ends at tick `end`."""
    check = Check.model_validate(
        {
            "id": "rule",
            "code": "SEQ",
            "severity": "major",
            "kind": kind,
            "with": params,
            "source": "a source",
            "weight": 1.0,
        }
    )
    context = CheckContext(CONTEXT.kinds, CONTEXT.critical, CONTEXT.fields, CONTEXT.signatures)
    assessor = Assessor([check], context)
    for one in events:
        assessor.observe(one, "a-step")
    assessor.finish(end, facts or {})
    return assessor.findings()


def about(found: list[Finding]) -> list[tuple[str | None, int]]:
    return sorted(((finding.item, finding.tick) for finding in found), key=str)


SANITISED = {"kind": "garment_state", "state": "sanitised"}
ENTERED = {"kind": "entered"}
ORDER = {"first": SANITISED, "then": ENTERED, "per": "hand"}
GLOVES = {"after": SANITISED, "do": SANITISED, "seconds": 10, "per": "hand", "unless": {"kind": ["left", "finished"]}}
TOLD = {"after": {"kind": "alarm", "on": True}, "do": {"kind": "reported"}, "seconds": 5}
RINSE = {"after": {"kind": "opened"}, "do": {"kind": "contact"}, "count": 3}
BEFORE = {"after": {"kind": "contact", "part": "floor"}, "do": SANITISED, "before": {"kind": "opened"}, "per": "hand"}
SPRAYED = {
    "agent": "ipa-70",
    "seconds": 30,
    "targets": ["pack"],
    "when": {"kind": "item_moved", "to": "surface:worktop"},
}
WET = {"target": "syringe-pack", "target_kind": "pack", "part": "outer", "agent": "ipa-70"}
MOVED_IN = {"item": "syringe-pack", "item_kind": "pack", "to": "surface:worktop", "how": "place"}
FILL = {"of": {"kind": "liquid_moved", "to_kind": "vial"}, "field": "ml", "min": 1.9, "max": 2.1, "sum": True, "per": "item"}
SPEED = {"m_s": 0.5, "seconds": 0.3, "zone": "cabinet"}
NECK = {"items": ["vial"], "with": ["glove"]}
SHIELD = {"items": ["vial"], "seconds": 0.5}
QUICKLY = {"fault": "airflow-alarm", "within": 30, "to": "supervisor"}
LABELS = {"fields": ["labels-used", "labels-destroyed"], "equals": "labels-issued"}


def fast(tick: int, value: float, **more: Any) -> dict[str, Any]:
    fields = {"hand": "left", "zone": "cabinet", "seconds": 0.2} | more
    return event(tick, "reading", what="hand_speed", value=value, unit="m/s", **fields)


TABLE: list[tuple[str, str, dict[str, Any], Events, list[tuple[str | None, int]]]] = [
    # order
    ("order kept", "order", ORDER, [event(1, **SANITISED, hand="left"), event(2, "entered", hand="left")], []),
    ("order broken", "order", ORDER, [event(2, "entered", hand="left")], [("left", 2)]),
    (
        "order is kept by each hand for itself",
        "order",
        ORDER,
        [event(1, **SANITISED, hand="left"), event(2, "entered", hand="left"), event(3, "entered", hand="right")],
        [("right", 3)],
    ),
    (
        "order by item takes target and receiver as the item",
        "order",
        {"first": {"kind": "liquid_moved"}, "then": {"kind": "closed"}, "per": "item"},
        [
            event(1, "liquid_moved", to="vial-1", ml=2.0),
            event(2, "closed", target="vial-1"),
            event(3, "closed", target="vial-2"),
        ],
        [("vial-2", 3)],
    ),
    ("order is broken once", "order", ORDER, [event(2, "entered", hand="left"), event(9, "entered", hand="left")], [("left", 2)]),
    # within
    ("within, in time", "within", TOLD, [event(10, "alarm", what="airflow", on=True), event(110, "reported")], []),
    (
        "within, too late",
        "within",
        TOLD,
        [event(10, "alarm", what="airflow", on=True), event(111, "reported")],
        [(None, 110)],
    ),
    ("within, never", "within", TOLD, [event(990, "alarm", what="airflow", on=True)], [(None, 1000)]),
    (
        "within, each time is a new beginning",
        "within",
        GLOVES,
        [event(0, **SANITISED, hand="left"), event(150, **SANITISED, hand="left"), event(349, "left", hand="left")],
        [],
    ),
    (
        "within, the second time too late",
        "within",
        GLOVES,
        [event(0, **SANITISED, hand="left"), event(150, **SANITISED, hand="left"), event(351, "left", hand="left")],
        [("left", 350)],
    ),
    (
        "within, an event about no hand lifts the duty of both",
        "within",
        GLOVES,
        [event(900, **SANITISED, hand="left"), event(901, **SANITISED, hand="right"), event(1000, "finished")],
        [],
    ),
    (
        "within, so many times",
        "within",
        RINSE,
        [event(1, "opened", target="bottle"), event(2, "contact"), event(3, "contact")],
        [("bottle", 1000)],
    ),
    (
        "within, done often enough",
        "within",
        RINSE,
        [event(1, "opened", target="bottle"), event(2, "contact"), event(3, "contact"), event(4, "contact")],
        [],
    ),
    (
        "within, not ahead of",
        "within",
        BEFORE,
        [event(1, "contact", part="floor", hand="left"), event(5, "opened", hand="left"), event(6, **SANITISED, hand="left")],
        [("left", 5)],
    ),
    (
        "within, ahead of",
        "within",
        BEFORE,
        [event(1, "contact", part="floor", hand="left"), event(4, **SANITISED, hand="left"), event(5, "opened", hand="left")],
        [],
    ),
    (
        "within counts process seconds",
        "within",
        TOLD,
        [event(10, "alarm", what="airflow", on=True), event(10, "pace_changed", pace=10), event(30, "reported")],
        [(None, 20)],
    ),
    # contact_time
    (
        "wet long enough",
        "contact_time",
        SPRAYED,
        [event(0, "surface_wetted", **WET), event(600, "surface_disinfected", **WET, wet_seconds=30.0, ended_by="taken"), event(601, "item_moved", **MOVED_IN)],
        [],
    ),
    (
        "taken too early",
        "contact_time",
        SPRAYED,
        [event(0, "surface_wetted", **WET), event(200, "surface_disinfected", **WET, wet_seconds=10.0, ended_by="taken"), event(201, "item_moved", **MOVED_IN)],
        [("syringe-pack", 201)],
    ),
    ("never wetted", "contact_time", SPRAYED, [event(201, "item_moved", **MOVED_IN)], [("syringe-pack", 201)]),
    (
        "wetted again for long enough",
        "contact_time",
        SPRAYED,
        [
            event(0, "surface_wetted", **WET),
            event(200, "surface_disinfected", **WET, wet_seconds=10.0, ended_by="taken"),
            event(210, "surface_wetted", **WET),
            event(900, "item_moved", **MOVED_IN),
        ],
        [],
    ),
    (
        "another agent does not count",
        "contact_time",
        SPRAYED,
        [event(0, "surface_wetted", **(WET | {"agent": "water"})), event(900, "item_moved", **MOVED_IN)],
        [("syringe-pack", 900)],
    ),
    ("other things are not judged", "contact_time", SPRAYED, [event(1, "item_moved", **(MOVED_IN | {"item": "syringe"}))], []),
    (
        "without a moment, cutting short counts",
        "contact_time",
        {"seconds": 30, "targets": ["pack"]},
        [event(0, "surface_wetted", **WET), event(200, "surface_disinfected", **WET, wet_seconds=10.0, ended_by="touched")],
        [("syringe-pack", 200)],
    ),
    (
        "without a moment, opening unwetted counts",
        "contact_time",
        {"seconds": 30, "targets": ["pack"]},
        [event(200, "opened", target="syringe-pack", target_kind="pack", part="outer")],
        [("syringe-pack", 200)],
    ),
    (
        "without a moment, drying is right",
        "contact_time",
        {"seconds": 30, "targets": ["pack"]},
        [event(0, "surface_wetted", **WET), event(900, "surface_disinfected", **WET, wet_seconds=20.0, ended_by="dry")],
        [],
    ),
    # never
    ("never seen", "never", {"when": {"kind": "contact", "target": "floor"}}, [event(1, "contact", target="vial-1")], []),
    (
        "seen",
        "never",
        {"when": [{"kind": "contact", "target": "vial-1"}, {"kind": "opened"}]},
        [event(1, "contact", target="vial-1"), event(2, "opened", target="vial-2")],
        [("vial-1", 1), ("vial-2", 2)],
    ),
    # limit
    ("each inside", "limit", {"of": {"kind": "exposed"}, "field": "seconds", "max": 60}, [event(1, "exposed", item="vial-1", seconds=60.0)], []),
    ("one outside", "limit", {"of": {"kind": "exposed"}, "field": "seconds", "max": 60}, [event(1, "exposed", item="vial-1", seconds=60.1)], [("vial-1", 1)]),
    ("a sum in portions inside", "limit", FILL, [event(n, "liquid_moved", to="vial-1", to_kind="vial", ml=0.7) for n in (1, 2, 3)], []),
    ("a sum outside", "limit", FILL, [event(n, "liquid_moved", to="vial-1", to_kind="vial", ml=0.8) for n in (1, 2, 3)], [("vial-1", 3)]),
    ("a sum of nothing", "limit", {"of": {"kind": "contact"}, "sum": True, "min": 1}, [], [(None, 1000)]),
    ("a count inside", "limit", {"of": {"kind": "contact"}, "sum": True, "min": 1, "max": 2}, [event(1, "contact")], []),
    # speed
    ("slow", "speed", SPEED, [fast(4, 0.5), fast(8, 0.4), fast(12, 0.3)], []),
    ("fast for a moment", "speed", SPEED, [fast(4, 0.9), fast(8, 0.2), fast(12, 0.9)], []),
    ("fast for long", "speed", SPEED, [fast(4, 0.9), fast(8, 0.7), fast(12, 0.2)], [("left", 0)]),
    ("fast until the end", "speed", SPEED, [fast(4, 0.9), fast(8, 0.7)], [("left", 0)]),
    ("fast elsewhere", "speed", SPEED, [fast(4, 0.9, zone="room"), fast(8, 0.7, zone="room")], []),
    ("fast with nothing open", "speed", SPEED | {"open": True}, [fast(4, 0.9), fast(8, 0.7)], []),
    (
        "fast over something open",
        "speed",
        SPEED | {"open": True},
        [event(1, "opened", target="vial-1", target_kind="vial", part="foil"), fast(24, 0.9), fast(28, 0.7)],
        [("left", 20)],
    ),
    (
        "fast after it was closed",
        "speed",
        SPEED | {"open": True},
        [
            event(1, "opened", target="vial-1", target_kind="vial", part="foil"),
            event(2, "closed", target="vial-1", target_kind="vial", part="stopper"),
            fast(24, 0.9),
            fast(28, 0.7),
        ],
        [],
    ),
    # first_air
    ("a glance of shade", "first_air", SHIELD, [event(9, "shielded", item="vial-1", by="left hand", seconds=0.5, from_tick=1)], []),
    ("shade", "first_air", SHIELD, [event(19, "shielded", item="vial-1", by="left hand", seconds=0.6, from_tick=7)], [("vial-1", 7)]),
    ("shade of something else", "first_air", SHIELD, [event(19, "shielded", item="syringe", by="left hand", seconds=0.9, from_tick=1)], []),
    # critical_touch
    ("a glove on the neck", "critical_touch", NECK, [event(5, "contact", **{"with": "glove"}, target="vial-1", part="neck", critical=True)], [("vial-1", 5)]),
    ("a glove on the body", "critical_touch", NECK, [event(5, "contact", **{"with": "glove"}, target="vial-1", part="body", critical=False)], []),
    ("forceps on the neck", "critical_touch", NECK, [event(5, "contact", **{"with": "forceps"}, target="vial-1", part="neck", critical=True)], []),
    ("a glove on another thing's critical part", "critical_touch", NECK, [event(5, "contact", **{"with": "glove"}, target="syringe", part="needle", critical=True)], []),
    # record_quality
    ("all filled in", "record_quality", {"what": "missing"}, [event(1, "recorded", field="airflow", value=0.45), event(2, "recorded", field="filled", value=12)], []),
    ("one missing, one empty", "record_quality", {"what": "missing"}, [event(1, "recorded", field="airflow", value=" ")], [("airflow", 1000), ("filled", 1000)]),
    ("an optional field asked for", "record_quality", {"what": "missing", "fields": ["deviation"]}, [], [("deviation", 1000)]),
    ("in time", "record_quality", {"what": "late", "seconds": 10}, [event(210, "recorded", field="airflow", value=1, fact_tick=10)], []),
    ("late", "record_quality", {"what": "late", "seconds": 10}, [event(211, "recorded", field="airflow", value=1, fact_tick=10)], [("airflow", 211)]),
    ("true", "record_quality", {"what": "forged", "tolerance": 0.01}, [event(1, "recorded", field="airflow", value=0.45, truth=0.44)], []),
    ("untrue", "record_quality", {"what": "forged", "tolerance": 0.01}, [event(1, "recorded", field="airflow", value=0.45, truth=0.43)], [("airflow", 1)]),
    ("before the fact", "record_quality", {"what": "forged"}, [event(1, "recorded", field="filled", value=12, truth=None)], [("filled", 1)]),
    ("no fact to compare with", "record_quality", {"what": "forged"}, [event(1, "recorded", field="deviation", value="x", truth=None)], []),
    ("a time of day", "record_quality", {"what": "forged", "tolerance": 60}, [event(1, "recorded", field="filled", value="9:15", truth="09:14")], []),
    ("a forged time of day", "record_quality", {"what": "forged", "tolerance": 60}, [event(1, "recorded", field="filled", value="09:20", truth="09:14")], [("filled", 1)]),
    (
        "put right in the open",
        "record_quality",
        {"what": "forged"},
        [event(1, "recorded", field="filled", value=11, truth=12), event(2, "corrected", field="filled", value=12, truth=12, old=11, reason="miscounted")],
        [],
    ),
    ("corrected with a reason", "record_quality", {"what": "unreasoned"}, [event(2, "corrected", field="filled", value=12, old=11, reason="miscounted")], []),
    ("corrected without", "record_quality", {"what": "unreasoned"}, [event(2, "corrected", field="filled", value=12, old=11, reason=" ")], [("filled", 2)]),
    ("signed", "record_quality", {"what": "unsigned"}, [event(2, "signed", step="batch", meaning="performed")], []),
    ("unsigned", "record_quality", {"what": "unsigned"}, [], [("batch", 1000)]),
    # reported
    ("reported", "reported", QUICKLY, [event(1, "fault", what="airflow-alarm"), event(601, "reported", to="supervisor", what="deviation")], []),
    ("reported late", "reported", QUICKLY, [event(1, "fault", what="airflow-alarm"), event(602, "reported", to="supervisor", what="deviation")], [("airflow-alarm", 601)]),
    ("reported to somebody else", "reported", QUICKLY, [event(1, "fault", what="airflow-alarm"), event(9, "reported", to="cleaner", what="deviation")], [("airflow-alarm", 601)]),
    ("never reported", "reported", {"fault": "*"}, [event(1, "fault", what="torn-glove", hand="left")], [("torn-glove", 1000)]),
    ("reported before it happened", "reported", {"fault": "*"}, [event(1, "reported", to="supervisor"), event(2, "fault", what="torn-glove")], [("torn-glove", 1000)]),
    (
        "reported too late for the signature",
        "reported",
        {"fault": "*", "before": {"kind": "signed"}},
        [event(1, "fault", what="torn-glove"), event(5, "signed", step="batch"), event(9, "reported", to="supervisor")],
        [("torn-glove", 5)],
    ),
    ("another fault", "reported", QUICKLY, [event(1, "fault", what="torn-glove")], []),
    # reconciled
    ("adds up", "reconciled", LABELS, [event(n, "recorded", field=f, value=v) for n, f, v in ((1, "labels-used", 12), (2, "labels-destroyed", "3"), (3, "labels-issued", 15))], []),
    ("does not add up", "reconciled", LABELS, [event(n, "recorded", field=f, value=v) for n, f, v in ((1, "labels-used", 12), (2, "labels-destroyed", 2), (3, "labels-issued", 15))], [("labels-used", 3)]),
    ("not recorded", "reconciled", LABELS, [event(1, "recorded", field="labels-used", value=12)], [("labels-used", 1000)]),
    (
        "adds up once corrected",
        "reconciled",
        {"fields": ["filled"], "equals": "12 - (1 + 1)"},
        [event(1, "recorded", field="filled", value=12), event(2, "corrected", field="filled", value=10, old=12, reason="two rejected")],
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "params", "events", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_kind_finds_what_it_is_for(
    kind: str, params: dict[str, Any], events: Events, expected: list[tuple[str | None, int]]
) -> None:
    assert about(findings(kind, params, events)) == expected


def test_every_kind_stands_in_the_table_with_and_without_a_finding() -> None:
    from resilience.training.checks.registry import check_kinds

    for kind in check_kinds():
        rows = [row for row in TABLE if row[1] == kind]
        assert any(row[4] for row in rows), kind
        assert any(not row[4] for row in rows), kind


def test_reconciliation_takes_a_fact_where_no_field_has_the_name() -> None:
    events = [event(1, "recorded", field="filled", value=12)]
    params = {"fields": ["filled"], "equals": "vials_filled"}
    assert findings("reconciled", params, events, facts={"vials_filled": 12}) == []
    assert len(findings("reconciled", params, events, facts={"vials_filled": 11})) == 1


def test_reconciliation_by_a_count_of_nothing_is_a_finding() -> None:
    events = [event(1, "recorded", field="filled", value=12)]
    found = findings("reconciled", {"fields": ["filled"], "equals": "12 / none"}, events, facts={"none": 0})
    assert found[0].evidence["equals"] == "12 / none"


def test_breaches_about_one_item_are_one_finding_with_their_count() -> None:
    touch = {"with": "glove", "target": "vial-1", "part": "neck", "critical": True}
    events = [event(5, "contact", **touch, cfu=0.25), event(9, "contact", **touch, cfu=0.5)]
    (found,) = findings("critical_touch", NECK, events)
    assert found.evidence["count"] == 2
    assert [one["tick"] for one in found.evidence["events"]] == [5, 9]
    assert found.tick == 5
    assert found.step == "a-step"
    assert found.consequence["expected_cfu"] == 0.75


def test_the_longest_breach_is_the_one_that_is_measured() -> None:
    shade = {"item": "vial-1", "item_kind": "vial"}
    events = [
        event(20, "shielded", **shade, by="left hand", seconds=0.75, from_tick=5),
        event(90, "shielded", **shade, by="right hand", seconds=3.5, from_tick=20),
        event(120, "shielded", **shade, by="left hand", seconds=1.25, from_tick=95),
    ]
    (found,) = findings("first_air", SHIELD, events)
    assert found.evidence["by"] == "right hand"
    assert found.seconds == 5.5


def test_words_a_person_wrote_stay_out_of_the_evidence() -> None:
    events = [event(1, "reported", to="supervisor", text="my name is")]
    (found,) = findings("never", {"when": {"kind": "reported"}}, events)
    assert "text" not in found.evidence["events"][0]
