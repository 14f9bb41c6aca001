"""Touch: what passes from one face to another when they meet.

H' = H + lambda (S - H) for the face that receives; the other loses as much. Shares and sources:
docs/how/contamination-parameters.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resilience.training.patches import Patch

SOILING: Final = 1.0
"""A face with so many expected organisms soils a glove (half of what lies on a surface of the room)."""

if TYPE_CHECKING:
    from resilience.training.hands import Hand
    from resilience.training.items import Item
    from resilience.training.world import World


def transfer(world: World, source: Patch, target: Patch, share: float) -> float:
    """Let two faces meet; returns the expected organisms that the target gained (negative: lost)."""
    moved = share * (source.cfu - target.cfu)
    if moved >= 0:
        source.cfu -= moved
        target.gain(moved, source.owner, world.clock.tick)
    else:
        target.cfu += moved
        source.gain(-moved, target.owner, world.clock.tick)
    return moved


def glove_on(world: World, hand: Hand, target: Patch, how: str = "touched", by: str = "glove") -> float:
    """A glove (or sleeve) meets a face: both lose their wetness, organisms pass, a contact event tells of it."""
    world.wetting.end(target, how)
    if by == "sleeve":
        moved = transfer(world, world.sleeves, target, world.numbers.touch_gloved)
    else:
        world.wetting.end(hand.patch, "touched")
        dirty = target.cfu >= SOILING
        moved = transfer(world, hand.patch, target, _share(world, hand, target))
        if dirty:
            soiled(world, hand)
    tell(world, hand.side, by, target, max(0.0, moved))
    return moved


def tool_on(world: World, hand: Hand, tool: Item, part: str, target: Patch) -> float:
    """The working part of a held tool meets a face."""
    world.wetting.end(target, "used")
    moved = transfer(world, world.patch(tool, part), target, world.numbers.touch_gloved)
    tell(world, hand.side, tool.id, target, max(0.0, moved))
    return moved


def tell(world: World, hand: str | None, by: str, target: Patch, cfu: float) -> None:
    """The contact event; organisms that reach the bare neck of a container count for what is inside."""
    if target.kind == "vial" and target.part == "neck" and world.items[target.owner].open_site:
        world.ledger.add(target.owner, "surface", by, world.clock.tick, 0.0, cfu * world.numbers.neck_to_contents)
    world.emit(
        "contact",
        hand=hand,
        **{"with": by},
        target=target.owner,
        target_kind=target.kind,
        part=target.part,
        critical=target.critical,
        cfu=cfu,
    )


def soiled(world: World, hand: Hand) -> None:
    """A glove that met something dirty is told of once, until it is sanitised again."""
    if not hand.soiled:
        hand.soiled = True
        world.emit("garment_state", garment="glove", hand=hand.side, state="soiled")


def _share(world: World, hand: Hand, target: Patch) -> float:
    numbers = world.numbers
    if hand.glove == "none":
        return numbers.touch_bare
    if target.critical:
        # What a glove leaves on a sterile face is known only within two orders of magnitude: drawn anew each time.
        return numbers.sterile_draw(world.chance("touch"))
    return numbers.touch_gloved
