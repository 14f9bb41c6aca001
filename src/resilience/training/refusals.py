"""Refusals: why something cannot be done now, as a key and what it is about; labels make a line of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resilience.training.hands import Hand
    from resilience.training.items import Item
    from resilience.training.world import World

Action = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: `item` is the thing at which it is said, `about` the ids that the text names."""

    key: str
    item: str | None = None
    about: tuple[tuple[str, str], ...] = ()


def refuse(key: str, item: str | None = None, /, **about: str) -> Refusal:
    return Refusal(key, item, tuple(about.items()))


def unreachable(world: World, item: Item) -> Refusal | None:
    """Why a thing cannot be got at from here: closed in, thrown away, or too far."""
    if world.hidden(item):
        return refuse("closed_in", item.id, item=item.id)
    if world.wasted(item):
        return refuse("thrown_away", item.id, item=item.id)
    if not world.in_reach(item):
        return refuse("out_of_reach", item.id, item=item.id)
    return None


def not_free(hand: Hand) -> Refusal | None:
    """Why a hand cannot take or do another thing."""
    if hand.holds is not None:
        return refuse("hand_full", hand.id, hand=hand.side, item=hand.holds.id)
    return None


def not_holding(hand: Hand, tool: Item) -> Refusal | None:
    if hand.holds is not tool:
        return refuse("not_held", tool.id, hand=hand.side, item=tool.id)
    return None
