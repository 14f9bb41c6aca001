"""The numbers of the air model: all there, with a range and a source, and what follows from them."""

from __future__ import annotations

import pytest

from resilience.twins import parameters
from resilience.twins.air import numbers as air
from resilience.twins.air.physics import settling_speed
from resilience.twins.errors import BadInput


def test_every_number_has_a_range_a_unit_and_a_source() -> None:
    for parameter in parameters.read(air.DATA):
        assert parameter.low <= parameter.value <= parameter.high
        assert parameter.unit
        assert len(parameter.source) > 3
        assert len(parameter.what) > 5


# Whyte & Hejab 2007, particles a minute from one person.
@pytest.mark.parametrize(
    ("clothing", "expected"), [("indoor", (2400, 332_000, 2_130_000)), ("gowned", (177, 37_300, 1_020_000))]
)
def test_the_chambers_exercise_gives_the_published_emission(clothing: str, expected: tuple[float, ...]) -> None:
    found = air.numbers().emission(clothing, "chamber")
    assert tuple(60 * rate for rate in found) == pytest.approx(expected)


def test_an_extreme_disperser_sheds_eleven_thousand() -> None:
    assert 60 * air.numbers().emission("extreme", "chamber")[0] == pytest.approx(11_000)


@pytest.mark.parametrize(
    ("activity", "times"),
    [("still", 1), ("hands", 5), ("arms", 10), ("sit_to_stand", 25), ("slow_walk", 50), ("brisk_walk", 75)],
)
def test_activities_stand_to_each_other_as_on_the_austin_index(activity: str, times: float) -> None:
    still = air.numbers().emission("gowned", "still")[0]
    assert air.numbers().emission("gowned", activity)[0] == pytest.approx(times * still)


def test_settling_speeds_belong_to_the_diameters_they_name() -> None:
    given = air.numbers()
    assert settling_speed(given.diameter_mcp) == pytest.approx(given.settling_mcp, rel=0.05)
    assert settling_speed(7.1e-6) == pytest.approx(given.settling_ge5, rel=0.01)
    assert settling_speed(1.0e-6) == pytest.approx(given.settling_ge0_5, rel=0.01)


def test_unknown_clothing_or_activity_is_refused_with_what_is_known() -> None:
    with pytest.raises(BadInput) as caught:
        air.numbers().emission("pyjamas", "still")
    assert "gowned" in caught.value.fix
    with pytest.raises(BadInput) as caught:
        air.numbers().emission("gowned", "tango")
    assert "slow_walk" in caught.value.fix
