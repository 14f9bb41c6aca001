"""A packed column: bed, beads and binding on a mesh, the state that it has, and the steps it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from resilience.twins.chromatography import kernel, schemes
from resilience.twins.chromatography.bindings import Binding
from resilience.twins.chromatography.kernel import Exchanger, Floats, Grid, OneProtein, Stages, State
from resilience.twins.errors import BadInput

SCHEME: Final = schemes.third_order()
FEWEST_CELLS: Final = 5
MOST_CELLS: Final = 2000
MOST_SHELLS: Final = 500
COURANT: Final = 1.5
"""Cells that the liquid may pass in a step: the scheme's limit for this interpolation lies near 1.7."""
DAMPED: Final = 2.6
"""Step times the fastest decay of advection (1.2 u/dz) and dispersion (4 D/dz2): the scheme's limit lies near 2.8."""
LONGEST: Final = 1.0
"""s"""
BEGINNING: Final = 1e-3
"""s: the first step after what comes in has changed; the steps grow from it as their errors allow."""
ACCURACY: Final = 3e-5
"""Estimated error of one step; over a whole step elution this gives less than 1e-5 of the peak (measured)."""
TOLERANCE: Final = 1e-6
"""Newton: bound amount, summed over shells and cells, as a share of what one shell can bind."""


class NoSolution(ArithmeticError):  # noqa: N818  an answer to the caller: the run stops
    """The step could not be solved, or gave no finite numbers."""


@dataclass(frozen=True)
class Bed:
    """length m, area m2 of the empty tube, porosity (liquid between the beads), axial dispersion m2/s."""

    length: float
    area: float
    porosity: float
    dispersion: float

    @property
    def volume(self) -> float:
        """m3 of beads and liquid."""
        return self.length * self.area


@dataclass(frozen=True)
class Beads:
    """radius m, porosity; film m/s and pore diffusion m2/s, one of each for every component."""

    radius: float
    porosity: float
    film: tuple[float, ...]
    pore: tuple[float, ...]


@dataclass(frozen=True)
class Mesh:
    """Cells along the bed and shells in a bead; graded: edges at R (1 - (1 - m/M)2), fine next to the surface."""

    cells: int
    shells: int
    graded: bool = False

    def __post_init__(self) -> None:
        for what, value, least, most in (
            ("cells", self.cells, FEWEST_CELLS, MOST_CELLS),
            ("shells", self.shells, 1, MOST_SHELLS),
        ):
            if not least <= value <= most:
                raise BadInput(f"{value} {what}", f"mesh.{what}", f"Use {least} to {most}.")

    def edges(self, radius: float) -> Floats:
        """(M + 1,) m from the middle of the bead."""
        parts = np.linspace(0.0, 1.0, self.shells + 1)
        return np.asarray(radius * (1.0 - (1.0 - parts) ** 2 if self.graded else parts))


@dataclass(frozen=True)
class Air:
    """Air in the bed: the share of the liquid between the beads that stands still behind it, its exchange 1/s."""

    share: float = 0.0
    exchange: float = 0.0


@dataclass(frozen=True)
class Tubing:
    """What lies between the bed and the end: tanks in series, m3 together."""

    tanks: int = 0
    volume: float = 0.0


