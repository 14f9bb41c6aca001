"""Risk of containers and of a batch, by hand-worked numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from resilience.twins.errors import BadInput
from resilience.twins.risk import ROUTES, Contribution, Ledger, Route, estimate, relative, report


def ledger(*entries: tuple[str, Route, str, int, float, float], width: int = 1) -> Ledger:
    made = Ledger(width)
    for container, route, cause, tick, seconds, organisms in entries:
        made.add(container, Contribution(route, cause, tick, seconds, np.full(width, organisms)))
    return made


def test_the_three_routes_add_up() -> None:
    made = ledger(
        ("vial", "air", "left sleeve", 4900, 3.2, 0.02),
        ("vial", "surface", "needle", 100, 0.0, 0.03),
        ("vial", "liquid", "syringe", 200, 0.0, 0.05),
    )
    assert made.expected("vial")[0] == pytest.approx(0.10)
    assert [made.expected("vial", route)[0] for route in ROUTES] == pytest.approx([0.02, 0.03, 0.05])
    assert made.probability("vial")[0] == pytest.approx(1 - math.exp(-0.10))


def test_a_tiny_risk_keeps_its_digits() -> None:
    assert ledger(("vial", "air", "air", 0, 1.0, 1e-18)).probability("vial")[0] == pytest.approx(1e-18)


def test_contributors_are_named_with_share_cause_seconds_and_tick() -> None:
    made = ledger(
        ("vial", "air", "left sleeve", 4900, 3.2, 0.031),
        ("vial", "air", "left sleeve", 5200, 1.0, 0.010),
        ("vial", "surface", "needle", 100, 0.0, 0.050),
        ("vial", "air", "cabinet air", 0, 60.0, 0.009),
    )
    first, second, third = made.contributors("vial")
    assert (first["route"], first["cause"], first["times"]) == ("surface", "needle", 1)
    # 41 % of this vial's risk: left sleeve, 3.2 s of it at 4:05.
    assert (second["cause"], second["tick"], second["seconds"]) == ("left sleeve", 4900, 3.2)
    assert second["share"]["central"] == pytest.approx(0.41)
    assert (second["times"], second["total_seconds"]) == (2, 4.2)
    assert third["share"]["central"] == pytest.approx(0.09)
    assert sum(entry["share"]["central"] for entry in made.contributors("vial", 99)) == pytest.approx(1.0)


def test_how_it_came_to_the_cause_is_told_of_the_largest() -> None:
    made = Ledger(1)
    for tick, organisms, before in ((100, 0.1, (("grille", 80),)), (200, 0.3, (("floor", 190), ("shoe", 10)))):
        made.add("vial", Contribution("surface", "left glove", tick, 0.0, np.array([organisms]), before))
    (shown,) = made.contributors("vial")
    assert shown["tick"] == 200
    assert shown["before"] == [{"cause": "floor", "tick": 190}, {"cause": "shoe", "tick": 10}]


def test_only_so_many_contributors_are_named() -> None:
    made = ledger(*[("vial", "air", f"thing {n}", n, 1.0, 0.1 * n) for n in range(1, 10)])
    assert [entry["cause"] for entry in made.contributors("vial", 2)] == ["thing 9", "thing 8"]


def test_a_batch_has_its_expected_and_its_any_contaminated_unit() -> None:
    made = ledger(("a", "air", "x", 0, 1.0, 0.1), ("b", "air", "x", 0, 1.0, 0.2))
    made.open("c")
    batch = report(made, 1)["batch"]
    assert batch["units"] == 3
    assert batch["expected_organisms"]["central"] == pytest.approx(0.3)
    assert batch["expected_contaminated"]["central"] == pytest.approx((1 - math.exp(-0.1)) + (1 - math.exp(-0.2)))
    assert batch["at_least_one"]["central"] == pytest.approx(1 - math.exp(-0.3))


def test_a_unit_thrown_away_is_left_out_of_the_batch() -> None:
    made = ledger(("a", "air", "x", 0, 1.0, 0.1), ("b", "air", "x", 0, 1.0, 5.0))
    shown = report(made, 1, ["a"])
    assert list(shown["units"]) == ["a"]
    assert shown["batch"]["expected_organisms"]["central"] == pytest.approx(0.1)


def test_the_draw_stands_beside_the_expectation_and_follows_the_seed() -> None:
    made = ledger(*[(f"vial-{n}", "air", "x", 0, 1.0, 0.7) for n in range(400)])
    shown = report(made, 5)
    drawn = [unit["drawn"] for unit in shown["units"].values()]
    assert np.mean(drawn) == pytest.approx(0.7, abs=5 * math.sqrt(0.7 / 400))
    assert shown["batch"]["drawn_contaminated"] == sum(count > 0 for count in drawn)
    assert report(made, 5) == shown
    assert [unit["drawn"] for unit in report(made, 6)["units"].values()] != drawn
    assert report(made, 5, ["vial-7"])["units"]["vial-7"] == shown["units"]["vial-7"]


def test_an_interval_comes_from_the_members_and_not_from_the_central_run() -> None:
    found = estimate(np.array([100.0, *np.linspace(0.0, 1.0, 101)]))
    assert found.central == 100.0
    assert (found.low, found.median, found.high) == pytest.approx((0.05, 0.5, 0.95))
    assert found.mean == pytest.approx(0.5)


def test_without_members_the_interval_is_the_central_value() -> None:
    assert {*vars_of(estimate(np.array([0.3])))} == {0.3}


def vars_of(found: object) -> list[float]:
    return [getattr(found, name) for name in ("central", "mean", "median", "low", "high")]


def test_a_relative_risk_cancels_what_is_wrong_in_both_runs() -> None:
    one, other = Ledger(4), Ledger(4)
    level = np.array([1.0, 0.01, 1.0, 100.0])
    for name in ("a", "b"):
        one.add(name, Contribution("air", "x", 0, 1.0, 3.0 * level))
        other.add(name, Contribution("air", "x", 0, 1.0, 2.0 * level))
    found = relative(one, other)
    assert vars_of(found) == pytest.approx([1.5] * 5)
    other.add("b", Contribution("surface", "y", 0, 0.0, 2.0 * level))
    assert relative(one, other, ["a"]).central == pytest.approx(1.5)
    assert relative(one, other).central == pytest.approx(1.0)
    assert relative(one, other, route="air").central == pytest.approx(1.5)


def test_a_relative_risk_needs_something_to_compare_with() -> None:
    empty = Ledger(1)
    empty.open("vial")
    some = ledger(("vial", "air", "x", 0, 1.0, 0.1))
    assert relative(empty, some).central == 0.0
    with pytest.raises(BadInput, match="expects no organisms"):
        relative(some, empty)
    with pytest.raises(BadInput, match="same members"):
        relative(some, Ledger(2))
    with pytest.raises(BadInput, match="no account of `cup`"):
        relative(some, some, ["cup"])


def test_a_copy_goes_its_own_way() -> None:
    made = ledger(("vial", "air", "x", 0, 1.0, 0.1))
    other = made.copy()
    other.pour_out("vial", 0.5)
    assert made.expected("vial")[0] == pytest.approx(0.1)
    assert other.expected("vial")[0] == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("route", "seconds", "organisms", "what"),
    [
        ("sea", 0.0, [0.1], "unknown route"),
        ("air", -1.0, [0.1], "seconds"),
        ("air", math.nan, [0.1], "seconds"),
        ("air", 0.0, [-0.1], "negative or no number"),
        ("air", 0.0, [math.nan], "negative or no number"),
        ("air", 0.0, [0.1, 0.1], "2 numbers where 1 are kept"),
    ],
)
def test_what_cannot_be_is_not_booked(route: Route, seconds: float, organisms: list[float], what: str) -> None:
    made = Ledger(1)
    made.open("vial")
    with pytest.raises(BadInput, match=what):
        made.add("vial", Contribution(route, "x", 0, seconds, np.array(organisms)))
    assert made.of == {"vial": []}


def test_a_container_that_is_not_known_is_named() -> None:
    with pytest.raises(BadInput, match="no account of `cup`"):
        Ledger(1).expected("cup")
