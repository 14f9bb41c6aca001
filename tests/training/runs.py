"""Runs of virtual trainees that several tests look at; each is made once."""

from __future__ import annotations

from functools import cache

from resilience.training import modules
from resilience.training.log import log_lines
from resilience.training.modules import Module
from resilience.training.session import Session
from resilience.training.simulation import Simulated, simulate

MODULE = "aseptic-filling"
SEED = 1


@cache
def module() -> Module:
    return modules.load(MODULE)


@cache
def run(trainee: str = "expert", seed: int = SEED) -> Simulated:
    """A finished run in assessment mode."""
    return simulate(module(), trainee, seed)


@cache
def log_of(trainee: str = "expert", seed: int = SEED) -> bytes:
    """The log of such a run, its outcome's hash at the end."""
    done = run(trainee, seed)
    return b"".join(log_lines(done.session.header, done.actions, done.outcome.hash))


def idle(seed: int = SEED, tick: int = 100) -> Session:
    """A session in which nothing was done."""
    session = Session(module(), seed, "assessment")
    session.apply({"seq": 1, "tick": tick, "verb": "finish"})
    return session
