"""Rooms with what stands in them, the filling room as before a session, hands at work: for pictures and budgets."""

from __future__ import annotations

from math import cos, sin
from typing import Any

from resilience.plant.space import Vector
from resilience.plant.specs import HandSide, load

Item = dict[str, Any]
PACKS = [(-0.31, -0.14), (0.0, -0.14), (-0.31, 0.06), (0.0, 0.06)]
ON_TROLLEY = {"spray": (0.40, -0.15), "wipes": (0.27, 0.08), "bottle": (0.40, 0.12), "waste-tub": (0.24, -0.17)}
ON_DESK = {
    "sop-tablet": (-0.30, -0.10),
    "labeller": (0.38, -0.13),
    "batch-record": (0.03, 0.10),
    "label-roll": (0.21, -0.15),
}


def _on(mount: str, kind: str, surface: str, x: float, z: float, hide: tuple[str, ...] = ()) -> Item:
    """A thing on a surface of mounted equipment, given in the equipment's frame."""
    place = load("filling-room").mounts[mount]
    y = load(mount).surfaces[surface].y
    turned = (cos(place.yaw) * x + sin(place.yaw) * z, cos(place.yaw) * z - sin(place.yaw) * x)
    at = [place.at[0] + turned[0], place.at[1] + y, place.at[2] + turned[1]]
    return {"kind": kind, "at": at, "yaw": place.yaw, "hide": list(hide)}


def standing(room: str) -> list[Item]:
    """A room and all that is mounted in it."""
    return [{"kind": room}, *({"kind": kind, "at": m.at, "yaw": m.yaw} for _, kind, m in load(room).standing)]


def furnished() -> list[Item]:
    """The filling room with everything that stands on its equipment: vials in all their states in the cabinet."""
    items = standing("filling-room")
    for x, z in PACKS:
        items += [_on("trolley", "pack", surface, x, z, ("wrap",)) for surface in ("trolley-top", "trolley-shelf")]
    items += [_on("trolley", kind, "trolley-top", x, z) for kind, (x, z) in ON_TROLLEY.items()]
    items.append(_on("trolley", "glove-pack", "trolley-shelf", 0.30, 0.0))
    items += [_on("desk", kind, "desk-top", x, z) for kind, (x, z) in ON_DESK.items()]
    items.append(_on("desk", "sharps-bin", "desk-top", -0.46, 0.12))
    return [*items, *_worktop()]


def _worktop() -> list[Item]:
    items = [_on("cabinet", "vial-rack", "worktop", 0.0, 0.0), _on("cabinet", "bottle", "worktop", 0.20, 0.0)]
    items.append(_on("cabinet", "waste-tub", "worktop", 0.46, -0.05))
    items.append(_on("cabinet", "crimper", "worktop", 0.30, 0.06))
    items.append(_on("cabinet", "stopper-bowl", "worktop", -0.22, -0.02, ("lid",)))
    rack, bowl = load("vial-rack").sockets, load("stopper-bowl").sockets
    assert rack is not None
    assert bowl is not None
    for n, (x, y, z) in enumerate(rack.places):
        hide = ("stopper", "crimp") if n > 5 else ("foil", "crimp") if n > 2 else ("foil",)
        vial = _on("cabinet", "vial", "worktop", x, z, hide if n < 3 else (*hide, "label"))
        vial["at"][1] += y
        items.append(vial)
    for x, y, z in bowl.places:
        stopper = _on("cabinet", "stopper", "worktop", x - 0.22, z - 0.02)
        stopper["at"][1] += y
        items.append(stopper)
    return items


def working_hands() -> list[Item]:
    """Both hands in the cabinet: forceps in the left, syringe in the right."""
    items: list[Item] = []
    tools: tuple[tuple[HandSide, str, str, Vector, list[str]], ...] = (
        ("right", "syringe", "barrel", (0.18, 1.05, -1.24), ["sheath"]),
        ("left", "forceps", "handle", (-0.16, 1.05, -1.24), []),
    )
    for side, kind, part, palm, hide in tools:
        items.append({"kind": f"glove-{side}", "palm": palm, "hide": ["open", "grip"]})
        at, turn = load(kind).held(part, side)
        items.append({"kind": kind, "palm": palm, "at": at, "turn": turn, "hide": hide})
    return items
