"""Money and waste of the physical run, with their ranges."""

from __future__ import annotations

import pytest

from resilience.training.bills import Figure, cost, product, total
from resilience.training.module_shapes import Bill, BillLine, Range
from resilience.training.words import Words
from tests.training.runs import module


def figure(value: float, low: float, high: float) -> Range:
    return Range(value=value, low=low, high=high, source="a source")


def sample(per_vial: bool = False, trainees: int = 1) -> Bill:
    line = module().bill.lines[0].id
    return Bill(
        run="a run",
        trainees_per_run=trainees,
        lines=[
            BillLine(
                id=line,
                quantity=figure(2, 2, 2),
                unit="piece",
                waste_kg=figure(0.5, 0.5, 0.5),
                price_gbp=figure(10, 5, 20),
                per_vial=per_vial,
            )
        ],
        lost_batch_gbp=figure(400, 100, 1000),
    )


def test_a_line_is_quantity_times_figure() -> None:
    assert product(figure(2, 2, 2), figure(10, 5, 20)) == Figure(20, 10, 40)


def test_independent_uncertainties_are_joined_in_quadrature() -> None:
    made = product(figure(10, 7, 13), figure(10, 6, 14))
    assert (made.mid, made.low, made.high) == pytest.approx((100, 50, 150))
    made = total([Figure(10, 7, 13), Figure(10, 6, 14)])
    assert (made.mid, made.low, made.high) == pytest.approx((20, 15, 25))


def test_no_range_goes_below_nothing() -> None:
    assert product(figure(10, 1, 12), figure(10, 1, 12)).low == 0
    assert product(figure(0, 0, 2), figure(10, 1, 12)) == Figure(0, 0, 24)
    assert total([]) == Figure(0, 0, 0)


def test_a_lost_batch_costs_the_batch_as_well() -> None:
    words = Words(module(), "en")
    kept, lost = cost(sample(), 12, False, words), cost(sample(), 12, True, words)
    assert kept["gbp"] == {"mid": 20, "low": 10, "high": 40}
    assert kept["waste_kg"]["mid"] == lost["waste_kg"]["mid"] == 1
    assert lost["gbp"]["mid"] == 420
    assert [line["label"] for line in lost["lines"]][-1] == "the batch itself"


def test_lines_are_scaled_by_units_and_shared_by_trainees() -> None:
    words = Words(module(), "en")
    assert cost(sample(per_vial=True), 12, False, words)["gbp"]["mid"] == 240
    assert cost(sample(trainees=4), 12, False, words)["gbp"]["mid"] == 5


def test_figures_carry_two_significant_digits() -> None:
    assert Figure(123.4, 0.0567, 9999).as_dict() == {"mid": 120, "low": 0.057, "high": 10000}


def test_every_line_of_a_module_names_its_source() -> None:
    for line in cost(module().bill, 12, True, Words(module(), "cy"))["lines"]:
        assert line["label"]
        assert line["source"]
