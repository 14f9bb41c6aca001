"""The cabinet as cells: the shape is the plant's, and what cannot be is refused."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import pytest

from resilience.plant import load
from resilience.twins.errors import BadInput
from resilience.twins.flow import scene
from resilience.twins.flow.lattice import FLUID, HELD, WALL


def test_the_shape_is_that_of_the_plants_cabinet() -> None:
    shape, spec = scene.inputs()["shape"], load("cabinet")
    interior = spec.volumes["interior"]
    for axis in "xyz":
        assert shape[axis] == list(getattr(interior, axis))
    assert shape["front_grille"] == list(spec.surfaces["front-grille"].z)
    assert shape["rear_grille"] == list(spec.surfaces["rear-grille"].z)
    assert shape["y"][0] == spec.surfaces["worktop"].y
    assert shape["aperture"] == list(spec.volumes["aperture"].y)
    assert shape["sash_tilt_degrees"] == spec.dimensions["sash_tilt_degrees"]
    room = load("filling-room")
    assert room.mounts["cabinet"].yaw == 0  # x and z of cabinet and room have the same direction


def test_cells_are_where_the_shape_says() -> None:
    found = scene.cabinet(scene.inputs())
    kind, cell, low = found.kind, found.cell, np.array(found.low)

    def at(*point: float) -> int:
        return int(kind[tuple(np.floor((np.array(point) - low) / cell).astype(int) + 1)])

    assert at(0, 1.2, 0) == FLUID
    assert at(0, 0.89, 0) == WALL
    assert at(0, 0.89, 0.26) == at(0, 0.89, -0.28) == FLUID
    assert at(0, 1.0, 0.33) == FLUID
    assert at(0, 1.2, 0.29) == at(0, 1.5, 0.25) == WALL
    assert (kind[1:-1, 0][kind[1:-1, 0] != WALL] == HELD).all()


def test_what_filter_and_room_give_the_grilles_draw() -> None:
    found = scene.cabinet(scene.inputs())
    down = -found.velocity[1, 1:-1, -1, 1:].sum()
    inward = -found.velocity[2, 1:-1, scene.SHAFT + 1 : -1, -1].sum()
    drawn = -found.velocity[1, 1:-1, 0].sum()
    assert drawn == pytest.approx(down + inward, rel=1e-5)


@pytest.mark.parametrize("name", ["downflow", "inflow", "rear_share"])
def test_a_negative_flow_is_refused(name: str, tmp_path: Path) -> None:
    text = scene.INPUTS.read_text()
    value = scene.inputs()["air"][name]["value"]
    file = tmp_path / "cabinet.yaml"
    file.write_text(text.replace(f"{name}: {{value: {value}", f"{name}: {{value: -1"))
    with pytest.raises(BadInput, match="negative") as caught:
        scene.inputs(file)
    assert name in caught.value.where


def test_a_finer_grid_has_the_same_shape() -> None:
    finer = copy.deepcopy(scene.inputs())
    finer["grid"]["cell"] = 0.01
    coarse, fine = scene.cabinet(scene.inputs()), scene.cabinet(finer)
    # The shafts are as many cells deep, so half as long.
    above = [np.count_nonzero(s.kind[1:-1, 1 + scene.SHAFT : -1, 1:-1] == FLUID) * s.cell**3 for s in (coarse, fine)]
    assert above[1] == pytest.approx(above[0], rel=0.02)
