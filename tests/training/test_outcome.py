"""The outcome: its shape is the contract's, and its verdict follows the pass standard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from resilience.training.canonical import canonical
from resilience.training.findings import Finding
from resilience.training.outcome import Outcome, Score, dose, verdict
from tests.training.runs import idle, module, run

SHAPE: dict[str, Any] = {
    "module": str,
    "version": str,
    "seed": int,
    "mode": str,
    "verdict": str,
    "findings": list,
    "checklist": {"score": float, "max": float},
    "records": {"score": float, "max": float},
    "dose": {
        "expected_cfu": float,
        "by_route": {"air": float, "surface": float, "liquid": float},
        "drawn_cfu": int,
    },
    "process": dict,
    "environment": list,
    "seconds": float,
    "log_hash": str,
}
FINDING: dict[str, Any] = {
    "check": str,
    "code": str,
    "severity": str,
    "tick": int,
    "seconds": float,
    "step": str | None,
    "source": str,
    "evidence": dict,
    "consequence": dict,
}


def has_shape(value: Any, shape: Any) -> bool:
    if isinstance(shape, dict):
        same = isinstance(value, dict) and list(value) == list(shape)
        return same and all(has_shape(value[key], shape[key]) for key in shape)
    return isinstance(value, shape)


def finding(severity: Any) -> Finding:
    return Finding("a", "TCH", severity, 1, 0.0, None, "source")


def test_an_outcome_has_the_shape_of_the_contract() -> None:
    assert has_shape(run().outcome.as_dict(), SHAPE)


def test_a_finding_has_the_shape_of_the_contract() -> None:
    findings = idle().outcome().as_dict()["findings"]
    assert findings
    for one in findings:
        assert has_shape(one, FINDING)


def test_every_number_of_an_outcome_is_cut_to_what_any_machine_agrees_on() -> None:
    """Six significant digits: nothing in an outcome may hang on the last bit of a float."""

    def numbers(value: Any) -> list[float]:
        if isinstance(value, dict):
            return [n for entry in value.values() for n in numbers(entry)]
        if isinstance(value, list):
            return [n for entry in value for n in numbers(entry)]
        return [value] if isinstance(value, float) else []

    for outcome in (run().outcome, idle().outcome()):
        for number in numbers({k: v for k, v in outcome.as_dict().items() if k != "seconds"}):
            assert number == float(f"{number:.6g}")


def test_the_hash_is_of_the_canonical_outcome() -> None:
    import hashlib

    outcome = run().outcome
    assert outcome.hash == hashlib.sha256(canonical(outcome.as_dict())).hexdigest()
    assert replace(outcome, seconds=outcome.seconds + 1).hash != outcome.hash


def test_who_does_nothing_earns_nothing_and_does_not_pass() -> None:
    outcome = idle().outcome()
    assert outcome.verdict == "not_yet_competent"
    assert outcome.checklist.score == 0
    assert outcome.records.score == 0


def test_the_expert_passes_without_a_finding() -> None:
    outcome = run().outcome
    assert outcome.verdict == "competent"
    assert outcome.findings == ()
    assert outcome.checklist.score == outcome.checklist.max
    assert outcome.records.score == outcome.records.max


def test_time_is_reported_and_never_rewarded() -> None:
    quick, slow = idle(tick=20).outcome(), idle(tick=20_000).outcome()
    assert (quick.seconds, slow.seconds) == (1.0, 1000.0)
    assert quick.checklist == slow.checklist
    assert quick.verdict == slow.verdict


@pytest.mark.parametrize(
    ("findings", "checklist", "records", "expected"),
    [
        ((), Score(85, 100), Score(85, 100), "competent"),
        ((), Score(84, 100), Score(100, 100), "not_yet_competent"),
        ((), Score(100, 100), Score(84, 100), "not_yet_competent"),
        ((finding("critical"),), Score(100, 100), Score(100, 100), "not_yet_competent"),
        ((finding("major"), finding("minor")), Score(90, 100), Score(100, 100), "competent"),
        ((), Score(0, 0), Score(0, 0), "competent"),
    ],
)
def test_the_verdict_follows_the_standard(
    findings: tuple[Finding, ...], checklist: Score, records: Score, expected: str
) -> None:
    standard = module().standard.model_copy(
        update={"critical_gate": True, "checklist_minimum": 0.85, "records_minimum": 0.85}
    )
    assert verdict(standard, findings, checklist, records) == expected


def test_a_standard_without_the_gate_lets_a_critical_finding_pass() -> None:
    standard = module().standard.model_copy(update={"critical_gate": False})
    assert verdict(standard, (finding("critical"),), Score(1, 1), Score(1, 1)) == "competent"


def test_the_dose_is_the_sum_of_the_units_and_its_draw_is_seeded() -> None:
    routes = {f"vial-{n}": {"air": 0.25, "surface": 0.5, "liquid": 0.25} for n in range(1, 13)}
    first, again, other = dose("m", 1, routes), dose("m", 1, routes), dose("m", 2, routes)  # type: ignore[arg-type]
    assert first.as_dict() == again.as_dict()
    assert first.expected_cfu == 12
    assert first.as_dict()["by_route"] == {"air": 3.0, "surface": 6.0, "liquid": 3.0}
    assert [drawn for _, drawn in first.items.values()] != [drawn for _, drawn in other.items.values()]
    assert first.drawn_cfu == sum(drawn for _, drawn in first.items.values())


def test_a_module_that_makes_nothing_has_no_dose_and_no_process() -> None:
    from resilience.training.simulation import simulate

    outcome: Outcome = simulate("controls", "expert", 1).outcome
    assert outcome.dose is None
    assert outcome.process is None
    assert outcome.as_dict()["dose"] is None
