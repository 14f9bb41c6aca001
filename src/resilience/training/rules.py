"""The one table of verbs: when each cannot be done, and what it does.

What is offered and what is accepted both come from here, so they cannot disagree.
"""

from __future__ import annotations

from typing import Final, Protocol

from resilience.training import carrying, controls, handling, paperwork, tools
from resilience.training.refusals import Action, Refusal
from resilience.training.world import World


class Rule(Protocol):
    """A verb. `why_not` never changes anything; `do` is only called when it returned None."""

    def why_not(self, world: World, action: Action) -> Refusal | None: ...

    def do(self, world: World, action: Action) -> None: ...


RULES: Final[dict[str, Rule]] = {
    "move": carrying.Move(),
    "take": carrying.Take(),
    "place": carrying.Place(),
    "drop": carrying.Drop(),
    "touch": handling.Touch(),
    "open": handling.Open(),
    "close": handling.Close(),
    "use": tools.Use(),
    "operate": controls.Operate(),
    "don": controls.Don(),
    "doff": controls.Doff(),
    "record": paperwork.Record(),
    "correct": paperwork.Correct(),
    "sign": paperwork.Sign(),
    "report": paperwork.Report(),
    "answer": paperwork.Answer(),
    "hint": paperwork.Hint(),
    "pace": paperwork.Pace(),
    "pause": paperwork.Pause(),
}
