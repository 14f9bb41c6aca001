"""The vocabulary of checks: what is known, what is wrong with a check, and how it grows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from resilience.training.checks import CheckKind, Observation, Problem, check_kinds, registry, validate_check
from resilience.training.checks.base import Params
from resilience.training.errors import BadInput
from resilience.training.patterns import Event


class Stillness(CheckKind):
    """A kind from outside, as an installed package would bring it."""

    Params = Params
    watches = frozenset({"reading"})

    def observe(self, event: Event) -> Iterator[Observation]:
        yield Observation(int(event["tick"]))


class FakeEntry:
    value = "elsewhere:Thing"

    def __init__(self, name: str, thing: Any) -> None:
        self.name, self._thing = name, thing

    def load(self) -> Any:
        return self._thing


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[FakeEntry]]:
    entries: list[FakeEntry] = []
    monkeypatch.setattr(registry, "entry_points", lambda group: entries if group == "resilience.checks" else [])
    check_kinds.cache_clear()
    yield entries
    check_kinds.cache_clear()


def test_the_vocabulary_is_the_documented_one() -> None:
    assert sorted(check_kinds()) == [
        "contact_time",
        "critical_touch",
        "first_air",
        "limit",
        "never",
        "order",
        "reconciled",
        "record_quality",
        "reported",
        "speed",
        "within",
    ]


def test_an_installed_kind_joins_the_vocabulary(installed: list[FakeEntry]) -> None:
    installed.append(FakeEntry("stillness", Stillness))
    assert check_kinds()["stillness"] is Stillness
    assert validate_check("stillness", {}) == []


def test_an_installed_kind_cannot_take_a_known_name(installed: list[FakeEntry]) -> None:
    installed.append(FakeEntry("never", Stillness))
    with pytest.raises(BadInput, match="`never` exists already"):
        check_kinds()


def test_what_is_installed_must_be_a_kind(installed: list[FakeEntry]) -> None:
    installed.append(FakeEntry("stillness", dict))
    with pytest.raises(BadInput, match="is not a kind of check"):
        check_kinds()


@pytest.mark.parametrize(
    ("kind", "params", "path", "what"),
    [
        ("nevr", {}, ("kind",), "unknown check kind `nevr`"),
        ("never", {}, ("with", "when"), "this key is missing"),
        ("never", {"when": {"kind": "contact"}, "wen": 1}, ("with", "wen"), "unknown key"),
        ("never", {"when": {"part": "neck"}}, ("with", "when"), "names no event kind"),
        ("never", {"when": []}, ("with", "when"), "an empty list"),
        ("never", {"when": {"kind": "a", "cfu": {"above": 1}}}, ("with", "when"), "Use `min`, `max` or `not`"),
        ("first_air", {"seconds": "long"}, ("with", "seconds"), "valid number"),
        ("first_air", {"seconds": True}, ("with", "seconds"), "valid number"),
        ("limit", {"of": {"kind": "a"}, "field": "ml"}, ("with",), "`min`, `max`"),
        ("limit", {"of": {"kind": "a"}, "field": "ml", "min": 2, "max": 1}, ("with",), "`min` is above `max`"),
        ("limit", {"of": {"kind": "a"}, "max": 1}, ("with",), "needs `field`"),
        ("record_quality", {"what": "late"}, ("with",), "needs `seconds`"),
        ("record_quality", {"what": "ugly"}, ("with", "what"), "missing"),
        ("reconciled", {"fields": ["a"], "equals": "b +"}, ("with", "equals"), "ends too early"),
        ("within", {"after": {"kind": "a"}, "do": {"kind": "b"}, "per": "day"}, ("with", "per"), "item"),
    ],
)
def test_what_is_wrong_with_a_check_is_named_with_its_place(
    kind: str, params: dict[str, Any], path: tuple[str, ...], what: str
) -> None:
    (problem,) = validate_check(kind, params)
    assert isinstance(problem, Problem)
    assert problem.path == path
    assert what in problem.what


def test_parameters_in_whole_numbers_are_taken() -> None:
    assert validate_check("speed", {"m_s": 1, "seconds": 0}) == []
