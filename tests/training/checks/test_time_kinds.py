"""Kinds about sequence and time find what they are for, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.training.checks.judging import Events, Row, about, event, findings

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


TABLE: list[Row] = [
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
    (
        "order is broken once",
        "order",
        ORDER,
        [event(2, "entered", hand="left"), event(9, "entered", hand="left")],
        [("left", 2)],
    ),
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
        [
            event(1, "contact", part="floor", hand="left"),
            event(5, "opened", hand="left"),
            event(6, **SANITISED, hand="left"),
        ],
        [("left", 5)],
    ),
    (
        "within, ahead of",
        "within",
        BEFORE,
        [
            event(1, "contact", part="floor", hand="left"),
            event(4, **SANITISED, hand="left"),
            event(5, "opened", hand="left"),
        ],
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
        [
            event(0, "surface_wetted", **WET),
            event(600, "surface_disinfected", **WET, wet_seconds=30.0, ended_by="taken"),
            event(601, "item_moved", **MOVED_IN),
        ],
        [],
    ),
    (
        "taken too early",
        "contact_time",
        SPRAYED,
        [
            event(0, "surface_wetted", **WET),
            event(200, "surface_disinfected", **WET, wet_seconds=10.0, ended_by="taken"),
            event(201, "item_moved", **MOVED_IN),
        ],
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
    (
        "other things are not judged",
        "contact_time",
        SPRAYED,
        [event(1, "item_moved", **(MOVED_IN | {"item": "syringe"}))],
        [],
    ),
    (
        "without a moment, cutting short counts",
        "contact_time",
        {"seconds": 30, "targets": ["pack"]},
        [
            event(0, "surface_wetted", **WET),
            event(200, "surface_disinfected", **WET, wet_seconds=10.0, ended_by="touched"),
        ],
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
]
KINDS = (
    "order",
    "within",
    "contact_time",
)


@pytest.mark.parametrize(
    ("kind", "params", "events", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_kind_finds_what_it_is_for(
    kind: str, params: dict[str, Any], events: Events, expected: list[tuple[str | None, int]]
) -> None:
    assert about(findings(kind, params, events)) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_shows_it_kept_and_broken(kind: str) -> None:
    rows = [row for row in TABLE if row[1] == kind]
    assert any(row[4] for row in rows)
    assert any(not row[4] for row in rows)
