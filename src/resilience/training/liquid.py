"""Liquids: volumes moved between containers, and the organisms that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resilience.training.items import Item
    from resilience.training.world import World


def pour(world: World, giver: Item, taker: Item, ml: float, tool: str) -> float:
    """Move `ml` millilitres; returns the organisms that went along. What is given is what is taken."""
    share = ml / giver.ml if giver.ml > 0 else 0.0
    cfu = giver.liquid_cfu * share
    giver.liquid_cfu -= cfu
    taker.liquid_cfu += cfu
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
        tool=tool,
        total_ml=taker.ml,
    )
    world.changed(giver.id)
    world.changed(taker.id)
    return cfu
