"""Kinds about bounds and critical sites find what they are for, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.training.checks.judging import Events, Row, about, event, findings

FILL = {
    "of": {"kind": "liquid_moved", "to_kind": "vial"},
    "field": "ml",
    "min": 1.9,
    "max": 2.1,
    "sum": True,
    "per": "item",
}
SPEED = {"m_s": 0.5, "seconds": 0.3, "zone": "cabinet"}
NECK = {"items": ["vial"], "with": ["glove"]}
SHIELD = {"items": ["vial"], "seconds": 0.5}


def fast(tick: int, value: float, seconds: float, **more: Any) -> dict[str, Any]:
    fields = {"hand": "left", "zone": "cabinet", "seconds": seconds, "open": False} | more
    return event(tick, "reading", what="hand_speed", value=value, unit="m/s", **fields)


TABLE: list[Row] = [
    # never
    (
        "never seen",
        "never",
        {"when": {"kind": "contact", "target": "floor"}},
        [event(1, "contact", target="vial-1")],
        [],
    ),
    (
        "seen",
        "never",
        {"when": [{"kind": "contact", "target": "vial-1"}, {"kind": "opened"}]},
        [event(1, "contact", target="vial-1"), event(2, "opened", target="vial-2")],
        [("vial-1", 1), ("vial-2", 2)],
    ),
    # limit
    (
        "each inside",
        "limit",
        {"of": {"kind": "exposed"}, "field": "seconds", "max": 60},
        [event(1, "exposed", item="vial-1", seconds=60.0)],
        [],
    ),
    (
        "one outside",
        "limit",
        {"of": {"kind": "exposed"}, "field": "seconds", "max": 60},
        [event(1, "exposed", item="vial-1", seconds=60.1)],
        [("vial-1", 1)],
    ),
    (
        "a sum in portions inside",
        "limit",
        FILL,
        [event(n, "liquid_moved", to="vial-1", to_kind="vial", ml=0.7) for n in (1, 2, 3)],
        [],
    ),
    (
        "a sum outside",
        "limit",
        FILL,
        [event(n, "liquid_moved", to="vial-1", to_kind="vial", ml=0.8) for n in (1, 2, 3)],
        [("vial-1", 3)],
    ),
    ("a sum of nothing", "limit", {"of": {"kind": "contact"}, "sum": True, "min": 1}, [], [(None, 1000)]),
    (
        "a count inside",
        "limit",
        {"of": {"kind": "contact"}, "sum": True, "min": 1, "max": 2},
        [event(1, "contact")],
        [],
    ),
    # speed
    ("slow", "speed", SPEED, [fast(40, 0.5, 2.0)], []),
    ("fast for a moment", "speed", SPEED, [fast(40, 0.9, 0.3)], []),
    ("fast for long", "speed", SPEED, [fast(40, 0.9, 0.5)], [("left", 30)]),
    ("fast elsewhere", "speed", SPEED, [fast(40, 0.9, 0.5, zone="room")], []),
    ("fast with nothing open", "speed", SPEED | {"open": True}, [fast(40, 0.9, 0.5)], []),
    ("fast over something open", "speed", SPEED | {"open": True}, [fast(40, 0.9, 0.5, open=True)], [("left", 30)]),
    ("another reading", "speed", SPEED, [event(9, "reading", what="airflow", value=0.9, unit="m/s")], []),
    # first_air
    (
        "a glance of shade",
        "first_air",
        SHIELD,
        [event(9, "shielded", item="vial-1", by="left hand", seconds=0.5, from_tick=1)],
        [],
    ),
    (
        "shade",
        "first_air",
        SHIELD,
        [event(19, "shielded", item="vial-1", by="left hand", seconds=0.6, from_tick=7)],
        [("vial-1", 7)],
    ),
    (
        "shade of something else",
        "first_air",
        SHIELD,
        [event(19, "shielded", item="syringe", by="left hand", seconds=0.9, from_tick=1)],
        [],
    ),
    (
        "air that fails by itself",
        "first_air",
        SHIELD,
        [event(99, "shielded", item="vial-1", by="cabinet", seconds=4.0, from_tick=19)],
        [],
    ),
    # critical_touch
    (
        "a glove on the neck",
        "critical_touch",
        NECK,
        [event(5, "contact", **{"with": "glove"}, target="vial-1", part="neck", critical=True)],
        [("vial-1", 5)],
    ),
    (
        "a glove on the body",
        "critical_touch",
        NECK,
        [event(5, "contact", **{"with": "glove"}, target="vial-1", part="body", critical=False)],
        [],
    ),
    (
        "forceps on the neck",
        "critical_touch",
        NECK,
        [event(5, "contact", **{"with": "forceps"}, target="vial-1", part="neck", critical=True)],
        [],
    ),
    (
        "a glove on another thing's critical part",
        "critical_touch",
        NECK,
        [event(5, "contact", **{"with": "glove"}, target="syringe", part="needle", critical=True)],
        [],
    ),
]
KINDS = (
    "never",
    "limit",
    "speed",
    "first_air",
    "critical_touch",
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
