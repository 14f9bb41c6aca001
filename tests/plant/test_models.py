"""The committed models are what the specifications say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from resilience.plant import kinds, load
from resilience.plant.shapes import glb
from resilience.plant.shapes.arranged import furnished, working_hands
from resilience.plant.shapes.palette import MATERIALS
from resilience.plant.specs import MODELS

MILLIMETRE = 0.001
REPORT: dict[str, dict[str, Any]] = json.loads((MODELS / "report.json").read_text(encoding="utf-8"))


def document(kind: str) -> dict[str, Any]:
    return glb.read(MODELS / f"{kind}.glb")


@pytest.mark.parametrize("kind", kinds())
def test_the_model_was_built_from_the_specification_as_it_is(kind: str) -> None:
    assert REPORT[kind]["spec"] == load(kind).digest, f"run: python -m resilience.plant.shapes build {kind}"
    assert document(kind)["extras"] == {"kind": kind, "spec": load(kind).digest}


@pytest.mark.parametrize("kind", kinds())
def test_every_part_is_a_node_and_every_node_a_part(kind: str) -> None:
    assert [node["name"] for node in document(kind)["nodes"]] == list(load(kind).parts)


@pytest.mark.parametrize("kind", kinds())
def test_the_model_has_the_size_of_the_specification(kind: str) -> None:
    spec = load(kind)
    spans = [span for name, span in glb.bounds(document(kind)).items() if name not in spec.outside]
    low = [min(span[0][axis] for span in spans) for axis in range(3)]
    high = [max(span[1][axis] for span in spans) for axis in range(3)]
    assert low == pytest.approx(spec.low, abs=MILLIMETRE)
    assert high == pytest.approx(spec.high, abs=MILLIMETRE)


@pytest.mark.parametrize("kind", kinds())
def test_the_model_keeps_its_budget_and_the_report_tells_the_truth(kind: str) -> None:
    count = sum(glb.triangles(document(kind)).values())
    assert 0 < count <= load(kind).budget
    assert REPORT[kind]["triangles"] == count
    assert REPORT[kind]["bytes"] == (MODELS / f"{kind}.glb").stat().st_size


@pytest.mark.parametrize("kind", kinds())
def test_only_the_materials_of_the_palette_are_used(kind: str) -> None:
    assert {material["name"] for material in document(kind)["materials"]} <= set(MATERIALS)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if load(kind).critical_sites])
def test_critical_sites_lie_on_their_part(kind: str) -> None:
    spec, spans = load(kind), glb.bounds(document(kind))
    for site in spec.critical_sites:
        low, high = spans[site.part]
        outside = [max(a - p, p - b, 0.0) for a, p, b in zip(low, site.at, high, strict=True)]
        assert max(outside) <= MILLIMETRE, f"{kind}: the critical site of {site.part} is off by {max(outside):.4f} m"


@pytest.mark.parametrize("kind", [kind for kind in kinds() if load(kind).controls])
def test_controls_are_where_a_finger_finds_them(kind: str) -> None:
    spec, spans = load(kind), glb.bounds(document(kind))
    for name, control in spec.controls.items():
        low, high = spans[control.part]
        away = [max(a - p, p - b, 0.0) for a, p, b in zip(low, control.at, high, strict=True)]
        assert max(away) <= 0.03, f"{kind}: control {name} is {max(away):.3f} m from its part"


@pytest.mark.parametrize("kind", [kind for kind in kinds() if load(kind).screens])
def test_what_the_client_writes_on_has_uv(kind: str) -> None:
    model = document(kind)
    for name in load(kind).screens:
        node = next(node for node in model["nodes"] if node["name"] == name)
        (primitive,) = model["meshes"][node["mesh"]]["primitives"]
        assert "TEXCOORD_0" in primitive["attributes"]
        assert model["materials"][primitive["material"]]["name"] == "screen"


def test_a_vial_is_light() -> None:
    assert REPORT["vial"]["triangles"] <= 300


ROOMS = [kind for kind in kinds() if load(kind).room]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_with_all_that_stands_in_it_keeps_the_budget_of_a_headset(room: str) -> None:
    """An eye sees at most 75,000 triangles of what is always there; the files are at most 3 MB compressed."""
    standing = [kind for _, kind, _ in load(room).standing]
    assert REPORT[room]["triangles"] + sum(REPORT[kind]["triangles"] for kind in standing) <= 75_000
    light = (MODELS / "light" / f"{room}.webp").stat().st_size
    assert light + sum(REPORT[kind]["gzip"] for kind in {room, *standing}) <= 3_000_000


def test_the_filling_room_in_use_keeps_the_budget_of_both_eyes() -> None:
    items = [*furnished(), *working_hands()]
    assert 2 * sum(REPORT[item["kind"]]["triangles"] for item in items) <= 300_000


@pytest.mark.parametrize("kind", [kind for kind in kinds() if load(kind).name_parts])
def test_parts_to_be_named_are_where_they_are_said_to_be(kind: str) -> None:
    named, spans = load(kind).name_parts, glb.bounds(document(kind))
    assert named is not None
    for name, entry in named.parts.items():
        low, high = spans[entry.part]
        at = entry.at or tuple((a + b) / 2 for a, b in zip(low, high, strict=True))
        away = max(max(a - p, p - b, 0.0) for a, p, b in zip(low, at, high, strict=True))
        assert away <= 0.03, f"{kind}: {name} is {away:.3f} m from the part {entry.part}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_a_place_in_its_light_for_every_vertex_within(room: str) -> None:
    model = document(room)
    baked = 0
    for node in model["nodes"]:
        for primitive in model["meshes"][node["mesh"]]["primitives"]:
            within = node["name"] not in ("corridor", "windows", "runs")
            assert ("TEXCOORD_1" in primitive["attributes"]) == within
            baked += primitive.get("extras", {}).get("baked", 0)
    assert baked > 1000


def test_what_is_no_glb_is_refused_by_name(tmp_path: Any) -> None:
    path = tmp_path / "vial.glb"
    path.write_bytes(b"solid vial")
    with pytest.raises(ValueError, match=r"vial\.glb: is no glTF"):
        glb.read(path)
