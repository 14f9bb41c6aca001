"""The few materials of the plant, shared by name so that a client can merge still meshes across models.

Colours are per vertex (sRGB hex here, linear in the file), multiplied by the baked ambient occlusion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resilience.plant.shapes.mesh import Floats


@dataclass(frozen=True)
class Material:
    metallic: float
    roughness: float
    blend: bool = False
    double: bool = False
    emissive: float = 0.0


MATERIALS = {
    "steel": Material(1.0, 0.34),  # brushed stainless
    "satin": Material(0.0, 0.42),  # vinyl, powder coat, moulded plastic, nitrile
    "matt": Material(0.0, 0.85),  # paper, rubber, cloth
    "glass": Material(0.0, 0.06, blend=True),  # panes, vials, clear film; alpha per vertex
    "liquid": Material(0.0, 0.05, blend=True),
    "glow": Material(0.0, 1.0, emissive=1.0),  # light panels and lamps that are on
    "screen": Material(0.0, 0.55),  # faces the client writes on; the only ones with uv
}

COLOURS = {
    "steel": "c9cdd0",
    "steel_dark": "8f9498",
    "aluminium": "dcdfe2",
    "white": "f1f3f3",
    "wall": "eef1f1",
    "ceiling": "f4f6f6",
    "joint": "c9d0d2",
    "floor": "b4c0c4",
    "cove": "a9b6bb",
    "grey": "9aa3a8",
    "mid": "6d777d",
    "dark": "2e363b",
    "black": "15191c",
    "rubber": "4a4f53",
    "bromobutyl": "6b7076",
    "accent": "1f6f8b",
    "yellow": "f2c230",
    "red": "c8322b",
    "green": "2f9e5b",
    "blue": "3c78b4",
    "nitrile": "8fb2dc",
    "coverall": "f2f4f7",
    "paper": "fafaf6",
    "tyvek": "f4f3ee",
    "print": "3a5f8a",
    "amber": "e0a030",
    "clear": "e8f3f4",
    "film": "dff0f6",
    "water": "d8ecf4",
    "sheath": "cfe3ee",
    "pp": "e9eef0",
    "tub": "dfe7ea",
    "lamp": "ffffff",
    "pink": "e39ab4",
    "red_off": "5a2a28",
    "pane": "d9eee9",
    "card": "b99b74",
    "seal": "c9d6e2",
}


def linear(name: str, alpha: float = 1.0) -> Floats:
    """RGBA of a named colour in linear light."""
    code = COLOURS[name]
    rgb = np.array([int(code[n : n + 2], 16) / 255 for n in (0, 2, 4)])
    light = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.append(light, alpha)
