from __future__ import annotations

import numpy as np
import pytest

from resilience.footprint import Device, Measure, TravelMode, Trip
from resilience.footprint.basis import Basis
from resilience.footprint.devices import devices, travel, trip_units, use, whole
from resilience.footprint.factors import built_in
from resilience.footprint.uncertainty import Draws

WASTE, CARBON, MONEY = range(len(Measure))


def basis() -> Basis:
    return Basis(built_in(), Draws(20_000, 1))


def test_every_device_and_mode_of_travel_has_its_row() -> None:
    assert set(devices()) == set(Device)
    assert set(travel()) == set(TravelMode)


def test_a_headset_with_its_controllers_is_spread_over_its_hours() -> None:
    one = whole(Device.HEADSET, 2026, basis())
    assert np.median(one.made[CARBON]) == pytest.approx(45.9 + 2 * 4.22, rel=0.02)
    assert np.median(one.made[MONEY]) == pytest.approx(420, rel=0.01)
    device = use(Device.HEADSET, 45.0, 1, 2026, basis())["session_device"]
    assert np.median(device[CARBON]) == pytest.approx((45.9 + 2 * 4.22) * 45 / 450, rel=0.05)
    assert np.median(device[MONEY]) == pytest.approx(420 * 45 / 450, rel=0.03)
    assert np.median(device[WASTE]) == pytest.approx(0.77 * 45 / 450, rel=0.03)


def test_electricity_is_headset_idling_quarter_of_a_laptop_and_server_at_the_grid() -> None:
    found = np.median(use(Device.HEADSET, 7.5, 10, 2026, basis())["session_electricity"][CARBON])
    kilowatt_hours = 7.5 * (0.010 + 0.25 * 0.035) + 10 * (0.5 * 0.02 + 0.01)
    assert found == pytest.approx(kilowatt_hours * (0.13096 + 0.013), rel=0.15)


def test_a_laptop_neither_idles_for_us_nor_needs_another_laptop() -> None:
    found = np.median(use(Device.LAPTOP, 10.0, 1, 2026, basis())["session_electricity"][CARBON])
    assert found == pytest.approx((10 * 0.035 + 0.01) * (0.13096 + 0.013), rel=0.05)


def test_a_trip_is_amounts_of_factors() -> None:
    trip = Trip(reason="to the hub", mode=TravelMode.CAR, km=120, hotel_nights=2)
    assert trip_units(trip) == {"car_km+car_wtt_km": 120, "hotel_night_uk": 2}
