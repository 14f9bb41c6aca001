"""The kinds of check, by name: the built-in vocabulary and what is installed under `resilience.checks`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from resilience.training.checks.base import CheckKind
from resilience.training.checks.bounds import Limit, Never, Speed
from resilience.training.checks.deviations import Reported
from resilience.training.checks.disinfection import ContactTime
from resilience.training.checks.ordering import Order, Within
from resilience.training.checks.recordkeeping import Reconciled, RecordQuality
from resilience.training.checks.sites import CriticalTouch, FirstAir
from resilience.training.errors import BadInput

ENTRY_POINTS = "resilience.checks"

_BUILT_IN: dict[str, type[CheckKind]] = {
    "order": Order,
    "within": Within,
    "contact_time": ContactTime,
    "never": Never,
    "limit": Limit,
    "speed": Speed,
    "first_air": FirstAir,
    "critical_touch": CriticalTouch,
    "record_quality": RecordQuality,
    "reported": Reported,
    "reconciled": Reconciled,
}


@dataclass(frozen=True)
class Problem:
    """Something wrong with a check: where in it (keys below the check), and what."""

    path: tuple[str | int, ...]
    what: str


@cache
def check_kinds() -> Mapping[str, type[CheckKind]]:
    """Every kind of check by its name in `checks.yaml`. Raises BadInput when an installed one cannot be used."""
    kinds = dict(_BUILT_IN)
    for entry in entry_points(group=ENTRY_POINTS):
        where = f"entry point {entry.name} of {ENTRY_POINTS}"
        if entry.name in kinds:
            raise BadInput(f"the check kind `{entry.name}` exists already", where, "Give it another name.")
        kind = entry.load()
        if not (isinstance(kind, type) and issubclass(kind, CheckKind)):
            raise BadInput(f"{entry.value} is not a kind of check", where, "Derive it from CheckKind.")
        kinds[entry.name] = kind
    return MappingProxyType(kinds)


def validate_check(kind: str, params: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a check's kind and its `with`; nothing when a session can use it."""
    known = check_kinds()
    if kind not in known:
        return [Problem(("kind",), f"unknown check kind `{kind}`; known are {', '.join(sorted(known))}")]
    try:
        known[kind].Params.model_validate(dict(params))
    except ValidationError as error:
        return [Problem(("with", *_clean(one["loc"])), _words(one["type"], one["msg"])) for one in error.errors()]
    return []


def _clean(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    # A choice of types adds the type's name to the location; it is no key of the file.
    return tuple(part for part in location if isinstance(part, int) or ("[" not in part and part.isidentifier()))


def _words(kind: str, message: str) -> str:
    if kind == "missing":
        return "this key is missing"
    if kind == "extra_forbidden":
        return "unknown key"
    return message.removeprefix("Value error, ")
