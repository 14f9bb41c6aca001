"""The committed light is that of the rooms as they are, and is bright where it should be."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from resilience.plant import kinds, load
from resilience.plant.light.__main__ import FOLDER, main
from resilience.plant.light.scene import furnished
from resilience.plant.specs import MODELS

ROOMS = [kind for kind in kinds() if load(kind).room]
REPORT: dict[str, dict[str, Any]] = json.loads((FOLDER / "report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("room", ROOMS)
def test_the_light_was_baked_for_the_room_as_it_is(room: str) -> None:
    assert REPORT[room]["spec"] == load(room).digest, f"run: scripts/bake {room}"


@pytest.mark.parametrize("name", [*ROOMS, "studio"])
def test_the_report_tells_the_truth_of_the_picture(name: str) -> None:
    data = (FOLDER / f"{name}.webp").read_bytes()
    assert len(data) == REPORT[name]["bytes"]
    assert data[:4] == b"RIFF"
    assert data[8:12] == b"WEBP"


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_baked_lies_within_the_room_and_apart_in_the_picture(room: str) -> None:
    shell = furnished(room)[0]
    spec, baked = load(room), shell.only(shell.baked)
    assert 1000 < len(baked.faces) < len(shell.faces)
    used = np.unique(baked.faces)
    assert (shell.points[used] >= np.array(spec.low) - 0.002).all()
    assert (shell.points[used] <= np.array(spec.high) + 0.002).all()
    uv = shell.light[baked.faces]
    a, b = uv[:, 1] - uv[:, 0], uv[:, 2] - uv[:, 0]
    area = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum() / 2
    assert 0.3 < area < 1.0, "islands that overlap would need more than the whole picture"
    assert uv.min() >= 0
    assert uv.max() <= 1


def test_colours_of_a_room_come_without_the_shading_of_its_vertices() -> None:
    shell = furnished("airlock")[0]
    floor = (np.abs(shell.points[:, 1]) < 1e-5) & (np.abs(shell.points[:, [0, 2]]) < 1.3).all(axis=1)
    assert floor.sum() > 50
    assert np.ptp(shell.colours[floor][:, :3], axis=0).max() < 0.06


def test_what_stands_in_a_room_is_placed_as_its_mount_says() -> None:
    things = {thing.kind: thing for thing in furnished("airlock")}
    spec, at = load("trolley"), load("airlock").mounts["trolley"].at
    low, high = things["trolley"].points.min(axis=0), things["trolley"].points.max(axis=0)
    # turned by a quarter: its length lies along z
    assert high[2] - low[2] == pytest.approx(spec.size[0], abs=0.002)
    assert (low[0] + high[0]) / 2 == pytest.approx(at[0], abs=0.002)


def test_the_level_of_the_floor_is_read_from_the_picture() -> None:
    shell = furnished("airlock")[0]
    flat = np.full((64, 64, 3), 0.25)
    assert shell.floor_level(flat) == pytest.approx(0.25)
    low = (shell.points[:, 1] < 0.005) & shell.light.any(axis=1)
    at = np.clip((shell.light[low] * 64).astype(int), 0, 63)
    flat[at[:, 1], at[:, 0]] = 0.75
    assert shell.floor_level(flat) == pytest.approx(0.75)


def test_an_unknown_room_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attic"]) == 2
    assert "attic: is no room; the rooms are" in capsys.readouterr().err


def test_light_lies_beside_the_models() -> None:
    assert FOLDER.parent == MODELS
