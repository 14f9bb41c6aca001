"""Patterns over events: data in procedure and checks, compiled once to fast predicates.

A pattern is a mapping of field to what it must be: a scalar, a list (any of), `{min, max}`, `{not: ...}`, or a string
with `*` at its end (prefix). `kind` is required, so that a listener can be filed under the kind it waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from resilience.training.errors import BadInput

Event = Mapping[str, Any]
Predicate = Callable[[Event], bool]
Test = Callable[[Any], bool]

_MISSING = object()
_LIMITS = {"min", "max"}


def compile_pattern(pattern: Mapping[str, Any], bound: Mapping[str, str] | None = None) -> Predicate:
    """A predicate for one pattern; `{name}` in its strings is replaced from `bound`. Raises BadInput."""
    filled = {field: _fill(value, bound or {}) for field, value in pattern.items()}
    kinds_of(pattern)
    tests = tuple((field, _test(value, field)) for field, value in filled.items())
    (first_field, first_test), rest = tests[0], tests[1:]
    if not rest:
        return lambda event: first_test(event.get(first_field, _MISSING))

    def matches(event: Event) -> bool:
        get = event.get
        return first_test(get(first_field, _MISSING)) and all(test(get(field, _MISSING)) for field, test in rest)

    return matches


def kinds_of(pattern: Mapping[str, Any]) -> tuple[str, ...]:
    """The event kinds a pattern can match. Raises BadInput when it names none."""
    kind = pattern.get("kind")
    if isinstance(kind, str) and kind:
        return (kind,)
    if isinstance(kind, list) and kind and all(isinstance(name, str) for name in kind):
        return tuple(kind)
    raise BadInput("a pattern names no event kind", "", "Add `kind: ...`, or a list of kinds.")


def _fill(value: Any, bound: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, text in bound.items():
            value = value.replace("{" + name + "}", text)
        return value
    if isinstance(value, Mapping):
        return {key: _fill(inner, bound) for key, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, bound) for inner in value]
    return value


def _test(value: Any, field: str) -> Test:
    if isinstance(value, Mapping):
        if "not" in value and len(value) == 1:
            inner = _test(value["not"], field)
            return lambda got: not inner(got)
        if value and set(value) <= _LIMITS:
            return _between(value, field)
        raise BadInput(f"`{field}` holds {dict(value)}", "", "Use `min`, `max` or `not`.")
    if isinstance(value, list):
        return _any_of(value, field)
    if isinstance(value, str) and value.endswith("*"):
        prefix = value[:-1]
        return lambda got: isinstance(got, str) and got.startswith(prefix)
    return _equals(value)


def _between(value: Mapping[str, Any], field: str) -> Test:
    low, high = value.get("min", float("-inf")), value.get("max", float("inf"))
    for bound in (low, high):
        if isinstance(bound, bool) or not isinstance(bound, int | float):
            raise BadInput(f"`{field}` has a bound that is no number: {bound!r}", "", "Write a number.")
    return lambda got: isinstance(got, int | float) and not isinstance(got, bool) and low <= got <= high


def _any_of(values: list[Any], field: str) -> Test:
    plain = [value for value in values if not _is_test(value)]
    if len(plain) == len(values):
        return lambda got: any(got == value and isinstance(got, bool) == isinstance(value, bool) for value in plain)
    tests = [_test(value, field) for value in values]
    return lambda got: any(test(got) for test in tests)


def _equals(value: Any) -> Test:
    if isinstance(value, bool):
        return lambda got: got is value
    if value is None:
        return lambda got: got is None
    return lambda got: not isinstance(got, bool) and bool(got == value)


def _is_test(value: Any) -> bool:
    return isinstance(value, Mapping | list) or (isinstance(value, str) and value.endswith("*"))
