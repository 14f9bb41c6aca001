"""Touch: a glove, a sleeve or a tool meets a face, and a contact event tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resilience.training.patches import Patch

SOILING: Final = 1.0
"""A face with so many expected organisms soils a glove (half of what lies on a surface of the room)."""

if TYPE_CHECKING:
    from resilience.training.hands import Hand
    from resilience.training.items import Item
    from resilience.training.world import World


def glove_on(world: World, hand: Hand, target: Patch, how: str = "touched", by: str = "glove") -> None:
    """A glove (or sleeve) meets a face: both lose their wetness, organisms pass, a contact event tells of it."""
    organisms = world.organisms
    world.wetting.end(target, how)
    if by == "sleeve":
        gained = organisms.contact(world.sleeves, target, into=open_neck(world, target))
    else:
        world.wetting.end(hand.patch, "touched")
        dirty = organisms.on(target) >= SOILING
        gained = organisms.contact(hand.patch, target, into=open_neck(world, target))
        if dirty:
            soiled(world, hand)
    tell(world, hand.side, by, target, gained)


def tool_on(world: World, hand: Hand, tool: Item, part: str, target: Patch) -> None:
    """The working part of a held tool meets a face."""
    world.wetting.end(target, "used")
    tell(world, hand.side, tool.id, target, world.organisms.contact(world.patch(tool, part), target))


def open_neck(world: World, target: Patch) -> Item | None:
    """The open container whose bare neck a face is: what comes to it reaches the contents in part."""
    if target.kind == "vial" and target.part == "neck" and world.items[target.owner].open_site:
        return world.items[target.owner]
    return None


def tell(world: World, hand: str, by: str, target: Patch, gained: float) -> None:
    """The contact event."""
    world.emit(
        "contact",
        hand=hand,
        **{"with": by},
        target=target.owner,
        target_kind=target.kind,
        part=target.part,
        critical=target.critical,
        cfu=max(0.0, gained),
    )


def soiled(world: World, hand: Hand) -> None:
    """A glove that met something dirty is told of once, until it is sanitised again."""
    if not hand.soiled:
        hand.soiled = True
        world.emit("garment_state", garment="glove", hand=hand.side, state="soiled")
