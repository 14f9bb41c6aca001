"""The rate model written a second time, plainly and in other words than the twin's, for scipy to integrate.

State by cell, so that the Jacobian is a band: liquid of each component, tracer (one, the pH), then for each shell the
pores of each component and what each protein has bound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from resilience.twins.chromatography.bindings import Binding, Langmuir, Steric, Titration
from resilience.twins.chromatography.column import Beads, Bed, Mesh

Floats = NDArray[np.float64]
EPSILON = 1e-10


def weighted_faces(c: Floats) -> Floats:
    """(n - 1,) values at the inner faces of n cells, flow to the right."""
    n = c.size
    faces = np.empty(n - 1)
    faces[0] = c[0]
    for j in (1, n - 2):
        candidates = np.array([-0.5 * c[j - 1] + 1.5 * c[j], 0.5 * c[j] + 0.5 * c[j + 1]])
        smooth = np.array([(c[j] - c[j - 1]) ** 2, (c[j + 1] - c[j]) ** 2])
        weights = np.array([1.0, 2.0]) / 3.0 / (EPSILON + smooth) ** 2
        faces[j] = candidates @ weights / weights.sum()
    a, b, m, p, r = (c[i : n - 4 + i] for i in range(5))
    five = np.array([2 * a - 7 * b + 11 * m, -b + 5 * m + 2 * p, 2 * m + 5 * p - r]) / 6.0
    rough = np.array(
        [
            13 / 12 * (a - 2 * b + m) ** 2 + (a - 4 * b + 3 * m) ** 2 / 4,
            13 / 12 * (b - 2 * m + p) ** 2 + (b - p) ** 2 / 4,
            13 / 12 * (m - 2 * p + r) ** 2 + (3 * m - 4 * p + r) ** 2 / 4,
        ]
    )
    shares = np.array([[0.1], [0.6], [0.3]]) / (EPSILON + rough) ** 2
    faces[2:-1] = (five * shares).sum(axis=0) / shares.sum(axis=0)
    return faces


def carried(c: Floats, inlet: float, speed: float, dispersion: float, dz: float) -> Floats:
    """dc/dt by advection and dispersion."""
    flux = np.empty(c.size + 1)
    flux[0], flux[-1] = speed * inlet, speed * c[-1]
    flux[1:-1] = speed * weighted_faces(c) - dispersion * np.diff(c) / dz
    return -np.diff(flux) / dz


def binding_rates(binding: Binding, cp: Floats, q: Floats, acidity: Floats) -> Floats:
    """dq/dt (cells, shells, proteins) from cp (cells, shells, n), q (cells, shells, proteins), pH (cells, 1, 1)."""
    match binding:
        case Langmuir():
            return binding.ka * cp * (binding.capacity - q) - binding.kd * q
        case Titration():
            on = 1.0 / (1.0 + 10.0 ** (binding.eta_g * (binding.pka_g - acidity)))
            sites = 1.0 / (1.0 + 10.0 ** (binding.eta_a * (binding.pka_a - acidity)))
            return binding.ka * on * cp * (binding.capacity * sites - q) - binding.kd * q
        case Steric():
            nu, sigma = np.array(binding.charge), np.array(binding.shielding)
            # Below 0 come only trial steps of the integrator.
            free = np.maximum(binding.capacity - ((nu + sigma) * q).sum(axis=-1, keepdims=True), 0.0)
            salt = np.maximum(cp[..., :1], 0.0)
            rates: Floats = np.array(binding.ka) * cp[..., 1:] * free**nu - np.array(binding.kd) * q * salt**nu
            return rates


@dataclass(frozen=True)
class RateModel:
    """The equations on a mesh; `inlet(t)` gives (n + 1,), components and pH."""

    bed: Bed
    beads: Beads
    binding: Binding
    mesh: Mesh
    flow: float

    @property
    def proteins(self) -> int:
        n = self.binding.components
        return n - 1 if isinstance(self.binding, Steric) else n

    @property
    def width(self) -> int:
        """Numbers a cell."""
        n = self.binding.components
        return n + 1 + self.mesh.shells * (n + self.proteins)

    def start(self, liquid: Sequence[float], ph: float) -> Floats:
        n = self.binding.components
        cell = np.zeros(self.width)
        cell[:n], cell[n] = liquid, ph
        shells = cell[n + 1 :].reshape(self.mesh.shells, n + self.proteins)
        shells[:, :n] = liquid
        return np.tile(cell, self.mesh.cells)

    def rates(self, inlet: Callable[[float], Floats]) -> Callable[[float, Floats], Floats]:
        n, proteins, shells = self.binding.components, self.proteins, self.mesh.shells
        bed, beads = self.bed, self.beads
        dz = bed.length / self.mesh.cells
        speed = self.flow / bed.area / bed.porosity
        slowed = bed.porosity / (bed.porosity + (1.0 - bed.porosity) * beads.porosity)
        edges = self.mesh.edges(beads.radius)
        centres = 0.5 * (edges[:-1] + edges[1:])
        volume = ((edges[1:] ** 3 - edges[:-1] ** 3) / 3.0)[:, None]
        pore = np.array(beads.pore)
        inner = beads.porosity * pore * (edges[1:-1] ** 2 / np.diff(centres))[:, None]
        film = 1.0 / (1.0 / np.array(beads.film) + (beads.radius - centres[-1]) / (beads.porosity * pore))
        ratio = (1.0 - bed.porosity) / bed.porosity * 3.0 / beads.radius
        solid = (1.0 - beads.porosity) / beads.porosity

        def derivative(t: float, state: Floats) -> Floats:
            cells = state.reshape(self.mesh.cells, self.width)
            change = np.zeros_like(cells)
            coming = inlet(t)
            for k in range(n + 1):
                share = slowed if k == n else 1.0
                change[:, k] = carried(cells[:, k], coming[k], share * speed, share * bed.dispersion, dz)
            inside = cells[:, n + 1 :].reshape(-1, shells, n + proteins)
            changes = change[:, n + 1 :].reshape(-1, shells, n + proteins)
            cp, q = inside[..., :n], inside[..., n:]
            dq = binding_rates(self.binding, cp, q, cells[:, n, None, None])
            wall = film * (cells[:, :n] - cp[:, -1])
            through = np.zeros((cells.shape[0], shells + 1, n))
            through[:, 1:-1] = inner * np.diff(cp, axis=1)
            through[:, -1] = beads.radius**2 * wall
            change[:, :n] -= ratio * wall
            taken = dq
            if isinstance(self.binding, Steric):
                taken = np.concatenate((-dq @ np.array(self.binding.charge)[:, None], dq), axis=-1)
            changes[..., :n] = np.diff(through, axis=1) / volume / beads.porosity - solid * taken
            changes[..., n:] = dq
            change[:, n + 1 :] = changes.reshape(cells.shape[0], -1)
            return change.ravel()

        return derivative

    def integrate(
        self,
        state: Floats,
        parts: Sequence[tuple[float, Callable[[float], Floats]]],
        times: Floats,
        atol: float,
        rtol: float = 1e-9,
    ) -> Floats:
        """(times, n + 1) at the last cell; parts: until when (s), and what comes in. Anew at each part's start."""
        n = self.binding.components
        band = 4 * self.width - 1
        found = [state.reshape(self.mesh.cells, self.width)[-1, : n + 1]]
        began = 0.0
        for until, inlet in parts:
            at = times[(times > began + 1e-9) & (times <= until + 1e-9)]
            done = solve_ivp(
                self.rates(inlet), (began, until), state, "LSODA", np.union1d(at, [until]), rtol=rtol, atol=atol,
                lband=band, uband=band,
            )  # fmt: skip
            assert done.success, done.message
            last = done.y.reshape(self.mesh.cells, self.width, -1)[-1, : n + 1]
            found += list(last.T[: at.size])
            state, began = done.y[:, -1], until
        return np.array(found)
