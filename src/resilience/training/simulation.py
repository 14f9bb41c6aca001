"""A virtual trainee's run as the command line and the tests of modules want it: outcome and log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resilience.training import modules, trainees
from resilience.training.errors import BadInput
from resilience.training.log import write_log
from resilience.training.modules import Module
from resilience.training.outcome import Outcome
from resilience.training.session import Session


@dataclass(frozen=True)
class Simulated:
    """A finished run of a virtual trainee, with every action it took."""

    session: Session
    outcome: Outcome
    actions: list[dict[str, Any]]


def simulate(
    module: Module | str | Path,
    trainee: str,
    seed: int,
    mode: str | None = None,
    language: str = "en",
    log: Path | None = None,
) -> Simulated:
    """Let a virtual trainee run a module from beginning to finish; write its log when a path is given.

    Without a mode it is the assessment, or the last mode that a module without one offers. Raises BadInput for an
    unknown module, trainee, mode or language, and for a log that cannot be written.
    """
    found = module if isinstance(module, Module) else modules.load(module)
    if mode is None:
        mode = "assessment" if "assessment" in found.head.modes else found.head.modes[-1]
    if mode not in found.head.modes:
        offered = ", ".join(found.head.modes)
        raise BadInput(f"the module `{found.id}` has no mode `{mode}`", "mode", f"Name one of {offered}.")
    actions: list[dict[str, Any]] = []
    session = trainees.run(found, seed, trainee, mode, language, on_action=actions.append)
    outcome = session.outcome()
    if log is not None:
        write_log(log, session.header, actions, outcome.hash)
    return Simulated(session, outcome, actions)
