"""Expected organisms on open critical sites, fast enough for every tick of a live session.

On an opening of area A that looks up by the cosine c settle v c A C organisms a second (Whyte & Eaton 2016:
N = C v A t), C the concentration of microbe-carrying particles over it, v their settling speed. In the cabinet:

    C = first air + share(y, z) of the room + sum over hands of (glove E_g K_g + sleeve E_s K_s)

E are what glove and sleeve give off a second, K the concentration per particle a second that hand and arm keep up
around them: tables made by following particles (`tables.py`), read between their points. From `FARTHEST` to the side
of a hand and its arm K is nothing. Where the cabinet does not protect, C is a share of the room's.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from resilience.twins.air import poses, tables
from resilience.twins.air.field import read as read_field
from resilience.twins.air.numbers import Numbers
from resilience.twins.air.numbers import numbers as central
from resilience.twins.errors import BadInput

FARTHEST: Final = 0.10
"""From here on, seen from above, neither hand nor forearm matters to a site, m."""
JUMP: Final = 2.0
"""A hand does not move so far between two ticks, m: what says so has lost it."""
Vector = tuple[float, float, float]
READING: Final = 0.5
"""Error of reading between the tables' points, as a share of how far the points around differ (standard deviation)."""
_HEIGHTS: Final = np.array(tables.HEIGHTS)
_DEPTHS: Final = np.array(tables.DEPTHS)
_AIR: Final = ("first air", "room")


@dataclass(frozen=True)
class Site:
    """An opening: its middle and radius, m, and where it looks (a unit vector)."""

    name: str
    at: Vector
    radius: float
    up: Vector = (0.0, 1.0, 0.0)


@dataclass(frozen=True)
class Rejected:
    """A pose that was not believed: when, whose, and why."""

    seconds: float
    name: str
    why: str


