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
    "mirror": Material(1.0, 0.03),  # silvered glass
    "satin": Material(0.0, 0.42),  # vinyl, powder coat, moulded plastic, nitrile
    "matt": Material(0.0, 0.85),  # paper, rubber, cloth
    "glass": Material(0.0, 0.06, blend=True),  # panes, vials, clear film; alpha per vertex
    "liquid": Material(0.0, 0.05, blend=True),
    "glow": Material(0.0, 1.0, emissive=1.0),  # light panels and lamps that are on
    "screen": Material(0.0, 0.55),  # faces the client writes on; the only ones with uv
}

COLOURS = {
    "steel": "c8cdd0",
    "steel_dark": "979ca0",
    "aluminium": "eceef0",
    "white": "e6e9ea",
    "wall": "e3e8e9",
    "ceiling": "f2f5f5",
    "joint": "c9d0d2",
    "floor": "93a4ab",
    "cove": "86979f",
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
    "nitrile": "7fa6d6",
    "coverall": "e4e8ee",
    "paper": "f2f2ee",
    "tyvek": "e9e8e2",
    "print": "3a5f8a",
    "amber": "e0a030",
    "clear": "8fb0b5",
    "film": "b9d9ea",
    "water": "8cc3dc",
    "sheath": "cfe3ee",
    "pp": "dde5e9",
    "tub": "dfe7ea",
    "lamp": "ffffff",
    "pink": "e39ab4",
    "red_off": "5a2a28",
    "pane": "d9eee9",
    "card": "b99b74",
    "seal": "8fb4d6",
    "accent_deep": "15566d",
    "must": "005a8c",  # signs after ISO 3864: mandatory, safe condition, warning
    "safe": "1d7044",
    "warning": "f9b000",
    "ink": "1c2529",
    "grade_a": "1a6b3c",  # colours of the grades: site practice, not regulation
    "grade_b": "1f5a99",
    "grade_c": "e3a21a",
    "grade_d": "59666d",
    "grade_cnc": "7d5a3c",
    "carpet": "566674",
    "timber": "c59a63",
    "beech": "d9bc8c",
    "chair": "2f7d83",
    "wall_warm": "ece7dc",
    "lab_floor": "a9b4b0",
    "epoxy": "a3adb1",
    "sky": "cfe4f2",
    "grass": "87a36b",
    "mirror": "f4f7f8",
}


LOOKS = {
    "name": ("accent_deep", "lamp"),
    "rule": ("paper", "ink"),
    "warning": ("warning", "ink"),
    "must": ("must", "lamp"),
    "safe": ("safe", "lamp"),
    "label": ("paper", "ink"),
    "notice": ("paper", "ink"),
    "grade-A": ("grade_a", "lamp"),
    "grade-B": ("grade_b", "lamp"),
    "grade-C": ("grade_c", "ink"),
    "grade-D": ("grade_d", "lamp"),
    "grade-CNC": ("grade_cnc", "lamp"),
    "grade-none": ("paper", "ink"),
}
"""What a sign or label looks like: ground and ink, contrast at least 4.5 to 1."""


def contrast(ground: str, ink: str) -> float:
    """Contrast of two named colours as WCAG 2 counts it: 1 (none) to 21."""
    one, two = (float(linear(name)[:3] @ np.array([0.2126, 0.7152, 0.0722])) for name in (ground, ink))
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)


def linear(name: str, alpha: float = 1.0) -> Floats:
    """RGBA of a named colour in linear light."""
    code = COLOURS[name]
    rgb = np.array([int(code[n : n + 2], 16) / 255 for n in (0, 2, 4)])
    light = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.append(light, alpha)
