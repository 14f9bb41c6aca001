"""What a session itself takes: its device's making, electricity, support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from resilience.footprint import factors, tables
from resilience.footprint.basis import Basis
from resilience.footprint.measures import amounts
from resilience.footprint.sessions import Device, TravelMode, Trip
from resilience.footprint.uncertainty import Array

GRID = "elec_uk_gen+elec_uk_td"
HOTEL = "hotel_night_uk"
CONTROLLER = "hmd_controller"
_W_PER_KW = 1000
# What a row of devices.csv names, and the unit it has to be in.
_UNITS = {"making": "kgCO2e/unit", "life": "h", "power": "W", "price": "GBP/unit", "mass": "kg/unit"}


class DeviceRow(tables.Row):
    """A row of devices.csv: factors by id, and shares of a day's idling and of an instructor's laptop."""

    device: Device
    what: str
    beth: str
    making: str
    controllers: Annotated[int, Field(ge=0)]
    life: str
    power: str
    price: str
    mass: str
    idle: Annotated[float, Field(ge=0)]
    laptop_share: Annotated[float, Field(ge=0)]


class TravelRow(tables.Row):
    """A row of travel.csv."""

    mode: TravelMode
    what: str
    beth: str
    carbon: str


@dataclass(frozen=True)
class Whole:
    """A device from making to end: amounts of one, and its hours, shape (3, draws) and (draws,)."""

    made: Array
    life: Array | float


@cache
def devices(path: Path = tables.FACTS / "devices.csv") -> Mapping[Device, DeviceRow]:
    """Devices by kind. Raises FootprintError for a factor that is not there or not in the unit that is needed."""
    rows = tables.read(path, DeviceRow)
    for place, row in rows:
        for key, unit in _UNITS.items():
            factors.built_in().usable(getattr(row, key), unit, f"{place}: `{key}`")
    return {row.device: row for _, row in rows}


@cache
def travel(path: Path = tables.FACTS / "travel.csv") -> Mapping[TravelMode, TravelRow]:
    """Modes of travel. Raises FootprintError as `devices` does."""
    rows = tables.read(path, TravelRow)
    for place, row in rows:
        factors.built_in().usable(row.carbon, "kgCO2e/", f"{place}: `carbon`")
    return {row.mode: row for _, row in rows}


def whole(device: Device, year: int, basis: Basis) -> Whole:
    """Making, mass and price of one device with its controllers, to be spread over its hours."""
    row = devices()[device]
    making = basis.figure(row.making, year)
    if row.controllers:
        making = making + row.controllers * basis.figure(CONTROLLER, year)
    made = amounts(basis.draws.n, basis.figure(row.mass, year), making, basis.figure(row.price, year))
    return Whole(made, basis.figure(row.life, year))


def use(device: Device, hours: float, sessions: int, year: int, basis: Basis) -> dict[str, Array]:
    """What so many sessions of so many hours in all take, by part, each of shape (3, draws)."""
    row = devices()[device]
    one = whole(device, year, basis)
    kilowatts = basis.figure(row.power, year) / _W_PER_KW
    if row.laptop_share:
        kilowatts = kilowatts + row.laptop_share * basis.figure("laptop_power_w", year) / _W_PER_KW
    kilowatt_hours = kilowatts * hours + basis.figure("server_kwh_session", year) * sessions
    if row.idle:
        kilowatt_hours = kilowatt_hours + row.idle * basis.figure("hmd_idle_kwh_day", year) * sessions
    n = basis.draws.n
    return {
        "session_device": one.made * (hours / one.life),
        "session_electricity": amounts(n, carbon=kilowatt_hours * basis.figure(GRID, year)),
        "session_support": amounts(n, money=basis.figure("gbp_session", year) * sessions),
    }


def trip_units(trip: Trip) -> dict[str, float]:
    """A trip as amounts of factors."""
    units = {travel()[trip.mode].carbon: trip.km}
    if trip.hotel_nights:
        units[HOTEL] = float(trip.hotel_nights)
    return units
