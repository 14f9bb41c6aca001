"""What a session earns: checklist, records, dose, process."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from resilience.training.assessment import Assessment, check_context
from resilience.training.log import Header
from resilience.training.outcome import Outcome
from resilience.training.tally import Tally, fill_limits, units
from resilience.twins.risk import Contribution, Ledger
from tests.training.runs import module, run

VIALS = [f"vial-{n}" for n in range(1, 13)]


def event(kind: str, **fields: Any) -> dict[str, Any]:
    return {"tick": 1, "kind": kind, **fields}


def poured(vial: str, ml: float) -> dict[str, Any]:
    return event("liquid_moved", **{"from": "syringe"}, to=vial, to_kind="vial", ml=ml, tool="syringe", total_ml=ml)


def discarded(vial: str) -> dict[str, Any]:
    return event("item_moved", item=vial, item_kind="vial", how="discard", to="in:waste-tub", **{"from": "x"})


def outcome_of(events: list[dict[str, Any]], ledger: Ledger | None = None) -> Outcome:
    assessment = Assessment(module())
    for one in events:
        assessment.observe(one)
    assessment.finish(100, {})
    header = Header(module().id, module().version, 1, "assessment")
    return assessment.outcome(header, 100, ledger or Ledger(1), (), "hash")


def steps_done() -> list[dict[str, Any]]:
    return [one for one in run().session.events if one["kind"] == "step_done"]


def test_the_units_are_the_vials_and_their_limits_those_of_the_check() -> None:
    assert units(module()) == VIALS
    assert fill_limits(module()) == (1.9, 2.1)


def test_every_step_counts_once_by_its_share() -> None:
    tally = Tally(module())
    _, most = tally.step_points()
    for one in steps_done():
        tally.observe(one)
    assert tally.step_points() == (most, most)
    tally = Tally(module())
    tally.observe(event("step_done", step="dispense", operation="fill", item="vial-3"))
    assert tally.step_points() == (pytest.approx(1 / 12), most)
    tally.observe(event("step_done", step="dispense", operation="fill", item="vial-3"))
    assert tally.step_points() == (pytest.approx(1 / 12), most)


def test_rules_kept_count_as_far_as_there_was_work() -> None:
    nothing, everything = outcome_of([]), outcome_of(steps_done())
    assert nothing.checklist.score == 0
    assert nothing.checklist.max == everything.checklist.max == run().outcome.checklist.max
    half = outcome_of(steps_done()[: len(steps_done()) // 2])
    assert 0 < half.checklist.share < everything.checklist.share <= 1


def test_a_broken_rule_costs_its_weight() -> None:
    touch = event(
        "contact", **{"with": "glove"}, target="vial-1", target_kind="vial", part="neck", critical=True, cfu=0
    )
    weight = next(check.weight for check in module().checks if check.id == "touched-neck")
    kept, broken = outcome_of(steps_done()), outcome_of([*steps_done(), touch])
    assert kept.checklist.score - broken.checklist.score == pytest.approx(weight)


def test_records_count_by_field_and_signature() -> None:
    entry = event("recorded", field="airflow", value=0.45, truth=0.45, fact_tick=1)
    false = event("recorded", field="airflow", value=0.39, truth=0.45, fact_tick=1)
    signed = event("signed", step="batch", meaning="performed")
    assert outcome_of([]).records.score == 0
    assert outcome_of([entry]).records.score == 1
    assert outcome_of([false]).records.score == 0
    assert outcome_of([entry, signed]).records.score == 2


def test_what_was_thrown_away_is_not_in_the_product() -> None:
    ledger = Ledger(1)
    ledger.add("vial-1", Contribution("surface", "hand:left/glove", 5, 0.0, np.array([3.0])))
    ledger.add("vial-2", Contribution("air", "left glove above", 5, 2.0, np.array([0.5])))
    both = outcome_of([poured("vial-1", 2.0), poured("vial-2", 2.0)], ledger)
    less = outcome_of([poured("vial-1", 2.0), poured("vial-2", 2.0), discarded("vial-1")], ledger)
    assert both.dose is not None
    assert less.dose is not None
    assert both.dose.as_dict()["by_route"] == {"air": 0.5, "surface": 3.0, "liquid": 0.0}
    assert less.dose.expected_cfu == 0.5
    assert less.process is not None
    assert (less.process["filled"], less.process["kept"], less.process["discarded"]) == (2, 1, 1)


def test_volumes_are_what_was_poured_in_and_not_drawn_out_again() -> None:
    back = event(
        "liquid_moved", **{"from": "vial-2"}, to="syringe", to_kind="syringe", ml=0.5, tool="syringe", total_ml=0.5
    )
    process = outcome_of([poured("vial-1", 1.0), poured("vial-1", 1.0), poured("vial-2", 2.0), back]).process
    assert process is not None
    assert process["fill_ml"] == {"mean": 1.75, "min": 1.5, "max": 2.0}
    assert process["in_limits"] == 1
    assert process["yield"] == 0


def test_nothing_filled_has_no_volumes() -> None:
    process = outcome_of([]).process
    assert process is not None
    assert process["fill_ml"] is None
    assert process["yield"] == 0


def test_the_expert_fills_all_of_them() -> None:
    process = run().outcome.process
    assert process is not None
    assert process["yield"] == 1
    assert process["fill_ml"] == {"mean": 2.0, "min": 2.0, "max": 2.0}


def test_checks_know_the_scene() -> None:
    context = check_context(module())
    assert context.kind_of("vial-3") == "vial"
    assert context.kind_of("hand:left") == "hand:left"
    assert "cabinet" in context.equipment
    assert context.fields["batch"].given
    assert context.signatures == ("batch",)
