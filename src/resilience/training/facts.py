"""Facts: the truth that records and answers are compared with. See docs/how/module-format.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resilience.training.clock import TICKS_PER_SECOND

if TYPE_CHECKING:
    from resilience.training.items import Item
    from resilience.training.world import World

OPENING = 9 * 60
"""The shift begins at 9:00: minutes after midnight at tick 0."""
NAMES = (
    "airflow_reading",
    "clock",
    "vials_filled",
    "vials_rejected",
    "stoppers_used",
    "labels_issued",
    "labels_applied",
    "labels_left",
    "batch",
    "pack_sound",
    "label_roll_right",
)
OF_AN_ITEM = ("lot:", "expiry:")


def clock_text(world: World) -> str:
    """The time on the wall, hours and minutes."""
    minutes = OPENING + world.clock.process // (60 * TICKS_PER_SECOND)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def fact(world: World, name: str, item: str | None = None) -> tuple[Any, int | None]:
    """A fact and the tick since when it is true (None: from the beginning, or not yet).

    `item` is what a fact that differs between things is about. Raises KeyError for a name that is none.
    """
    prefix, _, about = name.partition(":")
    if prefix == "lot":
        return _source(world, world.items[about]).lot, None
    if prefix == "expiry":
        return _source(world, world.items[about]).expiry, None
    if name == "airflow_reading":
        cabinet = world.cabinet
        if cabinet is None:
            return None, None
        return cabinet.read if cabinet.read is not None else (cabinet.reading(), None)
    if name == "clock":
        return clock_text(world), world.clock.tick
    if name == "batch":
        return world.variant.batch, None
    if name == "pack_sound":
        return ("accept" if item is not None and world.items[item].fit else "reject"), None
    if name == "label_roll_right":
        return ("accept" if _loaded_label(world) == world.variant.batch else "reject"), None
    return _counts(world)[name], None


def facts(world: World) -> dict[str, Any]:
    """All facts at once, as the checks want them at the finish."""
    found = {name: fact(world, name)[0] for name in NAMES if name != "pack_sound"}
    for item in world.items.values():
        if item.lot is not None:
            found[f"lot:{item.id}"] = item.lot
        if item.expiry is not None:
            found[f"expiry:{item.id}"] = item.expiry
    return found


def _counts(world: World) -> dict[str, int]:
    vials = [item for item in world.items.values() if item.kind == "vial"]
    stoppers = [item for item in world.items.values() if item.kind == "stopper"]
    applied = sum(vial.parts["label"] == "on" for vial in vials)
    return {
        "vials_filled": sum(vial.parts["crimp"] == "on" and not world.wasted(vial) for vial in vials),
        "vials_rejected": sum(world.wasted(vial) for vial in vials),
        "stoppers_used": sum(not stopper.place.startswith("in:stopper-bowl") for stopper in stoppers),
        "labels_issued": world.papers.labels_issued,
        "labels_applied": applied,
        "labels_left": world.papers.labels_issued - applied,
    }


def _source(world: World, item: Item) -> Item:
    """Whose lot an item has: its own, or that of the pack that holds it."""
    while item.lot is None and item.holder is not None:
        item = world.items[item.holder]
    return item


def _loaded_label(world: World) -> str | None:
    for item in world.items.values():
        if item.kind == "labeller":
            return world.items[item.inside[0]].label if item.inside else None
    return None
