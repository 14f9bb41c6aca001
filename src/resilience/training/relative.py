"""Relative risk: a run beside an expert's run of the same variant, by route and in all.

The expert is the virtual one of the module, on the same seed: what both runs have in common, the level of the air, the
load of a surface, cancels. So the multiple is known better than either number, and is what a person is shown.
"""

from __future__ import annotations

from typing import Any, Final

from resilience.training import trainees
from resilience.training.canonical import significant
from resilience.training.dose import ROUTES, Ledger
from resilience.training.modules import Module
from resilience.training.session import Session
from resilience.training.words import Words
from resilience.twins.errors import BadInput
from resilience.twins.risk import Route, relative

_DIGITS: Final = 3
_MOST_KEPT: Final = 32
_MORE: Final = 1.1
"""From here on a route is said to have brought more than to the expert."""
_MANY: Final = 1000.0
"""Beyond this a multiple says how little the expert's run brought by that route, and nothing else."""
ALL: Final = "all"
Entry = dict[str, Any]


class _Experts:
    """Ledgers of experts' runs: each is played once, the last few are kept."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, int], tuple[Ledger, list[str]]] = {}

    def of(self, module: Module, seed: int) -> tuple[Ledger, list[str]]:
        """The ledger of the expert's run, and the units that were filled and kept in it."""
        key = (module.id, module.content_hash, seed)
        found = self._kept.get(key)
        if found is None:
            session = trainees.run(module, seed)
            found = session.world.organisms.ledger, session.assessment.kept_units()
            # Several readers may come at once: the oldest is dropped by whoever finds one too many.
            for old in list(self._kept)[: max(0, len(self._kept) + 1 - _MOST_KEPT)]:
                self._kept.pop(old, None)
            self._kept[key] = found
        return found


_experts: Final = _Experts()


def risk(session: Session, words: Words) -> Entry | None:
    """Multiples of what an expert's units are expected to hold; None where no unit was filled and kept.

    A route by which an expert's run brings nothing has no multiple. `units` has the central ones of each unit alone.
    """
    units = session.assessment.kept_units()
    if not units:
        return None
    ledger = session.world.organisms.ledger
    expert, of = _experts.of(session.module, session.seed)
    times = _by_route(ledger, expert, units, of)
    each: Entry = {}
    for unit in units:
        alone = _by_route(ledger, expert, [unit], of)
        each[unit] = {route: found and found["central"] for route, found in alone.items()}
    return {
        "of": "multiples of an expert's expected organisms a unit",
        "relative": times,
        "units": each,
        "text": _text(times, words),
        "notice": words.say("risk", "notice"),
    }


def _by_route(ledger: Ledger, expert: Ledger, units: list[str], of: list[str]) -> dict[str, Entry | None]:
    return {route or ALL: _times(ledger, expert, units, route, of) for route in (None, *ROUTES)}


def _times(ledger: Ledger, expert: Ledger, units: list[str], route: Route | None, of: list[str]) -> Entry | None:
    try:
        found = relative(ledger, expert, units, route, of)
    except BadInput:
        return None
    return {key: significant(getattr(found, key), _DIGITS) for key in ("central", "low", "high")}


def _text(times: dict[str, Entry | None], words: Words) -> str:
    """The multiple in all with its interval, then the routes by which more came than to the expert."""
    whole = times[ALL]
    if whole is None:
        return words.say("risk", "none")
    said = {key: _many(value, words) for key, value in whole.items()}
    sentences = [words.say("risk", "same" if said["central"] == "1" else "times", **said)]
    more = [(route, found["central"]) for route in ROUTES if (found := times[route]) and found["central"] >= _MORE]
    sentences += [words.say("risk", route, times=_many(value, words)) for route, value in more]
    return " ".join(sentences)


def _many(times: float, words: Words) -> str:
    return words.number(times, 2) if times < _MANY else words.say("risk", "many")
