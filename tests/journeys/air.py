"""A hand moved in the cabinet while the air is shown, and what the page tells of the smoke over a vial."""

from __future__ import annotations

import math

from tests.journeys.pointers import MousePerson

# In so many pictures of the scene smoke has come down from the filter, on however slow a machine.
COME_DOWN = 36
NEAR = 0.025
RAISED = 6
# A hand that follows the pointer has come to it in so many pictures.
SETTLE = 14


def straight_over(person: MousePerson, thing: str) -> tuple[int, int]:
    """Points of smoke over the rim of a vial, and how many of them came straight from the filter."""
    x, y, z = person.place(thing, "neck")["world"]
    found = person.sees(f"window.resilience.airOver({x}, {y}, {z})")
    return found["points"], found["straight"]


def bring_hand(person: MousePerson, x: float, z: float, *, higher: int = 0) -> None:
    """Moves the pointer until the palm of the right hand is over a spot, as one does who watches it; metres.

    higher: turns of the wheel by which the hand is raised first, 2 cm each.
    """
    aim = [x, z]
    palm = [0.0, 0.0, 0.0]
    for n in range(12):
        at = person.sees(f"window.resilience.onScreen({aim[0]}, 0.9, {aim[1]})")
        assert person.on_canvas(at["x"], at["y"]), f"{aim} is not on the picture of the scene"
        person.page.mouse.move(at["x"], at["y"], steps=4)
        if n == 0:
            for _ in range(higher):
                person.page.mouse.wheel(0, -100)
        person.frames(SETTLE)
        palm = person.sees("window.resilience.hands.right.at")
        off = x - palm[0], z - palm[2]
        if math.hypot(*off) < NEAR:
            return
        aim = [aim[0] + 0.8 * off[0], aim[1] + 0.8 * off[1]]
    raise AssertionError(f"the hand never came over {x}, {z}; it is at {palm}")
