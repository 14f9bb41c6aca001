"""The gloved hand the trainee sees all the time: nitrile glove over the cuff of a coverall sleeve.

A skeleton of tapered capsules, melted together as a distance field and skinned; three poses by joint angles. Built as
a right hand: origin at the centre of the palm, fingers towards -z, thumb up, back of the hand towards +x.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resilience.plant.shapes.mesh import Floats, Mesh, loft
from resilience.plant.shapes.model import Model, makes
from resilience.plant.shapes.sweep import Field, blended, capsule, skin
from resilience.plant.specs import Spec

STEP = 0.0026
CUFF_END = 0.1385  # the glove covers the sleeve up to here
TRIANGLES = 1700


@dataclass(frozen=True)
class Finger:
    """Knuckle position, direction across the palm, lengths of the three bones, radii at the four joints (metres)."""

    knuckle: tuple[float, float, float]
    bones: tuple[float, float, float]
    radii: tuple[float, float, float, float]


# lengths and breadths of an adult hand of 0.19 m (typical); glove adds 0.5 mm
FINGERS = {
    "index": Finger((0.004, 0.030, -0.046), (0.043, 0.025, 0.019), (0.0108, 0.0098, 0.0088, 0.0074)),
    "middle": Finger((0.007, 0.009, -0.050), (0.047, 0.029, 0.020), (0.0110, 0.0100, 0.0090, 0.0076)),
    "ring": Finger((0.004, -0.012, -0.046), (0.043, 0.027, 0.020), (0.0104, 0.0094, 0.0085, 0.0072)),
    "little": Finger((-0.001, -0.031, -0.038), (0.034, 0.020, 0.017), (0.0094, 0.0083, 0.0075, 0.0064)),
}
# bend of each joint in degrees towards the palm, and spread of the finger (up is positive)
POSES: dict[str, dict[str, tuple[float, float, float, float]]] = {
    "open": {"index": (10, 14, 8, 5), "middle": (10, 14, 9, 1), "ring": (12, 16, 10, -3), "little": (14, 18, 12, -9)},
    "pinch": {
        "index": (30, 40, 15, -4),
        "middle": (40, 46, 22, -3),
        "ring": (52, 58, 30, -2),
        "little": (56, 62, 34, -3),
    },
    "grip": {"index": (38, 64, 34, 2), "middle": (42, 66, 36, 0), "ring": (46, 66, 36, -1), "little": (50, 66, 38, -3)},
}
# thumb: root, then the three joints after it, given as points: its saddle joint does not reduce to hinges
THUMBS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "open": ((-0.004, 0.020, 0.030), (-0.016, 0.044, 0.004), (-0.022, 0.058, -0.028), (-0.026, 0.063, -0.054)),
    "pinch": ((-0.004, 0.020, 0.030), (-0.023, 0.038, 0.001), (-0.044, 0.037, -0.029), (-0.058, 0.027, -0.059)),
    "grip": ((-0.004, 0.020, 0.030), (-0.026, 0.041, 0.004), (-0.050, 0.042, -0.022), (-0.066, 0.032, -0.046)),
}
THUMB_RADII = (0.0165, 0.0140, 0.0112, 0.0086)


def _chain(finger: Finger, angles: tuple[float, float, float, float]) -> list[Floats]:
    """Joints of a finger, bent towards the palm (-x)."""
    point, bend = np.asarray(finger.knuckle), 0.0
    spread = np.radians(angles[3])
    joints = [point]
    for length, angle in zip(finger.bones, angles, strict=False):
        bend += np.radians(angle)
        ahead = np.array([-np.sin(bend), np.cos(bend) * np.sin(spread), -np.cos(bend) * np.cos(spread)])
        point = point + length * ahead
        joints.append(point)
    return joints


def _field(pose: str) -> Field:
    fingers: list[Field] = []
    for name, finger in FINGERS.items():
        joints = _chain(finger, POSES[pose][name])
        bones = [
            capsule(a, b, ra, rb)
            for a, b, ra, rb in zip(joints, joints[1:], finger.radii, finger.radii[1:], strict=False)
        ]
        fingers.append(blended(bones, 0.004))
    thumb = THUMBS[pose]
    thumb_bones = [
        capsule(a, b, ra, rb) for a, b, ra, rb in zip(thumb, thumb[1:], THUMB_RADII, THUMB_RADII[1:], strict=False)
    ]
    palm = [
        capsule((0.003, f.knuckle[1] * 0.62, 0.045), f.knuckle, 0.0165, f.radii[0] + 0.0022) for f in FINGERS.values()
    ]
    heel = [
        capsule((0.000, 0.010, 0.060), (0.000, -0.012, 0.060), 0.0195, 0.0190),
        capsule((-0.008, -0.022, 0.040), (-0.004, -0.028, -0.010), 0.0140, 0.0120),  # little-finger pad
        capsule((-0.008, 0.012, 0.040), thumb[1], 0.0185, 0.0150),  # thumb pad
        capsule((0.001, 0.0, 0.055), (0.001, 0.0, 0.090), 0.0235, 0.0225, (1.12, 0.92, 1)),
    ]
    hand = blended([*palm, *heel, blended(thumb_bones, 0.006)], 0.014)
    return blended([hand, *fingers], 0.0055)


def hand(pose: str) -> Mesh:
    """Skin of the gloved right hand in a pose, from finger tips to under the cuff."""
    return skin(_field(pose), (-0.095, -0.075, -0.175), (0.045, 0.095, 0.118), STEP, TRIANGLES)


@makes("glove-right", loose=("open", "pinch", "grip"))
def glove_right(spec: Spec) -> Model:
    model = Model("glove-right", reach=0.035)
    for pose in POSES:
        model.add(pose, hand(pose), "satin", "nitrile", crease=180)
    model.add(
        "cuff",
        _sleeve(
            [
                (0.060, 0.030, 0.034),
                (0.064, 0.0315, 0.0355),
                (0.080, 0.033, 0.037),
                (0.115, 0.0350, 0.0388),
                (0.1335, 0.0360, 0.0398),
                (0.1350, 0.0370, 0.0408),
                (0.1370, 0.0370, 0.0408),
                (0.1385, 0.0358, 0.0396),
                (0.1370, 0.0348, 0.0384),
            ],
            28,
            0.0007,
            4,
        ),
        "satin",
        "nitrile",
        crease=60,
    )
    end = spec.shift[2] + spec.size[2] / 2
    model.add("sleeve", _sleeve(_folds(0.118, end), 32, 0.0014, 3), "matt", "coverall", crease=70)
    return model


def _folds(start: float, end: float) -> list[tuple[float, float, float]]:
    """Radii of a loose sleeve that bunches where the glove holds it."""
    rows = []
    for z in np.linspace(start, end, 22):
        t = (z - start) / (end - start)
        bunch = 0.0022 * np.exp(-3.5 * t) * np.sin(2 * np.pi * t * 9)
        tucked = float(np.clip((z - CUFF_END) / 0.02, 0, 1))
        radius = 0.0335 + tucked * (0.0045 + 0.012 * min(1.0, t * 1.15) + bunch)
        rows.append((float(z), radius, radius + 0.0035))
    return rows


def _sleeve(rows: list[tuple[float, float, float]], segments: int, wrinkle: float, waves: int) -> Mesh:
    """A tube of (z, half thickness in x, half breadth in y) with soft folds, open at both ends."""
    angles = 2 * np.pi * np.arange(segments) / segments
    rings = []
    for z, rx, ry in rows:
        fold = wrinkle * np.sin(waves * angles + 46 * z) + 0.6 * wrinkle * np.sin((waves + 4) * angles - 71 * z)
        rings.append(
            np.stack([(rx + fold) * np.cos(angles), (ry + fold) * np.sin(angles), np.full(segments, z)], axis=1)
        )
    return loft(rings, cap_start=False, cap_end=False)


@makes("glove-left", loose=("open", "pinch", "grip"))
def glove_left(spec: Spec) -> Model:
    from resilience.plant.specs import load

    right = glove_right(load("glove-right"))
    left = Model("glove-left", reach=right.reach)
    for part, pieces in right.parts.items():
        for piece in pieces:
            left.parts.setdefault(part, []).append(
                type(piece)(piece.shape.scaled(x=-1), piece.material, piece.colour, piece.crease, piece.occluded)
            )
    return left