class Column:
    """Bed, beads, binding, mesh and tubing as they are now. It changes nothing but the state it is given.

    `tracers`: what only the liquid carries (the first is the pH); they reach the pores at once.
    """

    def __init__(
        self, bed: Bed, beads: Beads, binding: Binding, mesh: Mesh, tracers: int = 0, air: Air | None = None,
        tubing: Tubing | None = None,
    ) -> None:  # fmt: skip
        self.bed, self.beads, self.binding, self.mesh, self.tracers = bed, beads, binding, mesh, tracers
        self.air, self.tubing = air or Air(), tubing or Tubing()
        self.moving = bed.porosity * (1.0 - self.air.share)
        self._scheme, self._table = SCHEME, binding.table()
        self._grid = _grid(self)
        steric = binding.kind == kernel.STERIC
        self._stages = _stages(self, self._scheme.weights.size)
        self._single = None if steric else _single(mesh)
        self._exchanger = _exchanger(binding.components, mesh.shells) if steric else None
        self._numbers = _numbers(self)

    def empty(self, tracers: Floats) -> State:
        """A column without protein or salt, filled with liquid of these tracers (P,)."""
        n, p, mesh = self.binding.components, self.tracers, self.mesh
        steric = self.binding.kind == kernel.STERIC
        state = State(
            c=np.zeros((n, mesh.cells)),
            s=np.zeros((n, mesh.cells)),
            x=np.zeros((p, mesh.cells)),
            y=np.zeros((p, mesh.cells)),
            cp=np.zeros((n, mesh.shells, mesh.cells)),
            q=np.zeros((n, mesh.shells, mesh.cells)),
            sites=np.full((mesh.shells, mesh.cells), self._table[kernel.CAPACITY, 0]) if steric else np.zeros((0, 0)),
            reached=np.zeros(1, dtype=np.int64),
            tanks=np.zeros((self.tubing.tanks, n + p)),
            pace=np.full(1, BEGINNING),
            seen=np.zeros(n),
            sums=np.zeros((3, n + p)),
        )
        state.x[:] = state.y[:] = tracers[:, None]
        state.tanks[:, n:] = tracers
        return state

    def fill(self, state: State, liquid: Floats, bound: Floats) -> None:
        """Put liquid (n,) into bed and pores and bound amounts (n,) into the solid, everywhere alike."""
        state.c[:] = state.s[:] = liquid[:, None]
        state.cp[:], state.q[:] = liquid[:, None, None], bound[:, None, None]
        state.tanks[:, : liquid.size] = liquid
        state.reached[0] = self.mesh.cells
        if state.sites.size:
            covered = self._table[kernel.CHARGE, 1:] + self._table[kernel.SHIELDING, 1:]
            state.sites[:] = self._table[kernel.CAPACITY, 0] - float(covered @ bound[1:])

    def longest(self, flow: float) -> float:
        """The longest stable step at a flow (m3/s), s."""
        cell = self.bed.length / self.mesh.cells
        speed = flow / (self.bed.area * self.moving * cell)
        decay = 1.2 * speed + 4.0 * self.bed.dispersion / (cell * cell)
        return 1.0 / max(1.0 / LONGEST, speed / COURANT, decay / DAMPED)

    def advance(self, state: State, seconds: float, flow: float, inlet: Floats, ramp: Floats) -> int:
        """Move a state by `seconds` > 0 at `flow` m3/s; gives the number of steps.

        inlet (n + P,): what comes in at first, components before tracers; ramp: its change per second. Raises
        NoSolution where the equations cannot be solved.
        """
        numbers = self._numbers
        numbers[kernel.FLOW] = flow
        numbers[kernel.SPEED] = flow / (self.bed.area * self.moving)
        steps, iterations = kernel.advance(
            seconds, self.longest(flow), self.binding.kind, self._scheme, numbers, self._grid, self._table, inlet,
            ramp, state, self._stages, self._single, self._exchanger,
        )  # fmt: skip
        if iterations > kernel.MOST_ITERATIONS:
            raise NoSolution("binding and diffusion in the beads could not be solved")
        if not (np.isfinite(state.c).all() and np.isfinite(state.x).all() and np.isfinite(state.sums).all()):
            raise NoSolution("the liquid holds no finite concentrations")
        return int(steps)

    def content(self, state: State) -> Floats:
        """(n + P,) what the bed holds, unit of the liquid times m3; tracers in pores and liquid alike."""
        bed, beads = self.bed, self.beads
        share = np.diff(self.mesh.edges(1.0) ** 3)[:, None]
        solid = (1.0 - bed.porosity) * (1.0 - beads.porosity)
        pores = (1.0 - bed.porosity) * beads.porosity
        still = bed.porosity - self.moving
        inside = (share * (pores * state.cp + solid * state.q)).sum(axis=1)
        held = self.moving * state.c + still * state.s + inside
        carried = (self.moving + pores) * state.x + still * state.y
        return np.asarray(np.concatenate((held, carried)).sum(axis=1) * bed.volume / self.mesh.cells)


