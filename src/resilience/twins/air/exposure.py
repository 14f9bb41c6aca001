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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resilience.twins.air.kernel import FARTHEST, Reach, Vector, kernel
from resilience.twins.air.numbers import Numbers
from resilience.twins.air.numbers import numbers as central
from resilience.twins.errors import BadInput

__all__ = ["FARTHEST", "JUMP", "Exposure", "Rejected", "Site", "Vector"]

JUMP: Final = 2.0
"""A hand does not move so far between two ticks, m: what says so has lost it."""
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
        self.kernel = kernel()
        self._state = _State()
        self._sites: list[Site] = []
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
        state = self._state
        if not state.protects:
            found = self._none()
            found[:, 1] = self.numbers.alarm_share * state.room
        else:
            found = self._read(Reach.at, 0)
            found[:, 0] = self.numbers.first_air
        return found * self._catch[:, None]

    def errors(self) -> NDArray[np.float64]:
        """Standard error of `rates`, same shape: of the particle runs behind the tables and of reading between them."""
        found = self._read(Reach.errors_at, 1) if self._state.protects else self._none()
        return found * self._catch[:, None]

    def _none(self) -> NDArray[np.float64]:
        return np.zeros((len(self._sites), len(_AIR) + 2 * len(self._state.palms)))

    def _read(self, hand: Callable[[Reach, float, float, float], tuple[float, float]], of: int) -> NDArray[np.float64]:
        """Concentrations over the sites, or (`of` 1) their standard errors; what first air holds is left out."""
        state, found = self._state, self._none()
        reaches = [Reach(self.kernel, palm, state.elbows[name]) for name, palm in state.palms.items()]
        for row, site in zip(found, self._sites, strict=True):
            row[1] = self.kernel.room_share(site.at[1], site.at[2])[of] * state.room
            for h, (reach, (glove, sleeve)) in enumerate(zip(reaches, state.giving.values(), strict=True)):
                of_glove, of_sleeve = hand(reach, *site.at)
                row[2 * h + 2], row[2 * h + 3] = of_glove * glove, of_sleeve * sleeve
        return found

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
