"""Furnishing: a world as it is when a session begins, from the scene of a module and the variant of a seed."""

from __future__ import annotations

from resilience.plant.specs import load
from resilience.training.items import FIXED, Item
from resilience.training.module_shapes import Item as Line
from resilience.training.modules import Module
from resilience.training.monitoring import Monitoring
from resilience.training.variants import Variant
from resilience.training.world import CRITICAL_KINDS, World


def furnish(module: Module, variant: Variant) -> World:
    """The world at tick 0, before anything has happened."""
    world = World(module, variant)
    for thing in module.scene.equipment:
        if thing.station is not None and load(thing.kind).controls:
            item = world.items[thing.id] = Item(thing.id, load(thing.kind))
            item.stations = (thing.station,)
            item.x, item.y, item.z = thing.at
            item.yaw = thing.yaw
    for name, line in module.items.items():
        world.items[name] = _made(name, line)
    for name, line in module.items.items():
        _place(world, world.items[name], line)
    _pack(world, module)
    _cap_vials(world)
    for item in list(world.items.values()):
        if item.holder is None:
            world.settle_contents(item)
    _unfit_pack(world)
    _mark_rolls(world)
    world.organisms.begin()
    world.critical_items = [item for item in world.items.values() if item.kind in CRITICAL_KINDS]
    if module.scene.monitoring is not None:
        world.monitoring = Monitoring(world, module.scene.monitoring)
    world.dirty.clear()
    return world


def _made(name: str, line: Line) -> Item:
    item = Item(name, load(line.kind))
    item.lot = line.lot
    item.expiry = int(line.expiry[:-1]) if line.expiry is not None else None
    item.ml = line.ml or 0.0
    item.sterile = line.sterile
    item.spare_of = line.spare_of
    item.yaw = line.yaw
    item.stations = tuple(line.stations) or ((line.station,) if line.station else ())
    return item


def _place(world: World, item: Item, line: Line) -> None:
    if line.in_ is not None:
        holder = world.items[line.in_]
        item.place = f"in:{holder.id}"
        if holder.spec.sockets is not None and holder.spec.sockets.accepts != ("*",):
            item.socket = len(holder.inside)
        holder.inside.append(item.id)
    elif line.on is not None:
        surface = world.surfaces[line.on]
        x, z = world.variant.places.get(item.id, ((surface.x0 + surface.x1) / 2, (surface.z0 + surface.z1) / 2))
        item.place = FIXED if line.fixed else f"surface:{line.on}"
        item.x, item.y, item.z = x, surface.y, z
        if line.fixed and surface.station and not item.stations:
            item.stations = (surface.station,)
    elif line.at is not None:
        item.x, item.y, item.z = line.at


def _pack(world: World, module: Module) -> None:
    """What packs hold; of two with the same contents the first opened yields them, so they lie in the first."""
    for name, line in module.items.items():
        for content in line.contents:
            item = world.items[content]
            if item.holder is None:
                item.place = f"in:{name}"
                item.socket = len(world.items[name].inside)
                world.items[name].inside.append(content)


def _cap_vials(world: World) -> None:
    """Every vial wears a foil, a thing of its own once it is torn off."""
    for vial in [item for item in world.items.values() if item.kind == "vial"]:
        name = vial.id.replace("vial", "foil", 1)
        if name not in world.items:
            foil = world.items[name] = Item(name, load("foil"))
            foil.sterile = True
            foil.place = f"in:{vial.id}"
            vial.inside.append(name)


def _unfit_pack(world: World) -> None:
    variant = world.variant
    if variant.bad_pack is None:
        return
    pack = world.items[variant.bad_pack]
    if variant.bad_how == "expired":
        pack.expiry = -world.chance("bad-pack").randint(3, 60)
    else:
        pack.sound = "torn"


def _mark_rolls(world: World) -> None:
    for item in world.items.values():
        if item.kind == "label-roll":
            item.label = world.variant.batch
