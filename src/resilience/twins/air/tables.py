"""The tables of the exposure kernel: concentrations that gloves and sleeves keep up around them, from particle runs.

`python -m resilience.twins.air.tables` makes them anew (minutes on one core), with their standard errors.
A hand reaches straight in from the aperture at several heights and depths; around each the air is divided into cells.
What is not known of a hand (`poses.spread`) is drawn anew for every run: the tables hold the mean over it.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resilience.twins.air import poses
from resilience.twins.air.ensemble import Cells, concentrations
from resilience.twins.air.field import Field, digest
from resilience.twins.air.field import read as read_field
from resilience.twins.air.kernel import ABOVE, ALONG, BEHIND, BELOW, CELL, DEPTHS, FILE, HEIGHTS, SIDES, VERSION, read
from resilience.twins.air.motion import CALM
from resilience.twins.air.numbers import numbers
from resilience.twins.air.obstacles import Body

__all__ = ["ABOVE", "ALONG", "BEHIND", "BELOW", "CELL", "DEPTHS", "FILE", "HEIGHTS", "SIDES", "make", "origin", "read"]

ELBOW_HEIGHT: Final = 1.02
"""Where a forearm passes the aperture, m."""
PARTICLES: Final = 800
RUNS: Final = 60
ROOM_PARTICLES: Final = 60_000
ROOM_RUNS: Final = 6


def pose(field: Field, depth: float, height: float) -> tuple[poses.Vector, poses.Vector]:
    """Palm and elbow of a hand that reaches straight in."""
    palm = (0.0, field.shape["y"][0] + height, depth)
    return palm, (0.0, ELBOW_HEIGHT, field.shape["z"][1])


def around(palm: poses.Vector) -> Cells:
    """The cells around a palm."""
    low = (palm[0] - SIDES * CELL, palm[1] - BELOW * CELL, palm[2] - BEHIND * CELL)
    return Cells(low, CELL, (2 * SIDES, BELOW + ABOVE, BEHIND + ALONG))


def make(field: Field, particles: int = PARTICLES, runs: int = RUNS) -> dict[str, NDArray[np.float64]]:
    """All tables by name."""
    shape = (2, len(DEPTHS), len(HEIGHTS), SIDES, BELOW + ABOVE, BEHIND + ALONG)
    values, errors = np.zeros(shape), np.zeros(shape)
    for i, depth in enumerate(DEPTHS):
        for j, height in enumerate(HEIGHTS):
            palm, elbow = pose(field, depth, height)
            for k, run in enumerate((poses.gloves_run, poses.sleeves_run)):
                draw, seed = partial(run, palm, elbow), 1000 * k + 100 * i + j
                mean, error = concentrations(field, draw, around(palm), particles, runs, seed)
                # Both sides are one: a left and a right hand differ by nothing here.
                values[k, i, j] = 0.5 * (mean[SIDES:] + mean[SIDES - 1 :: -1])
                errors[k, i, j] = 0.5 * np.hypot(error[SIDES:], error[SIDES - 1 :: -1])
    room, room_errors = _room(field)
    return {"values": values, "errors": errors, "room": room, "room_errors": room_errors}


def _room(field: Field) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of the room's concentration in the cabinet: (y, z), the mean over the width without the ends."""
    shape = field.shape
    start, width, top = shape["z"][1] + 0.05, 0.6, shape["y"][0] + 0.40
    low, high = shape["y"][0], top
    # Air crosses a plane in front of the sash; let in evenly, each particle stands for the air that crosses there.
    heights = np.linspace(low, high, 41)
    heights = 0.5 * (heights[1:] + heights[:-1])
    inward = np.maximum(-field.at(np.stack([0 * heights, heights, 0 * heights + start], axis=1))[:, 2], 0.0)

    def draw(count: int, chance: np.random.Generator) -> tuple[list[Body], NDArray[np.float64]]:
        y = chance.choice(heights, count, p=inward / inward.sum()) + chance.uniform(-0.5, 0.5, count) * (
            heights[1] - heights[0]
        )
        return [], np.stack([chance.uniform(-width / 2, width / 2, count), y, np.full(count, start)], axis=1)

    flow = inward.mean() * (high - low) * width
    cells = Cells((-width / 4, low, shape["z"][0]), CELL, (round(width / 2 / CELL), 12, round(0.6 / CELL)))
    mean, error = concentrations(field, draw, cells, ROOM_PARTICLES, ROOM_RUNS, seed=7)
    return mean.mean(axis=0) * flow, np.sqrt((error**2).mean(axis=0) / cells.counts[0]) * flow


def origin(field: Field) -> dict[str, str]:
    """What the tables are made from: they are no longer right when one of these has changed."""
    given = numbers()
    motion = [given.settling_mcp, given.turbulence_floor, given.turbulence_memory]
    shapes = [given.wake_palm, given.wake_arm, CALM, poses.PALM, poses.ARM, poses.FOREARM, poses.LOOSE]
    spreads = [poses.SPREAD, poses.ELBOW_SPREAD, poses.AROUND_GLOVE]
    return {
        "field": str(field.about["numbers_sha256"]),
        "motion_and_bodies": digest([motion, shapes, spreads]),
        "poses": digest([HEIGHTS, DEPTHS, ELBOW_HEIGHT, CELL, SIDES, BELOW, ABOVE, BEHIND, ALONG]),
    }


def write(path: Path, tables: dict[str, NDArray[np.float64]], field: Field) -> None:
    """Write the tables with what they were made from."""
    about = {"version": VERSION, "from": origin(field), "particles": PARTICLES, "runs": RUNS, "unit": "s/m3"}
    low = [field.shape["y"][0], field.shape["z"][0]]
    small = {name: values.astype(np.float16) for name, values in tables.items()}
    text = np.array(json.dumps({**about, "room_low": low}, sort_keys=True))
    np.savez_compressed(
        path,
        about=text,
        values=small["values"],
        errors=small["errors"],
        room=small["room"],
        room_errors=small["room_errors"],
    )


if __name__ == "__main__":
    air = read_field()
    write(FILE, make(air), air)
    print(f"{FILE.name}: {FILE.stat().st_size / 1e3:.0f} kB")
