"""Cases of the touch twin: a scene and what is done in it, as JSON; what lies where in the end, and the risk.

`inputs`: `seed`, `members`, `parameters` (name to number, or to value, low and high), `faces` (name to load, or to load
and kind), `hands` (name to glove and skin), `vessels` (name to ml, per_ml, unit), and `actions`, each a mapping with
`do` and that method's arguments. `outputs`: `faces` (hands by their outside) and `vessels` with their estimates,
`account`, `discrepancy`, `disinfected` and `risk`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from inspect import signature
from typing import Any, Final

import numpy as np

from resilience.twins.errors import BadInput
from resilience.twins.parameters import Parameter
from resilience.twins.risk import estimate, report
from resilience.twins.touch.ensemble import MEMBERS, numbers
from resilience.twins.touch.results import Disinfected, Passed
from resilience.twins.touch.state import ACCOUNTS
from resilience.twins.touch.twin import Touch

KEYS: Final = ("seed", "members", "parameters", "faces", "hands", "vessels", "actions")
VERBS: Final = (
    "contact",
    "do_step",
    "doff",
    "don",
    "end_wetting",
    "fall_in",
    "pour",
    "remove",
    "sample",
    "settle",
    "shed",
    "tear",
    "wet",
)
_NUMBERS: Final = frozenset({"seconds", "tick", "coverage", "recovered", "ml", "per_ml"})
_EITHER: Final = frozenset({"load", "glove", "skin", "organisms"})
"""Numbers, or names of parameters."""


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer a case. Raises BadInput naming the key that is wrong."""
    _known(inputs, KEYS, "inputs")
    seed, members = (_whole(inputs, key, preset) for key, preset in (("seed", 0), ("members", MEMBERS)))
    twin = Touch(seed, members, {name: _parameter(name, new) for name, new in _mapping(inputs, "parameters").items()})
    faces, hands, vessels = (_mapping(inputs, key) for key in ("faces", "hands", "vessels"))
    for name, face in faces.items():
        _call(twin, "add_face", {"name": name, **(face if isinstance(face, dict) else {"load": face})}, f"faces.{name}")
    for name in hands:
        _call(twin, "add_hand", {"name": name, **_mapping(hands, name)}, f"hands.{name}")
    for name in vessels:
        _call(twin, "add_vessel", {"name": name, **_mapping(vessels, name)}, f"vessels.{name}")
    disinfected: list[Disinfected] = []
    actions = inputs.get("actions", [])
    if not isinstance(actions, list):
        raise BadInput("the actions are no list", "actions", 'Give a list of mappings, each with "do".')
    for n, action in enumerate(actions):
        disinfected += _act(twin, action, f"actions[{n}]")
    return {
        "seconds": twin.time,
        "faces": {name: _lying(twin, name) for name in (*faces, *hands)},
        "vessels": {name: _lying(twin, name) | {"ml": twin.millilitres(name)} for name in vessels},
        "account": {name: asdict(estimate(twin.account(name))) for name in ACCOUNTS},
        "discrepancy": float(np.abs(twin.discrepancy()).max()),
        "disinfected": [asdict(film) for film in disinfected],
        "risk": report(twin.ledger, seed),
    }


def _act(twin: Touch, action: Any, where: str) -> tuple[Disinfected, ...]:
    if not isinstance(action, dict) or action.get("do") not in VERBS:
        raise BadInput("no action that is known", where, f'Give "do" one of {", ".join(VERBS)}.')
    done = _call(twin, action["do"], {key: value for key, value in action.items() if key != "do"}, where)
    if isinstance(done, Passed):
        return done.disinfected
    return done if isinstance(done, tuple) else ()


def _call(twin: Touch, method: str, given: dict[str, Any], where: str) -> Any:
    """Call a method of the twin with what a file gives, once its names and types are what they should be."""
    wanted = signature(getattr(Touch, method))
    try:
        wanted.bind(twin, **given)
    except TypeError as error:
        names = [name for name in wanted.parameters if name not in ("self", "name")]
        raise BadInput(str(error), where, f"It takes {', '.join(names)}.") from error
    for key, value in given.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if key in _NUMBERS:
            right, kind = number, "a number"
        elif key in _EITHER:
            right, kind = number or isinstance(value, str), "a number or the name of a parameter"
        elif key == "unit":
            right, kind = isinstance(value, bool), "true or false"
        else:
            right, kind = isinstance(value, str), "a name"
        if not right:
            raise BadInput(f"`{key}` is {value!r}", where, f"Give {kind}.")
    return getattr(twin, method)(**given)


def _lying(twin: Touch, name: str) -> dict[str, float]:
    vegetative, spores = twin.by_kind(name)[:, 0]
    return {**asdict(twin.get(name)), "vegetative": float(vegetative), "spores": float(spores)}


def _parameter(name: str, new: Any) -> float | Parameter:
    if isinstance(new, dict):
        _known(new, ("value", "low", "high"), f"parameters.{name}")
        if name in numbers():
            value, low, high = (_number(new, key, f"parameters.{name}") for key in ("value", "low", "high"))
            return replace(numbers()[name], value=value, low=low, high=high, source="given", grade="assumption")
        new = 0.0
    return _number({name: new}, name, "parameters")


def _known(mapping: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    unknown = sorted(set(mapping) - set(keys))
    if unknown:
        raise BadInput(f"unknown key `{unknown[0]}`", where, f"Use {', '.join(keys)}.")


def _mapping(mapping: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = mapping.get(key, {})
    if not isinstance(found, dict):
        raise BadInput(f"`{key}` is no mapping", key, "Give names and what belongs to them.")
    return found


def _number(mapping: Mapping[str, Any], key: str, where: str) -> float:
    found = mapping.get(key)
    if not isinstance(found, int | float) or isinstance(found, bool):
        raise BadInput(f"`{key}` is no number: {found!r}", where, "Give a number.")
    return float(found)


def _whole(mapping: Mapping[str, Any], key: str, preset: int) -> int:
    found = mapping.get(key, preset)
    if not isinstance(found, int) or isinstance(found, bool):
        raise BadInput(f"`{key}` is no whole number: {found!r}", key, "Give a whole number.")
    return found
