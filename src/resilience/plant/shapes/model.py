"""A model: named parts made of pieces, each a mesh with a material and a colour, ready to be shaded and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from resilience.plant.shapes.mesh import Floats, Ints, Mesh, divided, join
from resilience.plant.shapes.palette import MATERIALS, linear
from resilience.plant.specs import Spec

CREASE = 42.0  # degrees: edges sharper than this stay sharp


@dataclass
class Piece:
    shape: Mesh
    material: str
    colour: Floats
    crease: float = CREASE
    occluded: bool = True
    baked: bool = False


@dataclass
class Model:
    """Pieces by part. `reach` is how far ambient occlusion looks, in metres, `strength` how dark it makes a corner."""

    kind: str
    reach: float = 0.05
    strength: float = 0.8
    floor: bool = False
    parts: dict[str, list[Piece]] = field(default_factory=dict)
    surroundings: list[Mesh] = field(default_factory=list)

    def add(
        self,
        part: str,
        shape: Mesh | Sequence[Mesh],
        material: str,
        colour: str,
        alpha: float = 1.0,
        crease: float = CREASE,
        occluded: bool = True,
        longest: float = 0.0,
        baked: bool = False,
    ) -> None:
        """Put a shape into a part; `longest` splits its edges so that occlusion shows on large flats.

        `baked`: a surface of a room that has a place of its own in the room's baked light.
        """
        whole = shape if isinstance(shape, Mesh) else join(list(shape))
        if longest:
            whole = divided(whole, longest)
        if material not in MATERIALS:
            raise ValueError(f"{self.kind}.{part}: unknown material {material!r}; one of {', '.join(MATERIALS)}")
        self.parts.setdefault(part, []).append(Piece(whole, material, linear(colour, alpha), crease, occluded, baked))

    @property
    def solid(self) -> Mesh:
        """Everything opaque: what casts occlusion."""
        pieces = [p.shape for ps in self.parts.values() for p in ps if not MATERIALS[p.material].blend and p.occluded]
        return join([Mesh(p.points, p.faces) for p in [*pieces, *self.surroundings]])


@dataclass(frozen=True)
class Maker:
    """What makes the model of a kind. `loose`: parts that can be taken off and must not leave their shadow behind."""

    shape: Callable[[Spec], Model]
    loose: tuple[str, ...] = ()


MAKERS: dict[str, Maker] = {}
"""Filled by `makes` as the modules of shapes are imported."""


def makes(kind: str, loose: tuple[str, ...] = ()) -> Callable[[Callable[[Spec], Model]], Callable[[Spec], Model]]:
    """Mark the function that makes a kind; a kind has one."""

    def mark(shape: Callable[[Spec], Model]) -> Callable[[Spec], Model]:
        if kind in MAKERS:
            raise ValueError(f"{kind}: is made by {MAKERS[kind].shape.__module__} and by {shape.__module__}")
        MAKERS[kind] = Maker(shape, loose)
        return shape

    return mark


@dataclass(frozen=True)
class Surface:
    """Vertices of one material of one part, as they go to the file.

    `light`: where a room's baked light is; the first `baked` triangles are those on which it was computed.
    """

    points: Floats
    normals: Floats
    colours: Floats
    uv: Floats | None
    faces: Ints
    light: Floats | None = None
    baked: int = 0


def shaded(piece: Piece) -> Surface:
    """Normals averaged by area over edges softer than the crease; vertices split where they differ."""
    shape = piece.shape
    faces = shape.faces
    corner_points = shape.points[faces]
    cross = np.cross(corner_points[:, 1] - corner_points[:, 0], corner_points[:, 2] - corner_points[:, 0])
    unit = cross / np.maximum(np.linalg.norm(cross, axis=1, keepdims=True), 1e-15)
    _, welded = np.unique(np.round(shape.points / 2e-6).astype(np.int64), axis=0, return_inverse=True)
    spot = welded.ravel()[faces].ravel()
    owner = np.repeat(np.arange(len(faces)), 3)
    order = np.argsort(spot, kind="stable")
    counts = np.bincount(spot, minlength=int(spot.max()) + 1)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    per_corner = counts[spot]
    mine = np.repeat(np.arange(len(spot)), per_corner)
    offset = np.arange(len(mine)) - np.repeat(np.cumsum(per_corner) - per_corner, per_corner)
    theirs = order[starts[spot[mine]] + offset]
    near = np.einsum("ij,ij->i", unit[owner[mine]], unit[owner[theirs]]) > np.cos(np.radians(piece.crease))
    normals = np.zeros((len(spot), 3))
    np.add.at(normals, mine[near], cross[owner[theirs[near]]])
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-15)
    rows = [np.round(corner_points.reshape(-1, 3), 5), np.round(normals, 3)]
    if shape.uv is not None:
        rows.append(np.round(shape.uv[faces].reshape(-1, 2), 5))
    unique, index = np.unique(np.concatenate(rows, axis=1) + 0.0, axis=0, return_inverse=True)
    colours = np.repeat(piece.colour[None, :], len(unique), axis=0)
    uv = unique[:, 6:8] if shape.uv is not None else None
    return Surface(unique[:, :3], unique[:, 3:6], colours, uv, index.reshape(-1, 3).astype(np.int64))


def merged(surfaces: Sequence[Surface]) -> Surface:
    """One surface of many of the same material, what has a place of its own in the light first."""
    surfaces = sorted(surfaces, key=lambda surface: not surface.baked)
    starts = np.cumsum([0, *(len(s.points) for s in surfaces)])
    return Surface(
        np.concatenate([s.points for s in surfaces]),
        np.concatenate([s.normals for s in surfaces]),
        np.concatenate([s.colours for s in surfaces]),
        _all([s.uv for s in surfaces]),
        np.concatenate([s.faces + start for s, start in zip(surfaces, starts, strict=False)]),
        _all([s.light for s in surfaces]),
        sum(s.baked for s in surfaces),
    )


def _all(arrays: Sequence[Floats | None]) -> Floats | None:
    """One array of many, or none where one is missing."""
    present = [array for array in arrays if array is not None]
    return np.concatenate(present) if len(present) == len(arrays) else None
