"""Specifications load, hold together, and say what is wrong with a bad one."""

from __future__ import annotations

from itertools import combinations

import pytest

from resilience.plant import Spec, SpecError, kinds, load
from resilience.plant.space import distance
from resilience.plant.specs import parse

GOOD = """
kind: cup
title: {en: cup, cy: cwpan}
source: "typical laboratory cup"
size: [0.10, 0.10, 0.10]
footprint: {circle: 0.05, height: 0.10}
parts: {body: {grip: {pose: grip, hold: [0, 0.05, 0]}}, rim: {critical: true}}
critical_sites: [{part: rim, at: [0, 0.10, 0], radius: 0.02}]
sockets: {accepts: [stopper], radius: 0.01, at: [[0, 0.01, 0], [0.03, 0.01, 0]]}
dimensions: {wall: 0.002, lean_degrees: 12}
budget: 100
"""

BAD = [
    ("size: [0.10, 0.10, 0.10]", "size: [0.10, -1, 0.10]", "size.1", "greater than 0"),
    ("size: [0.10, 0.10, 0.10]", "size: [0.10, 0.10]", "size.2", "required"),
    ("kind: cup", "kind: mug", "kind", "named cup.yaml"),
    ("cy: cwpan", "cy: ''", "title.cy", "missing"),
    ("circle: 0.05, height", "height", "footprint", "circle"),
    ("pose: grip", "pose: claw", "parts.body.grip.pose", "pinch"),
    ("hold: [0, 0.05, 0]", "hold: [0, 0.5, 0]", "parts.body.grip.hold", "outside the bounding box"),
    ("part: rim, at", "part: spout, at", "critical_sites.0.part", "unknown part 'spout'"),
    ("at: [0, 0.10, 0], radius: 0.02", "at: [0, 0.20, 0], radius: 0.02", "critical_sites.0.at", "outside"),
    (
        "critical_sites: [{part: rim, at: [0, 0.10, 0], radius: 0.02}]",
        "",
        "parts.rim.critical",
        "without a critical site",
    ),
    ("[0.03, 0.01, 0]]", "[0.015, 0.01, 0]]", "sockets.1", "overlaps socket 0"),
    ("[0.03, 0.01, 0]]", "[0.30, 0.01, 0]]", "sockets.1", "outside the bounding box"),
    ("wall: 0.002", "wall: 0.9", "dimensions.wall", "longer than the diagonal"),
    ("lean_degrees: 12", "lean_degrees: 999", "dimensions.lean_degrees", "-360..360"),
    ("budget: 100", "budget: 100\ncolour: red", "colour", "not permitted"),
    (
        "budget: 100",
        "budget: 100\ncontrols: {tap: {kind: press, part: tap, at: [0, 0, 0]}}",
        "controls.tap.part",
        "unknown part",
    ),
    (
        "budget: 100",
        "budget: 100\ncontrols: {tap: {kind: choice, part: rim, at: [0, 0, 0]}}",
        "controls.tap.values",
        "values",
    ),
    (
        "budget: 100",
        "budget: 100\ncontrols: {tap: {kind: number, part: rim, at: [0, 0, 0]}}",
        "controls.tap.min",
        "min below max",
    ),
    ("budget: 100", "budget: 100\nmotions: {rim: {of: turn}}", "motions.rim", "either slide or turn"),
    ("budget: 100", "budget: 100\nscreens: {face: {size: [0.1, 0.1]}}", "screens.face", "unknown part"),
    ("budget: 100", "budget: 100\noutside: [lid]", "outside", "unknown part"),
    (
        "budget: 100",
        "budget: 100\nsurfaces: {top: {y: 0.1, x: [0.05, -0.05], z: [-0.05, 0.05]}}",
        "surfaces.top.x",
        "smaller",
    ),
    (
        "budget: 100",
        "budget: 100\nsurfaces: {top: {y: 0.1, x: [-0.5, 0.5], z: [-0.05, 0.05]}}",
        "surfaces.top",
        "outside",
    ),
    (
        "budget: 100",
        "budget: 100\nliquid: {part: body, full_ml: 5, brimful_ml: 2}",
        "liquid.brimful_ml",
        "less than full_ml",
    ),
    ("parts: {body", "parts: {body: {", "file", "not YAML"),
    ("size: [0.10, 0.10, 0.10]", "size: [0.10, 0.10, 40]", "size.2", "less than or equal to 16"),
    (
        "budget: 100",
        "budget: 100\nname_parts: {least: 2, parts: {rim: {en: rim, cy: ymyl, part: rim}}}",
        "name_parts.parts",
        "names 1 parts; 2 are needed",
    ),
    (
        "budget: 100",
        "budget: 100\nname_parts: {least: 1, parts: {lid: {en: lid, cy: caead, part: lid}}}",
        "name_parts.parts.lid.part",
        "unknown part 'lid'",
    ),
    (
        "budget: 100",
        "budget: 100\nname_parts: {least: 1, parts: {rim: {en: rim, cy: ymyl, part: rim, at: [0, 1, 0]}}}",
        "name_parts.parts.rim.at",
        "outside the bounding box",
    ),
    (
        "budget: 100",
        "budget: 100\naffordances: {drink: {part: straw, at: [0, 0, 0], words: {en: drink, cy: yfed}}}",
        "affordances.drink.part",
        "unknown part 'straw'",
    ),
    (
        "budget: 100",
        "budget: 100\naffordances: {drink: {part: rim, at: [0, 1, 0], words: {en: drink, cy: yfed}}}",
        "affordances.drink.at",
        "outside the bounding box",
    ),
    (
        "budget: 100",
        "budget: 100\nscreens: {rim: {size: [0.1, 0.05], read_from: 1.0, lines: 5}}",
        "screens.rim",
        "letters of 6.2 mm; at 1.0 m they must be 9.6 mm high",
    ),
    (
        "budget: 100",
        "budget: 100\nscreens: {rim: {size: [0.1, 0.05], lines: 5}}",
        "screens.rim",
        "read_from and lines together",
    ),
    (
        "budget: 100",
        "budget: 100\nmounts: {chair: {kind: chiar, at: [0, 0, 0], yaw: 0}}",
        "mounts.chair",
        "unknown kind 'chiar'",
    ),
    (
        "budget: 100",
        "budget: 100\nroom: {grade: E, pascal: 0, lights: {size: [1, 1], at: []}}",
        "room.grade",
        "Input should be 'A'",
    ),
]


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_loads_with_both_names_and_a_source(kind: str) -> None:
    spec = load(kind)
    assert spec.kind == kind
    assert all(spec.title[language] for language in ("en", "cy"))
    assert spec.source


