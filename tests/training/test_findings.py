"""Findings in the order of their consequence."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from resilience.training.findings import RISKS, SEVERITIES, Finding, by_consequence
from resilience.training.module_shapes import CODES, Severity


def finding(severity: Severity, cfu: float, tick: int, check: str = "a", item: str | None = None) -> Finding:
    evidence = {} if item is None else {"item": item}
    return Finding(check, "TCH", severity, tick, 0.0, None, "s", evidence, {"expected_cfu": cfu} if cfu else {})


drawn = st.builds(
    finding,
    st.sampled_from(SEVERITIES),
    st.sampled_from([0.0, 0.1, 2.5]),
    st.integers(0, 5),
    st.sampled_from("abc"),
    st.sampled_from([None, "vial-1", "vial-2"]),
)


def test_severity_then_organisms_then_time() -> None:
    late, early = finding("major", 0, 9), finding("major", 0, 3)
    heavy, critical = finding("major", 0.5, 20), finding("critical", 0, 99)
    assert by_consequence([late, early, heavy, critical]) == [critical, heavy, early, late]


@given(st.lists(drawn), st.randoms(use_true_random=False))
def test_the_order_depends_on_the_findings_alone(found: list[Finding], chance: object) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert by_consequence(shuffled) == by_consequence(found)


def test_every_code_has_its_risk() -> None:
    assert set(RISKS) == set(CODES)
    assert set(SEVERITIES) == set(get_args(Severity))
