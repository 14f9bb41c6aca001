"""Air, touch and risk together, as a session has them: what the air brings is handed on, and named in the end."""

from __future__ import annotations

import pytest

from resilience.twins.air.exposure import Exposure, Site
from resilience.twins.air.numbers import numbers
from resilience.twins.risk import relative, report
from resilience.twins.touch import Kind, Touch

VIAL = Site("vial", (0.0, 1.0, 0.0), 0.01)
ABOVE, AWAY = (0.0, 1.15, 0.02), (0.3, 1.15, 0.02)


def filled(palm: tuple[float, float, float]) -> tuple[Touch, Exposure]:
    """A vial is open for 10 s; from 4 s on a hand is at a place for 3.2 s; then it is filled by a touched needle."""
    air, touch = Exposure(), Touch(1)
    touch.add_hand("left")
    touch.add_face("needle", kind=Kind.CRITICAL)
    touch.add_vessel("syringe", 10.0)
    touch.add_vessel("vial", unit=True)
    air.set_air(5.3)
    air.set_sites([VIAL])
    shed = numbers().emission("gowned", "hands")[0]
    booked: dict[str, float] = {}

    def let(seconds: float) -> None:
        """Time passes in both; what each cause brought meanwhile is booked at the tick it began."""
        began = touch.snapshot().tick
        air.do_step(seconds)
        touch.do_step(seconds)
        for cause, organisms in air.dose("vial").items():
            touch.settle("vial", organisms - booked.get(cause, 0.0), cause, seconds, began)
        booked.update(air.dose("vial"))

    let(4.0)
    elbow = (palm[0] + 0.08, palm[1] + 0.05, palm[2] + 0.3)
    assert air.set_hand("left", palm, elbow, shed * numbers().shed_glove, shed * numbers().shed_sleeve)
    let(3.2)
    air.remove_hand("left")
    let(2.8)
    touch.contact("left", "needle")
    touch.pour("syringe", "vial", 5.0, through="needle")
    return touch, air


def test_what_the_air_brings_comes_into_the_vial_and_is_named() -> None:
    touch, air = filled(ABOVE)
    assert touch.ledger.expected("vial", "air")[0] == pytest.approx(sum(air.dose("vial").values()))
    unit = report(touch.ledger, 1)["units"]["vial"]
    hand = next(entry for entry in unit["contributors"] if entry["cause"] == "left glove")
    assert (hand["route"], hand["tick"], hand["seconds"]) == ("air", 80, 3.2)
    first_air = next(entry for entry in unit["contributors"] if entry["cause"] == "first air")
    assert first_air["total_seconds"] == pytest.approx(10.0)
    assert unit["expected"]["central"] == pytest.approx(sum(route["central"] for route in unit["by_route"].values()))
    assert unit["by_route"]["surface"]["central"] > 0.0


def test_a_hand_above_is_worse_than_one_away_in_every_version_of_the_truth() -> None:
    above, away = filled(ABOVE)[0], filled(AWAY)[0]
    assert (above.ledger.expected("vial", "air") > away.ledger.expected("vial", "air")).all()
    found = relative(above.ledger, away.ledger)
    assert found.low > 1.0
