"""Every reference case: the outputs that are published or worked out by hand are met within their tolerance.

A case names outputs as a tree, of which an answer may hold more. `tolerances` gives relative ones: by the path of a
number (`faces.worktop.low`) or, under `*`, for all others. What is no number is met exactly.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from resilience.twins import cases

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.json"))


def misses(expected: Any, found: Any, tolerances: dict[str, float], path: str = "") -> list[str]:
    """What of an expectation is not met, in words."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{path}: no mapping"]
        found_misses = []
        for key, inner in expected.items():
            where = f"{path}.{key}" if path else key
            if key not in found:
                found_misses.append(f"{where}: missing")
            else:
                found_misses += misses(inner, found[key], tolerances, where)
        return found_misses
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return [f"{path}: no list of {len(expected)}"]
        return [
            miss for n, inner in enumerate(expected) for miss in misses(inner, found[n], tolerances, f"{path}[{n}]")
        ]
    if isinstance(expected, float | int) and not isinstance(expected, bool):
        within = tolerances.get(path, tolerances.get("*", 0.0))
        right = found == pytest.approx(expected, rel=within, abs=0.0)
    else:
        right = found == expected and type(found) is type(expected)
    return [] if right else [f"{path}: {found} instead of {expected}"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_reference_case_is_met(file: Path) -> None:
    case = cases.read(file)
    assert case["source"]
    assert case["outputs"]
    answer = cases.run(case["kind"], case)
    assert misses(case["outputs"], answer["outputs"], case["tolerances"]) == []


def test_there_are_reference_cases() -> None:
    assert FILES


@pytest.mark.parametrize(
    ("expected", "found", "missed"),
    [
        ({"a": 1.0}, {"a": 1.005, "b": 7}, False),
        ({"a": 1.0}, {"a": 1.02}, True),
        ({"a": {"b": 1.0}}, {"a": {"b": 1.05}}, False),
        ({"a": {"b": 1.0}}, {"a": {"b": 1.2}}, True),
        ({"a": 0.0}, {"a": 1e-9}, True),
        ({"a": 1.0}, {}, True),
        ({"a": {"b": 1.0}}, {"a": 1.0}, True),
        ({"a": True}, {"a": 1}, True),
        ({"a": [1.0, 2.0]}, {"a": [1.0, 2.5]}, True),
        ({"a": [1.0]}, {"a": [1.0, 2.0]}, True),
    ],
)
def test_the_comparison_finds_what_is_wrong(expected: Any, found: Any, missed: bool) -> None:
    assert bool(misses(expected, found, {"*": 0.01, "a.b": 0.1})) is missed
