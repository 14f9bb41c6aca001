"""Writes what the client needs to draw the cabinet's air: `python scripts/air_for_client.py [folder]` (client/src/air).

`cabinet.bin`: the field of `resilience.twins.air.field`, its half x > 0, compressed by gzip: int16 in steps of
QUANTUM, component by component (u, v, w, turbulence), each the difference to its neighbour in x and then in y.
`cabinet.json`: grid, cabinet, wakes, arms, and the digests of what both were made of.
`expected.json`: velocities which the client's own tests have to meet, computed by the twin.
A test says when one of them is stale.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resilience.plant import load
from resilience.training import air
from resilience.twins.air import field, motion, obstacles, particles, poses
from resilience.twins.air.numbers import numbers

FOLDER: Final = Path(__file__).resolve().parents[1] / "client/src/air"
QUANTUM: Final = 0.001
"""Step of a velocity, m/s: a fifth of a percent of the downflow."""
MOST_BYTES: Final = 60_000
SEED: Final = 4
POINTS: Final = 60


def half() -> NDArray[np.int16]:
    """The field's half x > 0 in steps of QUANTUM, (4, nx/2, ny, nz)."""
    grid = field.read().grid
    values = np.moveaxis(grid[len(grid) // 2 :], -1, 0)
    return np.round(values / QUANTUM).astype("<i2")


def packed() -> bytes:
    """The bytes of `cabinet.bin` before they are compressed."""
    across = np.diff(half().astype(int), axis=1, prepend=0)
    return np.diff(across, axis=2, prepend=0).astype("<i2").tobytes()


def about() -> dict[str, Any]:
    """What `cabinet.json` holds; lengths in metres, speeds in m/s, in the cabinet's own frame."""
    found, known = field.read(), numbers()
    middle = len(found.grid) // 2
    return {
        "made_by": "scripts/air_for_client.py",
        "source": {"numbers_sha256": found.about["numbers_sha256"], "inputs_sha256": found.about["inputs_sha256"]},
        "counts": list(half().shape[1:]),
        "low": [float(found.low[0] + middle * found.cell), float(found.low[1]), float(found.low[2])],
        "cell": found.cell,
        "quantum": QUANTUM,
        "downflow": found.about["inputs"]["air"]["downflow"]["value"],
        "limits": particles.limits(found).tolist(),
        "wake_palm": known.wake_palm,
        "wake_arm": known.wake_arm,
        "wake_longest": motion.LONGEST,
        "calm": motion.CALM,
        "turbulence": {"floor": known.turbulence_floor, "memory": known.turbulence_memory},
        "settling": known.settling_mcp,
        "hand": {
            "palm": poses.PALM,
            "arm": poses.ARM,
            "forearm": poses.FOREARM,
            "loose": poses.LOOSE,
            "shoulder": air.SHOULDER,
            "elbow_height": air.ELBOW_HEIGHT,
            "front": load("cabinet").volumes["interior"].z[1],
        },
    }


def elbow(side: str, palm: tuple[float, float, float]) -> tuple[float, float, float]:
    """Where the forearm of a hand in the cabinet goes through the aperture, as the session's own first air has it."""
    shoulder = -air.SHOULDER if side == "left" else air.SHOULDER
    x, y, z = palm
    ahead = shoulder - 0.5 * x, air.ELBOW_HEIGHT - y, about()["hand"]["front"] - z
    return x + ahead[0], y + ahead[1], z + ahead[2]


HANDS: Final[dict[str, list[tuple[str, tuple[float, float, float]]]]] = {
    "undisturbed": [],
    "a hand above": [("right", (0.05, 1.18, -0.02))],
    "both hands": [("left", (-0.16, 1.12, 0.02)), ("right", (0.1, 1.2, -0.06))],
}


def expected() -> dict[str, Any]:
    """Velocity and added turbulence at points, with and without hands and forearms."""
    chance = np.random.default_rng(SEED)
    found = field.read()
    cases = {}
    for name, hands in HANDS.items():
        bodies = [body for side, palm in hands for body in poses.bodies(side, palm, elbow(side, palm))]
        prepared = obstacles.prepare(bodies, found, numbers())
        points = chance.uniform([-0.45, 0.94, -0.2], [0.45, 1.5, 0.16], (POINTS, 3))
        if hands:
            # Half of them where they matter: around the palms and below them.
            near = np.array([hands[n % len(hands)][1] for n in range(POINTS // 2)])
            points[: POINTS // 2] = near + chance.uniform([-0.12, -0.2, -0.12], [0.12, 0.1, 0.12], near.shape)
            points[:, 1] = np.maximum(points[:, 1], 0.94)
        rows = []
        for point, (u, v, w, _) in zip(points.round(4).tolist(), found.at(points.round(4)), strict=True):
            x, y, z = point
            bent: tuple[float, ...] = motion.bend(x, y, z, float(u), float(v), float(w), prepared)
            if bent[7] < 0:
                rows.append({"at": point, "velocity": [round(v, 6) for v in bent[:3]], "added": round(bent[3], 8)})
        placed = [{"side": side, "palm": list(palm)} for side, palm in hands]
        cases[name] = {"hands": placed, "points": rows}
    return cases


def written(folder: Path = FOLDER) -> dict[str, Any]:
    """What lies in a folder: the three files' contents, so that a test can compare them."""
    return {
        "cabinet.bin": gzip.decompress((folder / "cabinet.bin").read_bytes()),
        "cabinet.json": json.loads((folder / "cabinet.json").read_text()),
        "expected.json": json.loads((folder / "expected.json").read_text()),
    }


def main(folder: Path) -> None:
    """Write the three files. Raises SystemExit where the field does not fit."""
    data = gzip.compress(packed(), 9, mtime=0)
    if len(data) > MOST_BYTES:
        raise SystemExit(f"the field takes {len(data)} bytes of {MOST_BYTES}: make QUANTUM larger")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cabinet.bin").write_bytes(data)
    (folder / "cabinet.json").write_text(json.dumps(about(), indent=2) + "\n")
    (folder / "expected.json").write_text(json.dumps(expected(), indent=1) + "\n")
    print(f"{len(data)} bytes of field, largest speed {np.abs(half()).max() * QUANTUM:.2f} m/s")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
