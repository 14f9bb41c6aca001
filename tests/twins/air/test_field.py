"""The field's file: what it says of itself holds, its inputs are those of the scene, and a wrong file is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from resilience.twins.air import field
from resilience.twins.air.field import FILE, Field, read
from resilience.twins.errors import BadInput
from resilience.twins.flow import build, checks, scene


@pytest.fixture(scope="module")
def air() -> Field:
    return read()


def test_the_field_was_made_from_the_inputs_that_are_here(air: Field) -> None:
    assert air.about["inputs"] == scene.inputs()
    assert air.about["inputs_sha256"] == field.digest(scene.inputs())


def test_what_the_file_says_of_itself_holds(air: Field) -> None:
    assert build.checks_of(air) == pytest.approx(air.about["checks"]["field"], rel=1e-6)


def test_the_solver_that_made_it_met_what_it_claims(air: Field) -> None:
    # Computed at a resolution that takes minutes, and stored with the field; small ones are computed in every test run.
    found = air.about["checks"]["solver"]
    assert found["uniform"]["largest_departure"] < 0.01
    assert found["cylinder_100"]["strouhal"] == pytest.approx(checks.CYLINDER_STROUHAL[100], rel=0.15)
    assert found["sphere_100"]["drag"] == pytest.approx(checks.SPHERE_DRAG[100], rel=0.15)


def test_the_downflow_is_what_was_asked_for(air: Field) -> None:
    found, asked = build.checks_of(air), scene.inputs()["air"]
    # Thin layers along the walls are slower, the air between them is a little faster.
    assert found["mean_downflow_m_s"] == pytest.approx(asked["downflow"]["value"], rel=0.05)
    assert 0.36 < found["mean_downflow_m_s"] < 0.54
    assert found["downflow_spread_m_s"] < 0.15 * found["mean_downflow_m_s"]


def test_what_comes_in_goes_out(air: Field) -> None:
    found, given = build.checks_of(air), scene.inputs()
    width, aperture = 1.2, 0.2
    assert found["aperture_inflow_m3_s"] == pytest.approx(given["air"]["inflow"]["value"] * width * aperture, rel=0.02)
    assert found["filter_m3_s"] == pytest.approx(0.45 * width * 0.49, rel=0.03)
    # Seen one cell over the grilles, where part of the air still comes from the sides.
    out = found["front_grille_m3_s"] + found["rear_grille_m3_s"]
    assert 0.75 < out / (found["filter_m3_s"] + found["aperture_inflow_m3_s"]) < 1.02


def test_air_is_neither_made_nor_lost(air: Field) -> None:
    # In units of the downflow over a cell: differences over two cells show no more.
    assert build.checks_of(air)["divergence_rms_per_s"] * air.cell / 0.45 < 0.015


def test_the_room_stays_out_by_the_front_grille(air: Field) -> None:
    # In the aperture air goes inwards; a hand's breadth behind the grille it goes forwards, to it.
    heights = np.linspace(0.92, 1.0, 9)
    at_aperture = air.at(np.stack([0 * heights, heights, 0 * heights + 0.31], axis=1))[:, 2]
    behind = air.at(np.stack([0 * heights, heights, 0 * heights + 0.18], axis=1))[:, 2]
    assert (at_aperture < 0).all()
    assert (behind > 0).all()


def test_the_work_surface_stops_the_air_and_parts_it(air: Field) -> None:
    points = np.array([[0, 0.901, 0.0], [0, 0.92, 0.1], [0, 0.92, -0.2], [0, 1.3, 0.0]])
    found = air.at(points)
    assert abs(found[0, 1]) < 0.02
    assert found[1, 2] > 0.1
    assert found[2, 2] < -0.1
    assert found[3, 1] == pytest.approx(-0.45, rel=0.1)


def test_the_field_is_symmetric(air: Field) -> None:
    points = np.array([[0.31, 1.1, 0.05], [-0.31, 1.1, 0.05]])
    right, left = air.at(points)
    assert right[0] == pytest.approx(-left[0], abs=1e-6)
    assert right[1:] == pytest.approx(left[1:], abs=1e-6)


def test_reading_between_cells_is_exact_for_a_slope() -> None:
    axes = np.meshgrid(*(np.arange(n) * 0.02 for n in (6, 7, 8)), indexing="ij")
    grid = np.stack([axes[0] + 2 * axes[1], axes[2], 3 * axes[0], 0 * axes[0]], axis=-1).astype(np.float32)
    points = np.random.default_rng(0).uniform(0, 0.1, (20, 3))
    found = Field(grid, np.zeros(3), 0.02, {}).at(points)
    assert found[:, 0] == pytest.approx(points[:, 0] + 2 * points[:, 1], abs=1e-6)
    assert found[:, 1] == pytest.approx(points[:, 2], abs=1e-6)


def changed(folder: Path, **about: Any) -> Path:
    """The field's file with other words about it."""
    with np.load(FILE) as file:
        half, words = file["half"], json.loads(str(file["about"]))
    path = folder / "field.npz"
    np.savez_compressed(path, half=half, about=np.array(json.dumps({**words, **about})))
    return path


def test_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="of version 99, wanted is 1") as caught:
        read(changed(tmp_path, version=99))
    assert "python -m resilience.twins.flow" in caught.value.fix


def test_numbers_that_were_changed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not those it was written with"):
        read(changed(tmp_path, numbers_sha256="0"))
    with pytest.raises(BadInput, match="not those it was written with"):
        read(changed(tmp_path, inputs={"grid": {"cell": 0.01}}))


@pytest.mark.parametrize("data", [b"", b"no field", b"PK\x03\x04"])
def test_what_is_no_field_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "field.npz"
    path.write_bytes(data)
    with pytest.raises(BadInput, match="does not hold what it should"):
        read(path)
    with pytest.raises(BadInput, match="does not hold what it should"):
        read(tmp_path / "none.npz")


def test_a_field_with_something_that_is_no_number_is_refused(tmp_path: Path) -> None:
    with np.load(FILE) as file:
        half, words = file["half"].copy(), json.loads(str(file["about"]))
    half[0, 3, 3, 3] = np.nan
    path = tmp_path / "field.npz"
    words["numbers_sha256"] = field.digest(half)
    np.savez_compressed(path, half=half, about=np.array(json.dumps(words)))
    with pytest.raises(BadInput, match="four finite numbers"):
        read(path)
