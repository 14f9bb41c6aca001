"""The two hands: what each holds, by which part, where it is, and the state of its glove."""

from __future__ import annotations

from typing import Final, Literal

from resilience.plant.specs import HandSide
from resilience.training.items import Item
from resilience.training.patches import Patch

SIDES: Final[tuple[HandSide, HandSide]] = ("left", "right")
Glove = Literal["intact", "torn", "none"]
OTHER: Final[dict[str, HandSide]] = {"left": "right", "right": "left"}
GLOVE_OF: Final[dict[str, HandSide]] = {"glove-left": "left", "glove-right": "right"}


class Hand:
    """One hand. `x, y, z` is the centre of the palm in metres, valid while `tracked`; `turn` its quaternion."""

    __slots__ = (
        "bit",
        "glove",
        "grip",
        "holds",
        "id",
        "inside",
        "patch",
        "sanitised",
        "side",
        "soiled",
        "tracked",
        "turn",
        "x",
        "y",
        "z",
    )

    def __init__(self, side: HandSide) -> None:
        self.side: HandSide = side
        self.id = f"hand:{side}"
        self.bit = SIDES.index(side)
        self.holds: Item | None = None
        self.grip: str | None = None
        self.glove: Glove = "intact"
        self.patch = Patch(self.id, f"glove-{side}", "glove", False)
        self.sanitised = -1
        self.soiled = False
        self.tracked = False
        self.x = self.y = self.z = 0.0
        self.turn: tuple[float, float, float, float] | None = None
        self.inside = False
