"""Building the models: shape, occlusion, file, report. The same specification gives the same bytes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from resilience.plant.shapes import (
    cabinet,
    containers,
    door,
    fittings,
    furniture,
    glassware,
    glb,
    hands,
    packs,
    room,
    tools,
)
from resilience.plant.shapes.mesh import Mesh, join, slab
from resilience.plant.shapes.model import Model, Surface, merged, shaded
from resilience.plant.shapes.occlusion import Occluder, occluded
from resilience.plant.shapes.palette import MATERIALS
from resilience.plant.specs import MODELS, Spec, kinds, load

MAKERS: dict[str, Callable[[Spec], Model]] = {
    "batch-record": fittings.batch_record,
    "bottle": glassware.bottle,
    "cabinet": cabinet.cabinet,
    "crimper": tools.crimper,
    "desk": furniture.desk,
    "door": door.door,
    "filling-room": room.filling_room,
    "foil": glassware.foil,
    "forceps": tools.forceps,
    "glove-left": hands.glove_left,
    "glove-pack": packs.glove_pack,
    "glove-right": hands.glove_right,
    "intercom": fittings.intercom,
    "label-roll": fittings.label_roll,
    "labeller": fittings.labeller,
    "pack": packs.pack,
    "sanitiser": fittings.sanitiser,
    "sharps-bin": containers.sharps_bin,
    "sop-tablet": fittings.sop_tablet,
    "spray": tools.spray,
    "stopper": glassware.stopper,
    "stopper-bowl": glassware.stopper_bowl,
    "syringe": tools.syringe,
    "trolley": furniture.trolley,
    "vial": glassware.vial,
    "vial-rack": containers.vial_rack,
    "waste-bin": containers.waste_bin,
    "waste-tub": containers.waste_tub,
    "wipes": packs.wipes,
}


def surfaces(spec: Spec) -> dict[str, dict[str, Surface]]:
    """Shaded and occluded surfaces by part and material, in the order of the specification."""
    model = MAKERS[spec.kind](spec)
    if set(model.parts) != set(spec.parts):
        raise ValueError(
            f"{spec.kind}: the shapes make {sorted(model.parts)}, the specification asks {sorted(spec.parts)}"
        )
    if spec.kind == "filling-room":
        model.surroundings += _furnished(spec)
    elif model.floor:
        size = max(spec.size) * 3
        model.surroundings.append(slab((size, 0.01, size)).moved(y=-0.0102))
    result: dict[str, dict[str, Surface]] = {}
    for part in spec.parts:
        # what can be taken off must not leave its shadow behind: a part is shaded among parts that stay with it
        company = _company(model, part)
        occluder = Occluder(company, model.reach) if company.triangles else None
        by_material: dict[str, list[Surface]] = {}
        for piece in model.parts[part]:
            surface = shaded(piece)
            if occluder and piece.occluded and not MATERIALS[piece.material].blend:
                # metal mirrors its surroundings: shade it less
                share = 0.85 if MATERIALS[piece.material].metallic else 1.0
                surface = occluded(surface, occluder, model.strength * share)
            by_material.setdefault(piece.material, []).append(surface)
        result[part] = {name: merged(by_material[name]) for name in MATERIALS if name in by_material}
    return result


LOOSE = {
    "vial": ["foil", "stopper", "crimp"],
    "stopper-bowl": ["lid"],
    "pack": ["wrap", "outer"],
    "wipes": ["wipe"],
    "syringe": ["sheath", "plunger"],
    "glove-left": ["open", "pinch", "grip"],
    "glove-right": ["open", "pinch", "grip"],
    "cabinet": ["sash"],
    "waste-bin": ["lid"],
}


def _company(model: Model, part: str) -> Mesh:
    """The parts that shadow a part."""
    loose = LOOSE.get(model.kind, [])
    kept = {name: pieces for name, pieces in model.parts.items() if name == part or name not in loose}
    return replace(model, parts=kept).solid


def _furnished(spec: Spec) -> list[Mesh]:
    """The equipment where it stands, so that floor and walls carry its soft shadow."""
    bodies = []
    for kind, mount in spec.mounts.items():
        if max(load(kind).size) < 0.5:  # small things on a wall shadow less than its points are apart
            continue
        solid = MAKERS[kind](load(kind)).solid
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