@dataclass
class _State:
    seconds: float = 0.0
    room: float = 0.0
    protects: bool = True
    palms: dict[str, Vector] = field(default_factory=dict)
    elbows: dict[str, Vector] = field(default_factory=dict)
    giving: dict[str, tuple[float, float]] = field(default_factory=dict)
    dose: dict[str, dict[str, float]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


class Exposure:
    """Watches open sites among hands. Deterministic; doses are expected values, not drawn ones."""

    def __init__(self, numbers: Numbers | None = None) -> None:
        self.numbers = numbers or central()
        self.tables = tables.read()
        self._shape = read_field().shape
        self._state = _State()
        self._sites: list[Site] = []
        self._places = np.zeros((0, 3))
        self._catch = np.zeros(0)

    # Inputs -----------------------------------------------------------------------------------------------------------
    def set_air(self, room: float, protects: bool = True) -> None:
        """Concentration in the room, organisms/m3, and whether the cabinet's air protects."""
        if not (math.isfinite(room) and room >= 0):
            raise BadInput(f"the room's concentration is {room}", "room", "Give organisms/m3 of 0 or more.")
        self._state.room, self._state.protects = room, protects

    def set_sites(self, sites: Sequence[Site]) -> None:
        """The sites that are open from now on. Doses of sites that were open stay."""
        for site in sites:
            values = (*site.at, site.radius, *site.up)
            if not all(math.isfinite(value) for value in values) or site.radius <= 0:
                raise BadInput("the site has a place or a radius that is no number", site.name, "Give them in m.")
        self._sites = list(sites)
        self._places = np.array([site.at for site in sites], float).reshape(-1, 3)
        facing = np.array([max(0.0, site.up[1]) for site in sites])
        self._catch = self.numbers.settling_mcp * math.pi * np.array([site.radius**2 for site in sites]) * facing

    def set_hand(self, name: str, palm: Vector, elbow: Vector, glove: float, sleeve: float) -> bool:
        """Where a hand is, m, and what its glove and its sleeve give off, organisms/s. Whether it was believed.

        A place that is no number, or more than JUMP from the last one, is kept in `rejected` and changes nothing.
        """
        if not (math.isfinite(glove) and glove >= 0 and math.isfinite(sleeve) and sleeve >= 0):
            raise BadInput("an emission is negative or no number", name, "Give organisms/s of 0 or more.")
        state = self._state
        why = ""
        before = state.palms.get(name)
        if not all(math.isfinite(value) for value in (*palm, *elbow)):
            why = "a place that is no number"
        elif palm == elbow:
            why = "palm and elbow in one place"
        elif before is not None and math.dist(before, palm) > JUMP:
            why = f"a jump of {math.dist(before, palm):.2f} m"
        if why:
            state.rejected.append(Rejected(state.seconds, name, why))
            return False
        state.palms[name], state.elbows[name], state.giving[name] = palm, elbow, (glove, sleeve)
        return True

    def remove_hand(self, name: str) -> None:
        """A hand is out of the cabinet, or lost from sight."""
        for known in (self._state.palms, self._state.elbows, self._state.giving):
            known.pop(name, None)

    # Outputs ----------------------------------------------------------------------------------------------------------
    @property
    def contributors(self) -> list[str]:
        """Names of the columns of `rates`."""
        return [*_AIR, *(f"{name} {part}" for name in self._state.palms for part in ("glove", "sleeve"))]

    def rates(self) -> NDArray[np.float64]:
        """Expected organisms a second on each site from each contributor, (sites, contributors)."""
        return self._concentrations()[0] * self._catch[:, None]

    def errors(self) -> NDArray[np.float64]:
        """Standard error of `rates`, same shape: of the particle runs behind the tables and of reading between them."""
        return self._concentrations()[1] * self._catch[:, None]

    def _concentrations(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        state, sites = self._state, len(self._sites)
        hands = list(state.palms)
        found = np.zeros((2, sites, len(_AIR) + 2 * len(hands)))
        if not state.protects:
            found[0, :, 1] = self.numbers.alarm_share * state.room
            return found[0], found[1]
        found[0, :, 0] = self.numbers.first_air
        palms = np.array([state.palms[name] for name in hands]).reshape(-1, 3)
        elbows = np.array([state.elbows[name] for name in hands]).reshape(-1, 3)
        giving = np.array([state.giving[name] for name in hands]).reshape(-1, 2)
        known = self.tables
        _fill(
            found,
            self._places,
            palms,
            elbows,
            giving,
            state.room,
            known.values,
            known.errors,
            known.room,
            known.room_errors,
            _HEIGHTS,
            _DEPTHS,
            np.array([*known.room_low, tables.CELL, tables.BELOW, tables.BEHIND, poses.FOREARM]),
        )
        return found[0], found[1]

    def dose(self, site: str) -> dict[str, float]:
        """Expected organisms on a site so far, by contributor."""
        return dict(self._state.dose.get(site, {}))

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """Poses that were not believed."""
        return tuple(self._state.rejected)

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return self._state.seconds

    # Time -------------------------------------------------------------------------------------------------------------
    def do_step(self, seconds: float) -> None:
        """Let inputs hold for so long: doses grow by their rates."""
        if not (math.isfinite(seconds) and seconds >= 0):
            raise BadInput(f"the step is {seconds}", "seconds", "Give seconds of 0 or more.")
        if self._sites:
            names = self.contributors
            for site, row in zip(self._sites, (self.rates() * seconds).tolist(), strict=True):
                dose = self._state.dose.setdefault(site.name, {})
                for name, value in zip(names, row, strict=True):
                    if value:
                        dose[name] = dose.get(name, 0.0) + value
        self._state.seconds += seconds

    # Branches ---------------------------------------------------------------------------------------------------------
    def snapshot(self) -> object:
        """The whole state, to be given back to `restore`."""
        return copy.deepcopy(self._state), list(self._sites)

    def restore(self, snapshot: object) -> None:
        """Go on from a state that `snapshot` gave."""
        if not (isinstance(snapshot, tuple) and len(snapshot) == 2 and isinstance(snapshot[0], _State)):
            raise BadInput("this is no snapshot of exposure", "snapshot", "Give what `snapshot` returned.")
        self._state = copy.deepcopy(snapshot[0])
        self.set_sites(snapshot[1])

    def fork(self) -> Exposure:
        """A second future: goes on from here without touching this one."""
        other = copy.copy(self)
        other.restore(self.snapshot())
        return other


@njit(cache=True, error_model="numpy")
def _fill(
    found: NDArray[np.float64],
    places: NDArray[np.float64],
    palms: NDArray[np.float64],
    elbows: NDArray[np.float64],
    giving: NDArray[np.float64],
    room: float,
    values: NDArray[np.float32],
    errors: NDArray[np.float32],
    shares: NDArray[np.float32],
    share_errors: NDArray[np.float32],
    heights: NDArray[np.float64],
    depths: NDArray[np.float64],
    measures: NDArray[np.float64],
) -> None:
    """Concentrations and their errors: found (2, sites, 2 + 2 hands), of which the first column is left as it is.

    measures: height of the work surface and z of its rear end, the size of a cell, cells of the tables below and behind
    a palm, length of a forearm. All come in as arguments: compiled code is kept by file, and would not see them change.
    """
    worktop, rear, cell = measures[0], measures[1], measures[2]
    for s in range(places.shape[0]):
        x, y, z = places[s]
        b, fb = _between((y - worktop) / cell - 0.5, shares.shape[0])
        c, fc = _between((z - rear) / cell - 0.5, shares.shape[1])
        for i in range(2):
            for j in range(2):
                weight = (fb if i else 1.0 - fb) * (fc if j else 1.0 - fc) * room
                found[0, s, 1] += weight * shares[b + i, c + j]
                found[1, s, 1] += weight * share_errors[b + i, c + j]
        for h in range(palms.shape[0]):
            _one_hand(
                found,
                s,
                2 + 2 * h,
                x - palms[h, 0],
                y,
                z - palms[h, 2],
                palms[h],
                elbows[h],
                giving[h],
                values,
                errors,
                heights,
                depths,
                measures,
            )


@njit(cache=True, error_model="numpy")
def _one_hand(
    found: NDArray[np.float64],
    s: int,
    column: int,
    dx: float,
    y: float,
    dz: float,
    palm: NDArray[np.float64],
    elbow: NDArray[np.float64],
    giving: NDArray[np.float64],
    values: NDArray[np.float32],
    errors: NDArray[np.float32],
    heights: NDArray[np.float64],
    depths: NDArray[np.float64],
    measures: NDArray[np.float64],
) -> None:
    worktop, cell, below, behind, whole = measures[0], measures[2], measures[3], measures[4], measures[5]
    ax, ay, az = elbow[0] - palm[0], elbow[1] - palm[1], elbow[2] - palm[2]
    level = math.sqrt(ax * ax + az * az)
    if level < 1e-9:
        ax, az, level = 0.0, 1.0, 1.0
    reach = whole * level / math.sqrt(level * level + ay * ay)
    ax, az = ax / level, az / level
    along, side = dx * ax + dz * az, abs(dx * az - dz * ax)
    off = along - min(max(along, 0.0), reach)
    if side * side + off * off >= FARTHEST * FARTHEST:
        return
    d, fd = _among(palm[2], depths)
    e, fe = _among(palm[1] - worktop, heights)
    for g in range(2):
        # What leaves the glove goes with the air, whatever way the arm points; what leaves the sleeve lies along it.
        t, ft = _between((abs(dx) if g == 0 else side) / cell - 0.5, values.shape[3])
        a, fa = _between((dz if g == 0 else along) / cell + behind - 0.5, values.shape[5])
        value = square = spread = 0.0
        for m in range(2):
            # Over the work surface: the lowest cell of a table is the one that stands on it.
            lowest = below - math.floor(heights[e + m] / cell + 1e-9)
            v, fv = _between(max((y - palm[1]) / cell + below - 0.5, lowest), values.shape[4])
            for n in range(2):
                outer = (fe if m else 1.0 - fe) * (fd if n else 1.0 - fd)
                for i in range(2):
                    for j in range(2):
                        for k in range(2):
                            weight = outer * (ft if i else 1.0 - ft) * (fv if j else 1.0 - fv) * (fa if k else 1.0 - fa)
                            here = values[g, d + n, e + m, t + i, v + j, a + k]
                            value += weight * here
                            spread += weight * here * here
                            square += (weight * errors[g, d + n, e + m, t + i, v + j, a + k]) ** 2
        found[0, s, column + g] = value * giving[g]
        apart = max(spread - value * value, 0.0)
        found[1, s, column + g] = math.sqrt(square + READING * READING * apart) * giving[g]


@njit(cache=True, inline="always")
def _between(place: float, count: int) -> tuple[int, float]:
    """The cell below a place, and how far it is to the next; beyond the ends, the end."""
    place = min(max(place, 0.0), count - 1.0)
    below = min(int(place), count - 2)
    return below, place - below


@njit(cache=True, inline="always")
def _among(value: float, knots: NDArray[np.float64]) -> tuple[int, float]:
    """The knot below a value, and the share of the way to the next; beyond the ends, the end."""
    below = 0
    while below < len(knots) - 2 and value > knots[below + 1]:
        below += 1
    share = (value - knots[below]) / (knots[below + 1] - knots[below])
    return below, min(max(share, 0.0), 1.0)
