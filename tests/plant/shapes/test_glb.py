"""Files are written as they are read, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from resilience.plant.shapes import glb
from resilience.plant.shapes.mesh import box, join, sheet
from resilience.plant.shapes.model import Model, merged, shaded


def parts() -> glb.Parts:
    model = Model("cup")
    model.add("body", box((0.1, 0.2, 0.1), (0, 0.1, 0)), "satin", "white")
    model.add("label", sheet(0.05, 0.05).moved(0, 0.1, 0.051), "screen", "paper")
    return {name: {piece.material: merged([shaded(piece)]) for piece in pieces} for name, pieces in model.parts.items()}


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "cup.glb"
    path.write_bytes(glb.write(parts(), {"kind": "cup"}, {}))
    document = glb.read(path)
    assert glb.triangles(document) == {"body": 44, "label": 2}
    low, high = glb.bounds(document)["body"]
    assert low == pytest.approx([-0.05, 0.0, -0.05], abs=1e-6)
    assert high == pytest.approx([0.05, 0.2, 0.05])
    assert document["extras"] == {"kind": "cup"}


def test_the_same_parts_give_the_same_bytes() -> None:
    assert glb.write(parts(), {}, {}) == glb.write(parts(), {}, {})


def test_a_node_with_an_origin_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "cup.glb"
    path.write_bytes(glb.write(parts(), {}, {"body": (0.0, 0.05, 0.02)}))
    document = glb.read(path)
    assert document["nodes"][0]["translation"] == [0.0, 0.05, 0.02]
    low, high = glb.bounds(document)["body"]
    assert low == pytest.approx([-0.05, 0.0, -0.05], abs=1e-6)
    assert high == pytest.approx([0.05, 0.2, 0.05])


def test_an_unknown_material_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"cup\.body: unknown material 'gold'"):
        Model("cup").add("body", box((1, 1, 1)), "gold", "white")


def test_edges_softer_than_the_crease_are_smooth() -> None:
    model = Model("cup")
    model.add("body", join([box((0.1, 0.1, 0.1), bevel=0.01)]), "satin", "white", crease=60)
    model.add("body", join([box((0.1, 0.1, 0.1), bevel=0.01)]), "satin", "white", crease=5)
    smooth, sharp = (shaded(piece) for piece in model.parts["body"])
    assert len(smooth.points) < len(sharp.points)
