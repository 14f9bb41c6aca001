"""Case files about rooms: what is in them, who is in them, what happens, and the air at the end."""

from __future__ import annotations

import math
from typing import Any, Final

from resilience.twins.air.numbers import ACTIVITIES, CLASSES, CLOTHING
from resilience.twins.air.rooms import OUTSIDE, Air, Door, Room
from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs

SECONDS_PER_HOUR: Final = 3600.0
SECONDS_PER_MINUTE: Final = 60.0
LONGEST: Final = 1e6
"""A case runs at most so many seconds (eleven days) at one step a second."""
STILL: Final = 1e-9
"""A concentration that falls by no more than this share in a second falls no more."""
VERBS: Final = ("open", "close", "enter", "leave", "supply")


def answer(given: Inputs) -> dict[str, Any]:
    """Run rooms for some seconds at 1 Hz, events on the way; or until one is `thinned` by a factor."""
    rooms = [_room(entry) for entry in given.each("rooms")]
    doors = [_door(entry) for entry in given.each("doors")]
    air = Air(rooms, doors, _concentrations(given.inner("outside")), given.flag("deposition", True))
    start = given.inner("start_per_m3")
    for name in start.values:
        air.put(name, _concentrations(start.inner(name)))
    for entry in given.each("people"):
        _enter(air, entry)
    events = sorted((_event(entry) for entry in given.each("events")), key=lambda event: event[0])
    outputs: dict[str, Any] = {}
    seconds = given.number("seconds", 0.0, low=0.0, high=LONGEST)
    for at, verb, entry in events:
        if at > seconds:
            raise BadInput("the event comes after the end", entry.where, "Give `at` up to `seconds`.")
        _advance(air, at)
        _happen(air, verb, entry)
    _advance(air, seconds)
    if "thinned" in given:
        outputs["recovery_minutes"] = _recovery(air, given.inner("thinned")) / SECONDS_PER_MINUTE
    outputs["rooms"] = {
        room.name: {**air.concentration(room.name), "pressure_pa": air.pressure(room.name)} for room in rooms
    }
    outputs["account"] = air.account()
    return outputs


def _room(entry: Inputs) -> Room:
    volume = entry.number("volume_m3", low=1e-3)
    if "air_changes_per_h" in entry:
        supply = entry.number("air_changes_per_h", low=0.0) * volume
    else:
        supply = entry.number("supply_m3_h", low=0.0)
    room = Room(
        entry.text("name"),
        volume,
        entry.number("floor_m2", volume / 2.5, low=0.0),
        supply / SECONDS_PER_HOUR,
        entry.number("pressure_pa", 0.0),
    )
    entry.done()
    return room


def _door(entry: Inputs) -> Door:
    between = entry.values.get("between")
    if not (isinstance(between, list) and len(between) == 2 and all(isinstance(name, str) for name in between)):
        raise BadInput("a door needs two rooms", entry.at("between"), f"Name two rooms, or one and {OUTSIDE}.")
    inner = Inputs({key: value for key, value in entry.values.items() if key != "between"}, entry.where)
    door = Door(
        inner.text("name"),
        (between[0], between[1]),
        inner.number("width_m", 0.9, low=0.0),
        inner.number("height_m", 2.05, low=0.0),
        inner.number("gap_m2", 0.01, low=0.0),
    )
    inner.done()
    return door


def _concentrations(entry: Inputs) -> list[float]:
    found = [entry.number(name, 0.0, low=0.0) for name in CLASSES]
    entry.done()
    return found


def _enter(air: Air, entry: Inputs) -> None:
    person, room = entry.text("name"), entry.text("room")
    clothing, activity = entry.text("clothing", choices=CLOTHING), entry.text("activity", choices=ACTIVITIES)
    entry.done()
    air.enter(person, room, clothing, activity)


def _event(entry: Inputs) -> tuple[float, str, Inputs]:
    at, verb = entry.number("at", low=0.0), entry.text("verb", choices=VERBS)
    rest = {key: value for key, value in entry.values.items() if key not in ("at", "verb")}
    return at, verb, Inputs(rest, entry.where)


def _happen(air: Air, verb: str, entry: Inputs) -> None:
    if verb in ("open", "close"):
        air.move_door(entry.text("door"), verb == "open")
    elif verb == "enter":
        _enter(air, entry)
    elif verb == "leave":
        air.leave(entry.text("name"))
    else:
        air.set_supply(entry.text("room"), entry.number("supply_m3_h", low=0.0) / SECONDS_PER_HOUR)
    entry.done()


def _advance(air: Air, until: float) -> None:
    """To a time in steps of a second, and a shorter one at the end."""
    while until - air.seconds > 1e-9:
        air.do_step(min(1.0, until - air.seconds))


def _recovery(air: Air, entry: Inputs) -> float:
    """Seconds until a room holds `factor` times less of a class than now; read off between two steps."""
    room, size = entry.text("room"), entry.text("class", "ge0_5", choices=CLASSES)
    factor = entry.number("factor", 100.0, low=1.0 + 1e-9)
    entry.done()
    began, before = air.seconds, air.concentration(room)[size]
    if before == 0:
        raise BadInput("the room holds none of that class", entry.where, "Give it some by `start_per_m3`.")
    wanted = before / factor
    while True:
        air.do_step()
        after = air.concentration(room)[size]
        if after <= wanted:
            past = math.log(wanted / after) / math.log(before / after)
            return air.seconds - began - past
        if after >= before * (1.0 - STILL) or air.seconds - began > LONGEST:
            raise BadInput("the room never gets so clean", entry.where, "Give a smaller factor, or more supply.")
        before = after
