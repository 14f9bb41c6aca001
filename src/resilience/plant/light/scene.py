"""A furnished room as plain triangles in its own frame, read from the committed models."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resilience.plant.shapes.mesh import Floats, Ints, Mesh
from resilience.plant.specs import MODELS, load

WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}
TYPE = {5126: "<f4", 5121: "u1", 5123: "<u2", 5125: "<u4"}
SMALL = 0.25  # metres: what is smaller leaves no shadow that the light's texels could show


@dataclass(frozen=True)
class Placed:
    """Triangles with a material each, colours a vertex, and where a vertex's light is (zeros where it has none).

    `baked` marks the triangles on which light is computed; others share the light of what they lie on.
    """

    kind: str
    points: Floats
    faces: Ints
    colours: Floats
    light: Floats
    materials: tuple[str, ...]
    baked: NDArray[np.bool_]

    def only(self, wanted: NDArray[np.bool_]) -> Placed:
        """Some of the triangles."""
        materials = tuple(name for name, take in zip(self.materials, wanted, strict=True) if take)
        return replace(self, faces=self.faces[wanted], materials=materials, baked=self.baked[wanted])

    @property
    def away(self) -> NDArray[np.bool_]:
        """Lamps and what lies beyond the room. What lies on a baked surface (signs, joints) must not shadow it."""
        lamps = np.array([name == "glow" for name in self.materials])
        placed = np.abs(self.light[self.faces]).max(axis=(1, 2)) > 0
        wanted: NDArray[np.bool_] = (lamps | ~placed) & ~self.baked
        return wanted

    def floor_level(self, light: Any) -> float:
        """The mean light on the level surfaces at the room's foot, of a picture (side, side, 3), first row lowest v."""
        low = (self.points[:, 1] < 0.005) & self.light.any(axis=1)
        side = light.shape[0]
        at = np.clip((self.light[low] * side).astype(int), 0, side - 1)
        return float(light[at[:, 1], at[:, 0]].mean())


def furnished(kind: str) -> list[Placed]:
    """The room itself, first, then what stands in it."""
    spec = load(kind)
    result = [read(MODELS / f"{kind}.glb", kind, room=True)]
    for _, standing, mount in spec.standing:
        if max(load(standing).size) < SMALL:
            continue
        thing = read(MODELS / f"{standing}.glb", standing)
        points = Mesh(thing.points, thing.faces).turned("y", float(np.degrees(mount.yaw))).moved(*mount.at).points
        result.append(Placed(standing, points, thing.faces, thing.colours, thing.light, thing.materials, thing.baked))
    return result


def read(path: Path, kind: str, room: bool = False) -> Placed:
    """The opaque triangles of a model. A room's colours come without the shading that its vertices carry."""
    data = path.read_bytes()
    (length,) = struct.unpack("<I", data[12:16])
    document = json.loads(data[20 : 20 + length])
    body = data[28 + length :]
    points, faces, colours, light, baked, start = [], [], [], [], [], 0
    materials: list[str] = []
    for node in document["nodes"]:
        at = np.asarray(node.get("translation", (0.0, 0.0, 0.0)))
        for primitive in document["meshes"][node["mesh"]]["primitives"]:
            material = document["materials"][primitive["material"]]
            if material.get("alphaMode") == "BLEND":
                continue
            names = primitive["attributes"]
            here = _array(document, body, names["POSITION"]).astype(float) + at
            tint = _array(document, body, names["COLOR_0"]).astype(float) / 255
            if room:
                tint[:, :3] = np.clip(tint[:, :3] / np.maximum(tint[:, 3:], 0.05), 0, 1)
            tint[:, 3] = 1.0
            uv = (
                _array(document, body, names["TEXCOORD_1"]).astype(float)
                if "TEXCOORD_1" in names
                else np.zeros((len(here), 2))
            )
            if "TEXCOORD_1" in names:
                uv = np.stack([uv[:, 0], 1 - uv[:, 1]], axis=1)
            index = _array(document, body, primitive["indices"]).astype(np.int64).reshape(-1, 3) + start
            start += len(here)
            points.append(here)
            colours.append(tint)
            light.append(uv)
            faces.append(index)
            materials += [material["name"]] * len(index)
            baked.append(np.arange(len(index)) < primitive.get("extras", {}).get("baked", 0))
    return Placed(
        kind,
        np.concatenate(points),
        np.concatenate(faces),
        np.concatenate(colours),
        np.concatenate(light),
        tuple(materials),
        np.concatenate(baked),
    )


def _array(document: dict[str, Any], body: bytes, number: int) -> NDArray[Any]:
    accessor = document["accessors"][number]
    view = document["bufferViews"][accessor["bufferView"]]
    width = WIDTH[accessor["type"]]
    flat = np.frombuffer(body, TYPE[accessor["componentType"]], accessor["count"] * width, view["byteOffset"])
    return flat.reshape(-1, width) if width > 1 else flat
