"""Reading and writing binary glTF 2.0: one node a part, one primitive a material, no extensions needed.

Positions and normals are rounded floats (they compress well and merge across models), colours bytes in linear light.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resilience.plant.shapes.model import Surface
from resilience.plant.shapes.palette import MATERIALS

FLOAT, BYTE, USHORT, UINT = 5126, 5121, 5123, 5125
Parts = dict[str, dict[str, Surface]]


class _Buffer:
    def __init__(self) -> None:
        self.data = bytearray()
        self.views: list[dict[str, int]] = []
        self.accessors: list[dict[str, Any]] = []

    def add(self, array: NDArray[Any], kind: str, component: int, target: int, **more: Any) -> int:
        while len(self.data) % 4:
            self.data.append(0)
        raw = array.tobytes()
        self.views.append({"buffer": 0, "byteOffset": len(self.data), "byteLength": len(raw), "target": target})
        self.data += raw
        view = len(self.views) - 1
        self.accessors.append(
            {"bufferView": view, "componentType": component, "count": len(array), "type": kind} | more
        )
        return len(self.accessors) - 1


def write(parts: Parts, extras: dict[str, Any], origins: Mapping[str, tuple[float, float, float]]) -> bytes:
    """The bytes of a GLB file; the same parts give the same bytes. `origins`: of nodes that have their own."""
    used = [name for name in MATERIALS if any(name in part for part in parts.values())]
    buffer = _Buffer()
    meshes = [
        {
            "name": name,
            "primitives": [
                _primitive(buffer, part[m], used.index(m), origins.get(name, (0.0, 0.0, 0.0)))
                for m in used
                if m in part
            ],
        }
        for name, part in parts.items()
    ]
    document = {
        "asset": {"version": "2.0", "generator": "resilience.plant.shapes"},
        "scene": 0,
        "scenes": [{"nodes": list(range(len(parts)))}],
        "nodes": [_node(name, n, origins.get(name)) for n, name in enumerate(parts)],
        "meshes": meshes,
        "materials": [_material(name) for name in used],
        "accessors": buffer.accessors,
        "bufferViews": buffer.views,
        "buffers": [{"byteLength": len(buffer.data)}],
        "extras": extras,
    }
    text = json.dumps(document, separators=(",", ":"), sort_keys=True).encode()
    text += b" " * (-len(text) % 4)
    data = bytes(buffer.data) + b"\0" * (-len(buffer.data) % 4)
    total = 12 + 8 + len(text) + 8 + len(data)
    return (
        struct.pack("<4sII", b"glTF", 2, total)
        + struct.pack("<I4s", len(text), b"JSON")
        + text
        + struct.pack("<I4s", len(data), b"BIN\0")
        + data
    )


def _node(name: str, mesh: int, origin: tuple[float, float, float] | None) -> dict[str, Any]:
    node: dict[str, Any] = {"name": name, "mesh": mesh}
    return node | {"translation": list(origin)} if origin and any(origin) else node


def _primitive(buffer: _Buffer, surface: Surface, material: int, origin: tuple[float, float, float]) -> dict[str, Any]:
    points = np.round(surface.points - np.asarray(origin), 5).astype("<f4")
    normals = surface.normals / np.maximum(np.linalg.norm(surface.normals, axis=1, keepdims=True), 1e-9)
    normals = np.round(normals * 512).astype("<f4") / np.float32(512)
    colours = np.clip(np.round(surface.colours * 255), 0, 255).astype("u1")
    low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    attributes = {
        "POSITION": buffer.add(points, "VEC3", FLOAT, 34962, min=low, max=high),
        "NORMAL": buffer.add(normals, "VEC3", FLOAT, 34962),
        "COLOR_0": buffer.add(colours, "VEC4", BYTE, 34962, normalized=True),
    }
    if surface.uv is not None:
        # glTF counts v from the top of a picture
        uv = np.stack([surface.uv[:, 0], 1 - surface.uv[:, 1]], axis=1)
        attributes["TEXCOORD_0"] = buffer.add(np.round(uv, 5).astype("<f4"), "VEC2", FLOAT, 34962)
    if surface.light is not None:
        light = np.stack([surface.light[:, 0], 1 - surface.light[:, 1]], axis=1)
        attributes["TEXCOORD_1"] = buffer.add(np.round(light, 5).astype("<f4"), "VEC2", FLOAT, 34962)
    wide = len(points) > 65535
    index = surface.faces.ravel().astype("<u4" if wide else "<u2")
    primitive = {
        "attributes": attributes,
        "indices": buffer.add(index, "SCALAR", UINT if wide else USHORT, 34963),
        "material": material,
    }
    return primitive | {"extras": {"baked": surface.baked}} if surface.baked else primitive


def _material(name: str) -> dict[str, Any]:
    material = MATERIALS[name]
    result: dict[str, Any] = {
        "name": name,
        "pbrMetallicRoughness": {"metallicFactor": material.metallic, "roughnessFactor": material.roughness},
    }
    if material.emissive:
        result["emissiveFactor"] = [material.emissive] * 3
    if material.blend:
        result["alphaMode"] = "BLEND"
    if material.double:
        result["doubleSided"] = True
    return result


def read(path: Path) -> dict[str, Any]:
    """The JSON document of a GLB file; raises ValueError when it is no glTF 2.0 binary."""
    data = path.read_bytes()
    if len(data) < 20 or data[:4] != b"glTF" or struct.unpack("<I", data[4:8])[0] != 2:
        raise ValueError(f"{path}: is no glTF 2.0 binary")
    (length,) = struct.unpack("<I", data[12:16])
    document: dict[str, Any] = json.loads(data[20 : 20 + length])
    return document


def triangles(document: dict[str, Any]) -> dict[str, int]:
    """Triangles by node name."""
    accessors = document["accessors"]
    return {
        node["name"]: sum(accessors[p["indices"]]["count"] // 3 for p in document["meshes"][node["mesh"]]["primitives"])
        for node in document["nodes"]
    }


def bounds(document: dict[str, Any]) -> dict[str, tuple[list[float], list[float]]]:
    """Lower and upper corner by node name."""
    result = {}
    for node in document["nodes"]:
        spans = [
            document["accessors"][p["attributes"]["POSITION"]] for p in document["meshes"][node["mesh"]]["primitives"]
        ]
        at = node.get("translation", [0.0, 0.0, 0.0])
        result[node["name"]] = (
            [at[axis] + min(s["min"][axis] for s in spans) for axis in range(3)],
            [at[axis] + max(s["max"][axis] for s in spans) for axis in range(3)],
        )
    return result
