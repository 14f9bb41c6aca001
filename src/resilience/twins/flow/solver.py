"""A box of air in lattice units: cells, what they are, and their state, advanced step by step."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resilience.twins.errors import BadInput
from resilience.twins.flow import lattice
from resilience.twins.flow.lattice import BODY, FLUID, HELD, OPEN, WALL

SMAGORINSKY: Final = 0.16
"""Smagorinsky's constant: 0.1 to 0.2 in use (Lilly 1966 derives 0.17)."""
FASTEST: Final = 0.25
"""Above this lattice velocity the air is no longer incompressible (Mach 0.43)."""
_KINDS: Final = (FLUID, WALL, BODY, HELD, OPEN)
_NEIGHBOURS: Final = ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1))


class Box:
    """Air among walls, bodies and openings.

    kind: (nx, ny, nz) of FLUID, WALL, BODY, HELD, OPEN; velocity: (3, nx, ny, nz), lattice units: of the air at the
    start, of HELD cells and of walls that move or give air throughout; viscosity in lattice units; smagorinsky 0
    computes without an eddy viscosity. `macro` (4, nx, ny, nz) is density and velocity after the last step.
    """

    def __init__(
        self,
        kind: lattice.Bytes,
        velocity: lattice.Floats,
        viscosity: float,
        smagorinsky: float = SMAGORINSKY,
    ) -> None:
        if kind.ndim != 3 or velocity.shape != (3, *kind.shape):
            raise BadInput("kind and velocity differ in shape", "flow", "Give (nx, ny, nz) and (3, nx, ny, nz).")
        if not np.isin(kind, _KINDS).all():
            raise BadInput("a cell is of no known kind", "flow", "Use FLUID, WALL, BODY, HELD and OPEN.")
        if not np.isfinite(velocity).all() or float(np.abs(velocity).max()) > FASTEST:
            raise BadInput(f"a velocity is above {FASTEST} cells a step", "flow", "Take a smaller time step.")
        if not viscosity >= 0:
            raise BadInput(f"the viscosity is {viscosity}", "flow", "Give a viscosity of 0 or more.")
        self.kind = np.ascontiguousarray(kind, dtype=np.uint8)
        self.tau = 0.5 + 3.0 * viscosity
        self.smagorinsky = smagorinsky
        self.steps = 0
        self.share = 1.0
        """Of their velocity that walls have now: raised slowly from 0, a start does not make the box ring."""
        velocity = np.ascontiguousarray(velocity, dtype=np.float32)
        self._links = lattice.links_of(self.kind, velocity)
        self._edge = _edge(self.kind, velocity)
        still = np.where((kind == WALL) | (kind == BODY), np.float32(0), velocity)
        self.macro = np.concatenate([np.ones((1, *kind.shape), np.float32), still.astype(np.float32)])
        self._f = np.empty((19, *kind.shape), np.float32)
        lattice.fill(self._f, self.macro[0], np.ascontiguousarray(self.macro[1:]))
        self._next = self._f.copy()

    def step(self) -> NDArray[np.float64]:
        """Advance by one step; the force on the BODY cells, (3,), lattice units."""
        links, first, pushes = self._links
        pushes = pushes if self.share == 1.0 else (pushes * self.share).astype(np.float32)
        force = lattice.step(
            self._f, self._next, self.kind, links, first, pushes, self.tau, self.smagorinsky, self.macro
        )
        self._f, self._next = self._next, self._f
        lattice.edge(self._f, self.kind, *self._edge, self.macro)
        self.steps += 1
        return np.array(force)

    @property
    def velocity(self) -> lattice.Floats:
        """(3, nx, ny, nz) of the last step. Raises BadInput where the computation has become unstable."""
        if not np.isfinite(self.macro).all():
            raise BadInput(f"the flow became unstable by step {self.steps}", "flow", "Take a smaller time step.")
        return self.macro[1:]

    @property
    def flow(self) -> NDArray[np.float64]:
        """(3, nx, ny, nz) flow of mass of the last step: density times velocity."""
        found: NDArray[np.float64] = self.velocity.astype(np.float64) * self.macro[0]
        return found


def _edge(kind: lattice.Bytes, velocity: lattice.Floats) -> tuple[lattice.Indices, lattice.Indices, lattice.Floats]:
    """The cells of the edge, for each its fluid neighbour (itself where there is none), and the velocity given."""
    cells = np.argwhere((kind == HELD) | (kind == OPEN))
    inside = cells.copy()
    waiting = np.ones(len(cells), dtype=bool)
    for step in _NEIGHBOURS:
        near = cells + np.array(step)
        within = waiting & (near >= 0).all(axis=1) & (near < np.array(kind.shape)).all(axis=1)
        chosen = np.flatnonzero(within)
        chosen = chosen[kind[tuple(near[chosen].T)] == FLUID]
        inside[chosen] = near[chosen]
        waiting[chosen] = False
    given = velocity[:, cells[:, 0], cells[:, 1], cells[:, 2]].T
    return cells.astype(np.int64), inside.astype(np.int64), np.ascontiguousarray(given, dtype=np.float32)
