"""The contamination model's numbers: complete, in range, calibrated, and the page that shows them."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from pathlib import Path

import pytest

from resilience.training import contamination
from resilience.training.contamination import Contamination, parameters, table
from resilience.training.errors import BadInput

PAGE = Path(__file__).parents[2] / "docs" / "how" / "contamination-parameters.md"
GOWNED_PER_SECOND = 177 / 60


@pytest.fixture
def numbers() -> Contamination:
    return contamination.contamination()


def test_the_page_shows_the_numbers_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == table()


def test_every_number_has_a_source_and_a_range() -> None:
    for parameter in parameters():
        assert parameter.low <= parameter.value <= parameter.high
        assert parameter.source
        assert parameter.what


# 50 m3 at 40 air changes an hour, well mixed: 5.3 and 72 particles a cubic metre (from Whyte & Hejab 2007).
@pytest.mark.parametrize(("people", "per_minute", "expected"), [(1, 177, 5.3), (2, 177, 10.6), (1, 2400, 72)])
def test_room_air_is_calibrated(numbers: Contamination, people: int, per_minute: float, expected: float) -> None:
    room = replace(numbers, room_volume=50.0, air_changes=40.0)
    assert room.room_concentration(people * per_minute / 60) == pytest.approx(expected, rel=0.01)


def test_the_dispersal_chamber_gives_the_measured_emission(numbers: Contamination) -> None:
    assert numbers.emission(numbers.activity_chamber) == pytest.approx(GOWNED_PER_SECOND)
    assert numbers.emission(1) < numbers.emission(numbers.activity_hands) < numbers.emission(numbers.activity_arms)


# A 90 mm plate of 63.6 cm2 in four hours at 0.46 cm/s (from Whyte & Eaton 2016).
@pytest.mark.parametrize(("concentration", "expected"), [(10, 4.21), (100, 42.1), (200, 84.3)])
def test_settling_is_calibrated(numbers: Contamination, concentration: float, expected: float) -> None:
    area = math.pi * 0.045**2
    assert numbers.deposition(concentration, area, 4 * 3600) == pytest.approx(expected, rel=0.002)


def test_wet_time_kills_up_to_its_full_effect(numbers: Contamination) -> None:
    assert numbers.log_reduction(0) == 0
    assert numbers.log_reduction(15) == pytest.approx(2)
    assert numbers.log_reduction(30) == numbers.log_reduction(90) == 4


def test_a_touch_on_a_sterile_face_is_drawn_from_its_whole_range(numbers: Contamination) -> None:
    chance = random.Random(1)
    draws = sorted(numbers.sterile_draw(chance) for _ in range(4000))
    assert draws[100] == pytest.approx(1e-3, rel=0.4)
    assert draws[2000] == pytest.approx(numbers.touch_sterile, rel=0.1)
    assert draws[3899] == pytest.approx(0.3, rel=0.4)
    assert draws[-1] <= 1.0


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("touch_bare: {value: 0.5, low: 0.3, high: 0.7, unit: x, source: s, grade: solid}", "a key is missing"),
        ("touch_bare: {value: 2, low: 0, high: 1, unit: x, source: s, grade: solid, what: w}", "outside its range"),
        ("touch_bare: {value: 1, low: 0, high: 1, unit: x, source: s, grade: sure, what: w}", "unknown grade"),
        ("touch_bare: {value: a, low: 0, high: 1, unit: x, source: s, grade: solid, what: w}", "no number"),
    ],
)
def test_a_wrong_data_file_is_named(text: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "contamination.yaml"
    file.write_text(text)
    monkeypatch.setattr(contamination, "DATA", file)
    parameters.cache_clear()
    try:
        with pytest.raises(BadInput, match=what) as caught:
            parameters()
        assert "touch_bare" in caught.value.where
    finally:
        parameters.cache_clear()


def test_a_parameter_that_is_not_of_the_model_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "contamination.yaml"
    luck = "\nluck: {value: 1, low: 0, high: 1, unit: x, source: s, grade: weak, what: w}\n"
    file.write_text(contamination.DATA.read_text() + luck)
    monkeypatch.setattr(contamination, "DATA", file)
    parameters.cache_clear()
    contamination.contamination.cache_clear()
    try:
        with pytest.raises(BadInput, match="luck"):
            contamination.contamination()
    finally:
        parameters.cache_clear()
        contamination.contamination.cache_clear()
