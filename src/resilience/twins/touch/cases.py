"""Cases of the touch twin: a scene and what is done in it, as JSON; what lies where in the end, and the risk.

`inputs`: `seed`, `members`, `parameters` (name to number, or to value, low and high), `faces` (name to load, or to load
and kind), `hands` (name to glove and skin), `vessels` (name to ml, per_ml, unit), and `actions`, each a mapping with
`do` (a method of Touch) and that method's arguments. `outputs`: `faces` (hands by their outside) and `vessels` with
their estimates, `account`, `discrepancy`, `disinfected` and `risk`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Final

import numpy as np

from resilience.twins.inputs import Inputs
from resilience.twins.parameters import Parameter
from resilience.twins.risk import estimate, report
from resilience.twins.touch.ensemble import MEMBERS, numbers
from resilience.twins.touch.faces import RULES, Kind
from resilience.twins.touch.results import Disinfected, Passed
from resilience.twins.touch.state import ACCOUNTS, Load
from resilience.twins.touch.twin import MOST_MEMBERS, Touch


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer a case. Raises BadInput naming the key that is wrong."""
    given = Inputs(inputs, "inputs")
    seed = given.whole("seed", 0)
    twin = Touch(seed, given.whole("members", MEMBERS, 0, MOST_MEMBERS), _parameters(given.inner("parameters")))
    faces, hands, vessels = given.inner("faces"), given.inner("hands"), given.inner("vessels")
    for name in faces.values:
        _add_face(twin, name, faces)
    for name in hands.values:
        hand = hands.inner(name)
        twin.add_hand(name, _load(hand, "glove", "glove_start"), _load(hand, "skin", "skin"))
        hand.done()
    for name in vessels.values:
        vessel = vessels.inner(name)
        twin.add_vessel(name, vessel.number("ml", 0.0), vessel.number("per_ml", 0.0), vessel.flag("unit", False))
        vessel.done()
    disinfected: list[Disinfected] = []
    for action in given.each("actions"):
        done = ACTIONS[action.text("do", choices=ACTIONS)](twin, action)
        action.done()
        disinfected += done.disinfected if isinstance(done, Passed) else done or ()
    given.done()
    return {
        "seconds": twin.time,
        "faces": {name: _lying(twin, name) for name in (*faces.values, *hands.values)},
        "vessels": {name: _lying(twin, name) | {"ml": twin.millilitres(name)} for name in vessels.values},
        "account": {name: asdict(estimate(twin.account(name))) for name in ACCOUNTS},
        "discrepancy": float(np.abs(twin.discrepancy()).max()),
        "disinfected": [asdict(film) for film in disinfected],
        "risk": report(twin.ledger, seed),
    }


def _contact(twin: Touch, a: Inputs) -> Passed:
    rule = a.text("rule", choices=RULES) if "rule" in a else None
    into = a.text("into") if "into" in a else None
    return twin.contact(a.text("source"), a.text("target"), rule, into)  # type: ignore[arg-type]  # one of RULES


def _don(twin: Touch, a: Inputs) -> Passed:
    return twin.don(
        a.text("hand"), _load(a, "load", "glove_clean"), a.text("touched_by") if "touched_by" in a else None
    )


def _pour(twin: Touch, a: Inputs) -> Passed:
    through = a.text("through") if "through" in a else None
    return twin.pour(a.text("giver"), a.text("taker"), a.number("ml"), through)


def _settle(twin: Touch, a: Inputs) -> None:
    tick = a.whole("tick") if "tick" in a else None
    twin.settle(a.text("target"), a.number("organisms"), a.text("cause"), a.number("seconds", 0.0), tick)


def _step(twin: Touch, a: Inputs) -> tuple[Disinfected, ...]:
    return twin.do_step(a.number("seconds"), a.whole("tick") if "tick" in a else None)


def _wet(twin: Touch, a: Inputs) -> tuple[Disinfected, ...]:
    return twin.wet(a.text("face"), a.text("agent", "ipa-70"), a.text("how", "spray"), a.number("coverage", 1.0))


ACTIONS: Final[dict[str, Callable[[Touch, Inputs], Passed | tuple[Disinfected, ...] | None]]] = {
    "contact": _contact,
    "do_step": _step,
    "doff": lambda twin, a: twin.doff(a.text("hand")),
    "don": _don,
    "end_wetting": lambda twin, a: twin.end_wetting(a.text("face"), a.text("how")),
    "fall_in": lambda twin, a: twin.fall_in(a.text("face"), a.text("vessel")),
    "pour": _pour,
    "remove": lambda twin, a: twin.remove(a.text("face")),
    "sample": lambda twin, a: twin.sample(a.text("face"), a.number("recovered")),
    "settle": _settle,
    "shed": lambda twin, a: twin.shed(a.text("face"), _load(a, "organisms", 0.0), a.text("cause")),
    "tear": lambda twin, a: twin.tear(a.text("hand")),
    "wet": _wet,
}


def _add_face(twin: Touch, name: str, faces: Inputs) -> None:
    if not isinstance(faces.values[name], dict):
        twin.add_face(name, _load(faces, name, 0.0))
        return
    face = faces.inner(name)
    twin.add_face(name, _load(face, "load", 0.0), face.text("kind", Kind.SURFACE, choices=Kind))
    face.done()


def _load(given: Inputs, key: str, default: Load) -> Load:
    """A number, or the name of a parameter."""
    if isinstance(given.values.get(key, default), str):
        return given.text(key, default if isinstance(default, str) else None)
    return given.number(key, default if not isinstance(default, str) else None)


def _lying(twin: Touch, name: str) -> dict[str, float]:
    vegetative, spores = twin.by_kind(name)[:, 0]
    return {**asdict(twin.get(name)), "vegetative": float(vegetative), "spores": float(spores)}


def _parameters(given: Inputs) -> dict[str, float | Parameter]:
    replaced: dict[str, float | Parameter] = {}
    for name, new in given.values.items():
        if name in numbers() and isinstance(new, dict):
            ends = given.inner(name)
            value, low, high = (ends.number(key) for key in ("value", "low", "high"))
            ends.done()
            replaced[name] = replace(numbers()[name], value=value, low=low, high=high, source="given")
        elif name in numbers():
            replaced[name] = given.number(name)
        else:
            # The twin names what there is.
            replaced[name] = 0.0
    return replaced
