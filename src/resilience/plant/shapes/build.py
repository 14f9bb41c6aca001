"""Building the models: shape, occlusion, file, report. The same specification gives the same bytes."""

from __future__ import annotations

import gzip
import importlib
import json
import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from resilience.plant import shapes
from resilience.plant.shapes import glb, room
from resilience.plant.shapes.mesh import Mesh, join, slab
from resilience.plant.shapes.model import MAKERS, Maker, Model, Piece, Surface, merged, shaded
from resilience.plant.shapes.occlusion import Occluder, occluded
from resilience.plant.shapes.palette import MATERIALS
from resilience.plant.shapes.unwrap import Behind, unwrapped
from resilience.plant.specs import MODELS, Spec, SpecError, kinds, load

BEYOND = ("corridor", "windows", "runs")  # parts of a room that its baked light does not reach


def maker(kind: str) -> Maker:
    """What makes a kind: looked for in all modules of this folder. Raises SpecError where none does."""
    for module in pkgutil.iter_modules(shapes.__path__, f"{shapes.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    if load(kind).room and kind not in MAKERS:
        return Maker(room.shell)
    if kind not in MAKERS:
        raise SpecError(kind, "kind", "has no shape; mark the function that makes it with @makes")
    return MAKERS[kind]


def surfaces(spec: Spec) -> dict[str, dict[str, Surface]]:
    """Shaded and occluded surfaces by part and material, in the order of the specification."""
    made_by = maker(spec.kind)
    model = made_by.shape(spec)
    unmade, unknown = sorted(set(spec.parts) - set(model.parts)), sorted(set(model.parts) - set(spec.parts))
    if unmade or unknown:
        raise SpecError(
            spec.kind, "parts", f"the shapes lack {unmade or 'none'}, and make the unknown {unknown or 'none'}"
        )
    if spec.mounts:
        model.surroundings += _furnished(spec)
    elif model.floor:
        size = max(spec.size) * 3
        model.surroundings.append(slab((size, 0.01, size)).moved(y=-0.0102))
    pieces: list[tuple[str, Piece, Surface]] = []
    for part in spec.parts:
        # what can be taken off must not leave its shadow behind: a part is shaded among parts that stay with it
        company = _company(model, part, made_by.loose)
        occluder = Occluder(company, model.reach) if company.triangles else None
        for piece in model.parts[part]:
            surface = shaded(piece)
            if occluder and piece.occluded and not MATERIALS[piece.material].blend:
                # metal mirrors its surroundings: shade it less
                share = 0.85 if MATERIALS[piece.material].metallic else 1.0
                surface = occluded(surface, occluder, model.strength * share, keep=spec.room is not None)
            pieces.append((part, piece, surface))
    if spec.room:
        pieces = _lit(pieces)
    result: dict[str, dict[str, Surface]] = {}
    for part in spec.parts:
        for material in MATERIALS:
            found = [surface for owner, piece, surface in pieces if owner == part and piece.material == material]
            if found:
                result.setdefault(part, {})[material] = merged(found)
    return result


def _lit(pieces: list[tuple[str, Piece, Surface]]) -> list[tuple[str, Piece, Surface]]:
    """A room's pieces with their place in its baked light; what lies beyond the room has none."""
    places = unwrapped([surface for _, piece, surface in pieces if piece.baked])
    behind, at = Behind(places), iter(places)
    return [
        (part, piece, next(at) if piece.baked else surface if part in BEYOND else behind.lit(surface))
        for part, piece, surface in pieces
    ]


def _company(model: Model, part: str, loose: Sequence[str]) -> Mesh:
    """The parts that shadow a part."""
    kept = {name: pieces for name, pieces in model.parts.items() if name == part or name not in loose}
    return replace(model, parts=kept).solid


def _furnished(spec: Spec) -> list[Mesh]:
    """The equipment where it stands, so that floor and walls carry its soft shadow."""
    bodies = []
    for _, kind, mount in spec.standing:
        if max(load(kind).size) < 0.5:  # small things on a wall shadow less than its points are apart
            continue
        solid = maker(kind).shape(load(kind)).solid
        bodies.append(solid.turned("y", float(np.degrees(mount.yaw))).moved(*mount.at))
    return [join(bodies)]


def pivoted(spec: Spec, parts: dict[str, dict[str, Surface]]) -> dict[str, tuple[float, float, float]]:
    """Origins of nodes that turn or are stretched: the hinge, or the foot of a liquid."""
    origins = {name: motion.at for name, motion in spec.motions.items() if motion.turn}
    if spec.liquid:
        points = np.concatenate([s.points for s in parts[spec.liquid.part].values()])
        foot = points.min(axis=0)
        middle = (points.min(axis=0) + points.max(axis=0)) / 2
        origin = (middle[0], foot[1], middle[2]) if spec.liquid.axis == "y" else (middle[0], middle[1], foot[2])
        origins[spec.liquid.part] = (round(float(origin[0]), 5), round(float(origin[1]), 5), round(float(origin[2]), 5))
    return origins


def made(kind: str) -> bytes:
    """The GLB of a kind."""
    spec = load(kind)
    parts = surfaces(spec)
    return glb.write(parts, {"kind": kind, "spec": spec.digest}, pivoted(spec, parts))


def build(wanted: Sequence[str] = (), folder: Path = MODELS) -> dict[str, Any]:
    """Write models and `report.json`; without names, all kinds."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "report.json"
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for kind in wanted or kinds():
        data = made(kind)
        target = folder / f"{kind}.glb"
        target.write_bytes(data)
        document = glb.read(target)
        report[kind] = {
            "spec": load(kind).digest,
            "triangles": sum(glb.triangles(document).values()),
            "primitives": sum(len(mesh["primitives"]) for mesh in document["meshes"]),
            "bytes": len(data),
            "gzip": len(gzip.compress(data, mtime=0)),
        }
    path.write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return report
