from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from resilience.footprint import Device, FootprintError, Measure, TravelMode, Trip
from resilience.footprint.basis import Basis
from resilience.footprint.devices import devices, travel, trip_units, use, whole
from resilience.footprint.displacement import purposes
from resilience.footprint.factors import built_in
from resilience.footprint.tables import FACTS
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


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("devices.csv", "hmd_life_h", "hmd_life", r"devices\.csv:2: `life`: there is no factor `hmd_life`"),
        ("devices.csv", "hmd_power_w", "hmd_life_h", r"devices\.csv:2: `power`: `hmd_life_h` is in h, not in W"),
        ("devices.csv", "hmd_power_w", "pcvr_power_w", r"devices\.csv:2: `power`: `pcvr_power_w` .* may not enter"),
        ("travel.csv", "coach_pkm", "bus_pkm", r"travel\.csv:4: `carbon`: there is no factor `bus_pkm`"),
        ("purposes.csv", ",7,3", ",3,7", r"purposes\.csv:5: .* the mean 0\.3, but `cf_prequal` is 0\.7"),
        ("purposes.csv", ",7,3", ",7,", r"purposes\.csv:5: `alpha` and `beta` go together"),
    ],
)  # fmt: skip
def test_a_row_that_names_the_wrong_figure_is_refused(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    path = tmp_path / file
    path.write_text((FACTS / file).read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FootprintError, match=said):
        {"devices.csv": devices, "travel.csv": travel, "purposes.csv": purposes}[file](path)