def test_a_good_specification_is_accepted() -> None:
    assert parse("cup", GOOD).critical_parts == ("rim",)


@pytest.mark.parametrize(("was", "now", "field", "why"), BAD)
def test_a_bad_specification_names_kind_field_and_reason(was: str, now: str, field: str, why: str) -> None:
    assert was in GOOD
    with pytest.raises(SpecError) as caught:
        parse("cup", GOOD.replace(was, now, 1))
    assert caught.value.field == field
    assert why in caught.value.why
    assert "'cup'" in str(caught.value)


def test_an_unknown_kind_is_refused_with_the_list_of_kinds() -> None:
    with pytest.raises(SpecError, match="syringe"):
        load("sirynge")


def test_a_specification_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load("vial").budget = 1  # type: ignore[misc]


def test_the_cabinet_stands_as_the_live_session_says() -> None:
    cabinet, at = load("cabinet"), load("filling-room").mounts["cabinet"].at
    spans = {name: (s.y, tuple(round(at[2] + z, 3) for z in s.z)) for name, s in cabinet.surfaces.items()}
    assert spans["front-grille"] == (0.90, (-1.28, -1.20))
    assert spans["rear-grille"] == (0.90, (-1.80, -1.76))
    assert spans["worktop"] == (0.90, (-1.76, -1.28))
    interior, zone = cabinet.volumes["interior"], cabinet.volumes["working-zone"]
    assert (interior.x, interior.y) == ((-0.60, 0.60), (0.90, 1.60))
    assert round(at[2] + zone.z[1], 3) == -1.38
    assert load("filling-room").size == (5.0, 2.7, 4.0)


def test_twelve_vials_stand_apart_in_the_rack() -> None:
    rack, vial = load("vial-rack"), load("vial")
    assert rack.sockets is not None
    places = rack.sockets.places
    assert len(places) == 12
    assert min(distance(a, b) for a, b in combinations(places, 2)) > 2 * vial.footprint.radius


def test_the_bowl_has_a_place_for_fourteen_stoppers() -> None:
    bowl = load("stopper-bowl")
    assert bowl.sockets is not None
    assert len(bowl.sockets.places) == 14


def test_every_pack_content_fits_into_the_pouch() -> None:
    pack = load("pack")
    assert pack.sockets is not None
    for kind in pack.sockets.accepts:
        content = load(kind)
        assert content.size[0] <= pack.size[0]
        assert content.size[2] <= max(pack.size[2], pack.size[0])


@pytest.mark.parametrize(("kind", "part"), [(kind, part) for kind in kinds() for part in load(kind).grips])
def test_the_left_hand_mirrors_the_right(kind: str, part: str) -> None:
    spec = load(kind)
    right, left = spec.held(part, "right"), spec.held(part, "left")
    assert left[0] == pytest.approx((-right[0][0], right[0][1], right[0][2]))
    assert left[1] == pytest.approx((right[1][0], -right[1][1], -right[1][2], right[1][3]))


@pytest.mark.parametrize(("kind", "part"), [(kind, part) for kind in kinds() for part in load(kind).grips])
def test_the_held_point_comes_to_the_point_of_the_pose(kind: str, part: str) -> None:
    spec: Spec = load(kind)
    grip = spec.grips[part]
    probe = spec.model_copy(update={"points": {"hold": grip.hold}})
    assert probe.point_in_hand("hold", part, "right") == pytest.approx(load("glove-right").points[grip.pose])


def test_tools_work_ahead_of_the_fingers() -> None:
    for kind, part, point in (
        ("syringe", "barrel", "tip"),
        ("forceps", "handle", "tip"),
        ("crimper", "handle", "head"),
    ):
        tip = load(kind).point_in_hand(point, part, "right")
        finger = load("glove-right").points["pinch"]
        assert tip[2] < finger[2] - 0.03, f"the {point} of the {kind} is not ahead of the fingers"
        assert tip[1] < finger[1], f"the {point} of the {kind} does not point down"


def test_a_part_without_a_grip_cannot_be_held() -> None:
    with pytest.raises(SpecError, match="cannot be gripped"):
        load("vial").held("foil", "right")


def test_an_unknown_point_is_named() -> None:
    with pytest.raises(SpecError, match="known: tip"):
        load("forceps").point_in_hand("end", "handle", "right")


def test_an_unknown_dimension_is_named() -> None:
    with pytest.raises(SpecError, match=r"dimensions\.bore"):
        load("vial").dimension("bore")
    assert load("vial").dimension("mouth") == pytest.approx(0.0126)
