"""What a seed makes of a module: where things stand, which pack is unfit, what goes wrong, and when."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from resilience.training.modules import Module

T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """A deviation drawn: it begins at the nth event that matches `event`, or is there from the start (None)."""

    id: str
    effect: str
    event: dict[str, Any] | None
    nth: int
    hand: str | None
    item: str | None


@dataclass(frozen=True)
class Variant:
    """A scenario. `places` gives [x, z] in metres per item; `numbers` the drawn figures by name."""

    seed: int
    places: dict[str, tuple[float, float]]
    bad_pack: str | None
    bad_how: str | None
    fault: Fault | None
    numbers: dict[str, float]
    batch: str


class _Chance:
    """Draws from `random()` alone, whose sequence Python keeps the same from version to version."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self._random() * len(options))]

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def number(self, low: float, high: float) -> float:
        """A number to three decimals."""
        return round(low + self._random() * (high - low), 3)

    def shuffle(self, things: list[T]) -> None:
        for last in range(len(things) - 1, 0, -1):
            other = self.whole(0, last)
            things[last], things[other] = things[other], things[last]


def draw(module: Module, seed: int) -> Variant:
    """The scenario of a seed: the same for the same module and seed, on every machine."""
    chance = _Chance(f"{module.id}/{seed}")
    bad = module.variants.bad_pack
    # Drawn one after another in a fixed order: a new kind of variation goes to the end, or old seeds change.
    places = _places(module, chance)
    bad_pack = chance.pick(bad.of) if bad else None
    bad_how = chance.pick(bad.how) if bad else None
    fault = _fault(module, chance)
    numbers = {name: chance.number(low, high) for name, (low, high) in module.variants.numbers.items()}
    batch = module.variants.batch.format(n=chance.whole(1, 99_999))
    return Variant(seed, places, bad_pack, bad_how, fault, numbers, batch)


def _places(module: Module, chance: _Chance) -> dict[str, tuple[float, float]]:
    slots = {name: item.slot for name, item in module.items.items() if item.slot is not None}
    for group in module.variants.shuffle:
        shuffled = [slots[name] for name in group]
        chance.shuffle(shuffled)
        slots.update(zip(group, shuffled, strict=True))
    return {name: module.variants.slots[str(module.items[name].on)][slot] for name, slot in slots.items()}


def _fault(module: Module, chance: _Chance) -> Fault | None:
    if not module.variants.deviations:
        return None
    drawn = chance.pick(module.variants.deviations)
    trigger = drawn.trigger
    nth = chance.whole(*trigger.nth) if trigger else 0
    hand = chance.pick(drawn.hand) if drawn.hand else None
    return Fault(drawn.id, drawn.effect, trigger.event if trigger else None, nth, hand, drawn.item)