def _numbers(column: Column) -> Floats:
    bed, beads, air = column.bed, column.beads, column.air
    pores = (1.0 - bed.porosity) * beads.porosity
    numbers = np.zeros(kernel.NUMBERS)
    numbers[kernel.DISPERSION] = bed.dispersion
    numbers[kernel.CELL] = bed.length / column.mesh.cells
    numbers[kernel.PHI] = (1.0 - beads.porosity) / beads.porosity
    if air.share > 0.0:
        numbers[kernel.STAGNANT_IN] = air.exchange * bed.porosity / column.moving
        numbers[kernel.STAGNANT_OUT] = air.exchange / air.share
        numbers[kernel.TRACER_IN] = air.exchange * bed.porosity / (column.moving + pores)
    numbers[kernel.TRACER_SPEED] = column.moving / (column.moving + pores)
    numbers[kernel.TANK] = column.tubing.volume / column.tubing.tanks if column.tubing.tanks else 0.0
    numbers[kernel.TOLERANCE] = TOLERANCE * column.binding.full
    numbers[kernel.ACCURACY] = ACCURACY
    return numbers


def _grid(column: Column) -> Grid:
    """Exchange between neighbouring shells; the film and half the outermost shell lie in series."""
    beads = column.beads
    edges = column.mesh.edges(beads.radius)
    volumes, centres = np.diff(edges**3) / 3.0, (edges[1:] + edges[:-1]) / 2.0
    n, shells = len(beads.pore), column.mesh.shells
    lower, upper, film = np.zeros((n, shells)), np.zeros((n, shells)), np.zeros(n)
    for k, (pore, wall) in enumerate(zip(beads.pore, beads.film, strict=True)):
        between = pore * edges[1:-1] ** 2 / np.diff(centres)
        through = 1.0 / (1.0 / wall + (beads.radius - centres[-1]) / (beads.porosity * pore))
        upper[k, :-1] = between / volumes[:-1]
        lower[k, 1:] = between / volumes[1:]
        upper[k, -1] = through * beads.radius**2 / (beads.porosity * volumes[-1])
        film[k] = 3.0 * through * (1.0 - column.bed.porosity) / (beads.radius * column.moving)
    return Grid(lower, upper, film)


def _stages(column: Column, count: int) -> Stages:
    n, p, cells = column.binding.components, column.tracers, column.mesh.cells
    rows = n * column.mesh.shells
    shapes: dict[str, tuple[int, ...]] = {
        **dict.fromkeys(("kc", "ks", "dc"), (count, n, cells)),
        **dict.fromkeys(("kx", "ky", "dx"), (count, p, cells)),
        **dict.fromkeys(("kt", "kq"), (count, rows, cells)),
        **dict.fromkeys(("c0", "s0"), (n, cells)),
        **dict.fromkeys(("x0", "y0"), (p, cells)),
        **dict.fromkeys(("total0", "q0", "total", "q"), (rows, cells)),
        "face": (cells + 1,),
        "outlet": (count, n + p),
    }
    return Stages(**{name: np.zeros(shape) for name, shape in shapes.items()})


def _single(mesh: Mesh) -> OneProtein:
    rows, row = (mesh.shells, mesh.cells), mesh.cells
    edge = (mesh.shells + 1, mesh.cells)
    shapes = (rows, rows, edge, edge, row, row, row)
    return OneProtein(*(np.zeros(shape) for shape in shapes))


def _exchanger(n: int, shells: int) -> Exchanger:
    shapes = ((shells, 5, n), (shells, n, n + 1), (n, n), (n, 1), (n,))
    return Exchanger(*(np.zeros(shape) for shape in shapes))
