"""Liquids: volumes moved between containers, and the organisms that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resilience.training.items import Item
    from resilience.training.world import World


def pour(world: World, giver: Item, taker: Item, ml: float, tool: Item) -> None:
    """Move `ml` millilitres through a tool's needle, with the organisms in them. What is given is what is taken."""
    world.organisms.pour(giver, taker, ml, world.patch(tool, "needle"))
    giver.ml -= ml
    taker.ml += ml
    if giver.ml < 1e-9:
        # What rounding leaves behind goes along too, so that the sum stays what it was.
        taker.ml += giver.ml
        giver.ml = 0.0
    world.emit(
        "liquid_moved",
        **{"from": giver.id},
        to=taker.id,
        to_kind=taker.kind,
        ml=ml,
        tool=tool.id,
        total_ml=taker.ml,
    )
    world.changed(giver.id)
    world.changed(taker.id)
