"""The bioprocess hall: what stands there can be named, read, walked round and operated."""

from __future__ import annotations

from itertools import combinations
from math import cos, sin

import pytest

from resilience.plant import load
from resilience.plant.shapes import glb
from resilience.plant.space import Vector
from resilience.plant.specs import MODELS

HALL = load("bioprocess-hall")
EQUIPMENT = sorted({kind for _, kind, _ in HALL.standing if load(kind).name_parts})
NAMED = {  # what a trainee of these processes must be able to name, at the least
    "bioreactor-2000": ("agitator drive", "manway", "spray ball", "rupture disc", "harvest valve", "sampling valve"),
    "single-use-bioreactor-50": ("bag", "exhaust filter", "sparge", "pinch clamp", "aseptic connector", "load cell"),
    "chromatography-skid": ("pump A", "air trap", "UV cell", "conductivity", "pH cell", "column valves"),
    "column-300": ("flow adapter", "bed support", "tie rods", "resin bed"),
    "column-5ml": ("resin bed", "frit"),
    "ufdf-skid": ("cassette", "retentate control valve", "permeate pressure", "feed pump", "diafiltration"),
    "freeze-dryer": ("shelves", "thermocouple", "Pirani", "capacitance", "condenser", "isolation valve", "vacuum"),
    "dcs-desk": ("screen", "alarm", "telephone"),
    "utilities-manifold": ("water for injection", "clean steam", "regulator", "non-return"),
}

Box = tuple[float, float, float, float, float, float]


def room_box(kind: str, at: Vector, yaw: float) -> Box:
    """The bounding box of a thing where it stands: x, y, z from and to."""
    spec = load(kind)
    corners = [
        (cos(yaw) * x + sin(yaw) * z + at[0], cos(yaw) * z - sin(yaw) * x + at[2])
        for x in (spec.low[0], spec.high[0])
        for z in (spec.low[2], spec.high[2])
    ]
    xs, zs = [c[0] for c in corners], [c[1] for c in corners]
    return (min(xs), max(xs), spec.low[1] + at[1], spec.high[1] + at[1], min(zs), max(zs))


BOXES = {name: room_box(kind, mount.at, mount.yaw) for name, kind, mount in HALL.standing}


def apart(a: Box, b: Box) -> bool:
    return any(a[n + 1] <= b[n] + 1e-6 or b[n + 1] <= a[n] + 1e-6 for n in (0, 2, 4))


def test_all_that_the_processes_need_stands_in_the_hall() -> None:
    assert set(NAMED) <= set(EQUIPMENT)
    assert {"mobile-tank", "floor-scale"} <= set(EQUIPMENT)


@pytest.mark.parametrize("kind", sorted(NAMED))
def test_what_a_trainee_must_name_is_named_and_drawn(kind: str) -> None:
    spec = load(kind)
    assert spec.name_parts is not None
    words = " | ".join(entry.en for entry in spec.name_parts.parts.values())
    for wanted in NAMED[kind]:
        assert wanted in words
    drawn = glb.triangles(glb.read(MODELS / f"{kind}.glb"))
    for entry in spec.name_parts.parts.values():
        assert drawn[entry.part] > 0
        assert entry.cy


@pytest.mark.parametrize("kind", EQUIPMENT)
def test_no_two_parts_have_one_name(kind: str) -> None:
    spec = load(kind)
    assert spec.name_parts is not None
    for language in ("en", "cy"):
        names = [getattr(entry, language) for entry in spec.name_parts.parts.values()]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("name", sorted(BOXES))
def test_equipment_stands_inside_the_hall(name: str) -> None:
    box, half = BOXES[name], (HALL.size[0] / 2, HALL.size[2] / 2)
    slack = 0.09 if load(HALL.mounts[name].kind or name).opening else 0.005  # a frame sits in the wall
    assert -half[0] - slack <= box[0]
    assert box[1] <= half[0] + slack
    assert -half[1] - slack <= box[4]
    assert box[5] <= half[1] + slack
    assert box[2] >= 0
    assert box[3] <= HALL.size[1]


def test_nothing_stands_in_something_else() -> None:
    for (a, first), (b, second) in combinations(BOXES.items(), 2):
        if {a, b} == {"column-5ml", "chromatography-skid"}:
            continue  # stands on the skid's shelf, inside the box of its panel
        assert apart(first, second), f"{a} and {b} overlap"


def test_the_small_column_stands_on_the_shelf_of_the_skid() -> None:
    skid, column = HALL.mounts["chromatography-skid"], HALL.mounts["column-5ml"]
    shelf = load("chromatography-skid").surfaces["column-shelf"]
    assert column.at[1] == pytest.approx(shelf.y)
    assert shelf.x[0] + 0.07 <= column.at[0] - skid.at[0] <= shelf.x[1] - 0.07
    assert shelf.z[0] + 0.06 <= column.at[2] - skid.at[2] <= shelf.z[1] - 0.06


def test_the_way_from_door_to_desk_is_free_and_a_metre_wide() -> None:
    door, desk = HALL.mounts["door"].at, BOXES["dcs-desk"]
    way: Box = (desk[1], door[0] + 0.5, 0.0, 2.0, 2.0, 3.0)
    for name, box in BOXES.items():
        if name not in ("door", "dcs-desk"):
            assert apart(way, box), f"{name} stands in the way"


@pytest.mark.parametrize("kind", [kind for kind in EQUIPMENT if "hmi" in load(kind).screens])
def test_panels_are_read_from_a_metre(kind: str) -> None:
    screen = load(kind).screens["hmi"]
    assert screen.read_from == 1.0
    assert screen.lines is not None
    assert screen.lines >= 12


@pytest.mark.parametrize("kind", [kind for kind in EQUIPMENT if "hmi" in load(kind).screens])
def test_panels_hang_at_the_height_of_eyes_and_hands(kind: str) -> None:
    low, high = glb.bounds(glb.read(MODELS / f"{kind}.glb"))["hmi"]
    assert low[1] >= 1.2
    assert high[1] <= 1.8


def test_emergency_stops_are_within_reach() -> None:
    for kind in EQUIPMENT:
        if "e-stop" in load(kind).parts:
            low, high = glb.bounds(glb.read(MODELS / f"{kind}.glb"))["e-stop"]
            assert low[1] >= 0.6, kind  # EN ISO 13850 practice: 0.6 to 1.7 m above the floor
            assert high[1] <= 1.7, kind


def test_the_supports_of_the_jacket_are_met_by_the_pipes_of_the_hall() -> None:
    """The jacket's lines go on where the hall's lagged runs begin."""
    assert HALL.room is not None
    place = HALL.mounts["bioreactor-2000"].at
    bounds = glb.bounds(glb.read(MODELS / "bioreactor-2000.glb"))
    starts = [run.path[0] for run in HALL.room.runs if run.kind == "lagged"]
    for part in ("jacket-inlet", "jacket-outlet"):
        low, high = bounds[part]
        met = [
            s
            for s in starts
            if low[0] + place[0] <= s[0] <= high[0] + place[0]
            and low[2] + place[2] <= s[2] <= high[2] + place[2]
            and abs(s[1] - high[1]) < 0.05
        ]
        assert met, f"no run of the hall begins at the {part}"
