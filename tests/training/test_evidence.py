"""Evidence in words: each measured fact is said, in either language."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.training.evidence import in_words
from resilience.training.findings import Finding
from resilience.training.words import Words
from tests.training.runs import module


def said(language: str = "en", seconds: float = 0.0, cfu: float | None = None, **evidence: Any) -> str:
    consequence = {} if cfu is None else {"expected_cfu": cfu}
    finding = Finding("a", "TCH", "major", 1, seconds, None, "s", {"count": 1, "events": [], **evidence}, consequence)
    return in_words(finding, Words(module(), language))


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ({"by": "left hand", "allowed": 0.5}, "because of: the left hand; at most 0.5 s is allowed"),
        ({"part": "neck", "with": "glove"}, "the neck was touched by: a glove"),
        ({"wet_seconds": 10.0, "needed": 30}, "wet for 10 s; 30 s is needed"),
        ({"wet_seconds": 0, "needed": 30}, "it was never disinfected; 30 s wet is needed"),
        ({"value": 1.5, "min": 1.9, "max": 2.1}, "the value was 1.5; at least 1.9 is required; at most 2.1 is allowed"),
        ({"m_s": 0.987, "limit_m_s": 0.5}, "up to 0.99 m/s; the limit is 0.5 m/s"),
        ({"value": 11, "truth": 12}, "11 was written; the fact was 12"),
        ({"value": 11, "truth": None}, "11 was written before the fact was there"),
        ({"value": 11, "expected": 12, "equals": "labels-issued"}, "11 was counted; it should be 12"),
        ({"missing": ["filled", "rejected"]}, "not recorded: Vials filled, Vials rejected"),
        ({"waited": 9.0, "reported": True, "allowed": 5}, "reported after 9 s; at most 5 s is allowed"),
        ({"reported": False}, "it was never reported"),
        ({"not_within": 180}, "it was not done within 180 s"),
        ({"waited": 9.0, "done": 1, "needed": 3}, "done 1 of 3 times; it was not done in the 9 s that were left"),
        ({}, ""),
    ],
)
def test_what_was_measured_is_said(evidence: dict[str, Any], words: str) -> None:
    assert said(**evidence) == words
    assert bool(said("cy", **evidence)) == bool(words)


def test_hardly_any_organisms_need_no_number() -> None:
    assert said(cfu=0.000026, allowed=0.5).endswith("; fewer than 0.001 organisms were passed on")


def test_count_and_length_come_first_and_organisms_last() -> None:
    line = said(count=3, seconds=4.2, cfu=0.123456, by="syringe", allowed=0.5)
    assert line.startswith("3 times; 4.2 s in all; because of: ")
    assert line.endswith("; about 0.12 organisms were passed on")
