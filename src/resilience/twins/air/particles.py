"""Particles in the cabinet's air: let in somewhere, carried, shaken, and deposited on surfaces that have names."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resilience.twins.air import motion
from resilience.twins.air.field import Field
from resilience.twins.air.motion import AIRBORNE, FRONT_GRILLE, ON_BODY, REAR_GRILLE, ROOM, UNUSED, WALL, WORKTOP
from resilience.twins.air.numbers import Numbers
from resilience.twins.air.numbers import numbers as central
from resilience.twins.air.obstacles import Body, prepare
from resilience.twins.errors import BadInput

NAMES: Final = {
    WORKTOP: "worktop",
    FRONT_GRILLE: "front grille",
    REAR_GRILLE: "rear grille",
    WALL: "wall",
    ROOM: "room",
}
STEP: Final = 0.025
"""The longest step, s: half a tick, in which air at 0.45 m/s goes half a cell."""
FASTEST: Final = 0.9
"""Air beside a body in the working zone is hardly faster, m/s."""
_MIDDLE: Final = 0x9E3779B97F4A7C15


@dataclass
class _State:
    place: NDArray[np.float64]
    shaken: NDArray[np.float64]
    fate: NDArray[np.uint8]
    seeds: NDArray[np.uint64]
    seconds: float = 0.0
    emitted: int = 0
    settled: dict[str, int] | None = None
    drawn: int = 0


class Particles:
    """Up to `places` particles in a field of air. The same seed and the same inputs give the same paths, to the bit."""

    def __init__(
        self,
        field: Field,
        places: int = 2000,
        seed: int = 0,
        numbers: Numbers | None = None,
        settling: float | None = None,
        turbulent: bool = True,
    ) -> None:
        """settling in m/s (that of microbe-carrying particles unless given); turbulent off: the mean air alone."""
        self.field = field
        self.numbers = numbers or central()
        self.settling = self.numbers.settling_mcp if settling is None else settling
        if not (math.isfinite(self.settling) and self.settling >= 0):
            raise BadInput(f"the settling speed is {settling}", "settling", "Give m/s of 0 or more.")
        self.floor_turbulence = self.numbers.turbulence_floor if turbulent else 0.0
        self._grid = field.grid if turbulent else np.ascontiguousarray(field.grid * np.array([1, 1, 1, 0], np.float32))
        self._limits = limits(field)
        self._bodies = prepare([], field, self.numbers)
        self._names: list[str] = []
        self._longest = STEP
        self._seed = np.uint64(seed)
        self._state = _State(
            np.zeros((places, 3)),
            np.zeros((places, 3)),
            np.full(places, UNUSED, np.uint8),
            np.zeros(places, np.uint64),
            settled={},
        )
        self.steps_made = 0

    # Inputs -----------------------------------------------------------------------------------------------------------
    def set_bodies(self, bodies: Sequence[Body]) -> None:
        """Hands, arms and things from now on. Raises BadInput for one outside the cabinet; then nothing changes."""
        self._bodies = prepare(list(bodies), self.field, self.numbers)
        self._names = [body.name for body in bodies]
        # No particle may pass a slim thing between two steps.
        slimmest = min((body.radius for body in bodies), default=math.inf)
        self._longest = min(STEP, slimmest / FASTEST)

    def emit(self, points: NDArray[np.float64]) -> int:
        """Let in a particle at each of the (n, 3) points, m, as far as there are places; how many were."""
        if points.ndim != 2 or points.shape[1] != 3 or not np.isfinite(points).all():
            raise BadInput("a particle has a place that is no number", "points", "Give (n, 3) finite numbers, in m.")
        state = self._state
        free = np.flatnonzero(state.fate != AIRBORNE)[: len(points)]
        state.place[free] = points[: len(free)]
        with np.errstate(over="ignore"):
            order = np.arange(state.drawn + 1, state.drawn + 1 + len(free), dtype=np.uint64)
            seeds = _mixed((self._seed + np.uint64(1)) * np.uint64(_MIDDLE) + _mixed(order))
            state.seeds[free] = seeds
            # The turbulence a particle is let into is drawn from the same generator.
            for axis in range(3):
                state.shaken[free, axis] = _normal(seeds + np.uint64(2 * axis + 1))
        state.fate[free] = AIRBORNE
        state.drawn += len(free)
        state.emitted += len(free)
        return len(free)

    # Time -------------------------------------------------------------------------------------------------------------
    def do_step(self, seconds: float) -> None:
        """Advance; bodies hold still meanwhile. What deposits is counted and leaves its place free."""
        if not (math.isfinite(seconds) and seconds >= 0):
            raise BadInput(f"the step is {seconds}", "seconds", "Give seconds of 0 or more.")
        steps = math.ceil(seconds / self._longest - 1e-9)
        if steps:
            self._advance(seconds / steps, steps)
        self._state.seconds += seconds

    def _advance(self, step: float, steps: int) -> None:
        state = self._state
        self.steps_made += motion.advance(
            state.place,
            state.shaken,
            state.fate,
            state.seeds,
            self._grid,
            self.field.low,
            self.field.cell,
            self._limits,
            self._bodies,
            self.settling,
            self.floor_turbulence,
            self.numbers.turbulence_memory,
            step,
            steps,
        )
        self._collect()

    def _collect(self) -> None:
        state = self._state
        came = (state.fate != AIRBORNE) & (state.fate != UNUSED)
        if not came.any() or state.settled is None:
            return
        for code, count in zip(*np.unique(state.fate[came], return_counts=True), strict=True):
            name = self._names[code - ON_BODY] if code >= ON_BODY else NAMES[int(code)]
            state.settled[name] = state.settled.get(name, 0) + int(count)
        state.fate[came] = UNUSED

    # Outputs ----------------------------------------------------------------------------------------------------------
    @property
    def places(self) -> NDArray[np.float64]:
        """Where the airborne particles are, (n, 3), m."""
        found: NDArray[np.float64] = self._state.place[self._state.fate == AIRBORNE]
        return found

    @property
    def place(self) -> NDArray[np.float64]:
        """Of every place for a particle, where it is or was last, (places, 3), m. Not to be changed."""
        return self._state.place

    @property
    def fate(self) -> NDArray[np.uint8]:
        """Of every place, AIRBORNE or UNUSED. Not to be changed."""
        return self._state.fate

    @property
    def airborne(self) -> int:
        """How many are in the air."""
        return int(np.count_nonzero(self._state.fate == AIRBORNE))

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return self._state.seconds

    def account(self) -> dict[str, int]:
        """Emitted, airborne, and what lies on each surface by name: the first is the sum of the others."""
        state = self._state
        return {"emitted": state.emitted, "airborne": self.airborne, **(state.settled or {})}

    # Branches ---------------------------------------------------------------------------------------------------------
    def snapshot(self) -> object:
        """The whole state, to be given back to `restore`."""
        return copy.deepcopy((self._state, self._bodies, self._names, self._longest))

    def restore(self, snapshot: object) -> None:
        """Go on from a state that `snapshot` gave."""
        if not (isinstance(snapshot, tuple) and len(snapshot) == 4 and isinstance(snapshot[0], _State)):
            raise BadInput("this is no snapshot of particles", "snapshot", "Give what `snapshot` returned.")
        self._state, self._bodies, self._names, self._longest = copy.deepcopy(snapshot)

    def fork(self) -> Particles:
        """A second future: goes on from here without touching this one."""
        other = copy.copy(self)
        other.restore(self.snapshot())
        return other


def limits(field: Field) -> NDArray[np.float64]:
    """The cabinet's surfaces as the compiled code reads them."""
    shape = field.shape
    spans = [value for axis in "xyz" for value in shape[axis]]
    slope = math.tan(math.radians(shape["sash_tilt_degrees"]))
    last = field.low[2] + field.cell * (field.grid.shape[2] - 1)
    grilles = (shape["rear_grille"][1], *shape["front_grille"])
    return np.array([*spans, *grilles, shape["aperture"][1], slope, last])


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's output for many states."""
    with np.errstate(over="ignore"):
        numbers = numbers * np.uint64(_MIDDLE)
        numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _normal(seeds: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Normal numbers from seeds by Box and Muller's transform."""
    first = ((_mixed(seeds) >> np.uint64(11)).astype(np.float64) + 0.5) / 2.0**53
    second = (_mixed(seeds + np.uint64(0x5851F42D)) >> np.uint64(11)).astype(np.float64) / 2.0**53
    drawn: NDArray[np.float64] = np.sqrt(-2.0 * np.log(first)) * np.cos(2.0 * math.pi * second)
    return drawn
