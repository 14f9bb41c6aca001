"""A virtual trainee's run as it is kept: plain data, so that it can be made in one process and recorded in another."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from typing import Any

from resilience.training import modules, trainees
from resilience.training.log import log_lines
from resilience.training.modules import Module
from resilience.training.simulation import simulate


@dataclass(frozen=True)
class Part:
    """Who plays what: a module, one of its virtual trainees, a mode, and the first seed from `seed` on under which the
    trainee's error can be made."""

    module: str
    trainee: str
    seed: int
    mode: str


@dataclass(frozen=True)
class Played:
    """A finished run. `log` is the gzip of its JSON Lines, `outcome` what the debrief rests on."""

    module: str
    version: str
    content_hash: str
    seed: int
    mode: str
    language: str
    log: bytes
    outcome: dict[str, Any]


def play(asked: Part) -> Played:
    """Lets a virtual trainee play from beginning to finish. Raises BadInput for what does not exist."""
    module = loaded(asked.module)
    done = simulate(module, asked.trainee, trainees.seed_for(module, asked.trainee, asked.seed), mode=asked.mode)
    header = done.session.header
    return Played(
        module=header.module,
        version=header.version,
        content_hash=header.content_hash or "",
        seed=header.seed,
        mode=header.mode,
        language=header.language,
        log=gzip.compress(b"".join(log_lines(header, done.actions, done.outcome.hash)), mtime=0),
        outcome=done.outcome.as_dict(),
    )


@cache
def loaded(module: str) -> Module:
    """The module, read once for all its parts."""
    return modules.load(module)
