"""Assessment that is itself tested: virtual trainees show that a module's checks can pass and can fail.

A module is sound when the expert passes on every seed without a finding, every check is triggered by at least one
mutation, every mutation is caught by the checks it names wherever it can happen, and who does nothing does not pass.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from resilience.training import modules
from resilience.training.log import log_lines
from resilience.training.module_shapes import Mutation
from resilience.training.modules import Module
from resilience.training.replay import replay
from resilience.training.session import Session
from resilience.training.simulation import simulate
from resilience.training.trainees import EXPERT, seed_for

Progress = Callable[[int, int], None]

IDLE = "idle"
"""Who does nothing at all, and finishes."""
FEW = 3
"""Seeds a mutation runs on unless every seed is asked for: different ones for different mutations."""


@dataclass(frozen=True)
class Run:
    """What one virtual trainee's run came to. `replays` is false where its log gave another outcome."""

    trainee: str
    seed: int
    competent: bool
    found: frozenset[str]
    replays: bool


@dataclass
class Report:
    """What the runs show of a module."""

    module: str
    version: str
    seeds: int
    expert_passes: int = 0
    triggered_by: dict[str, list[str]] = field(default_factory=dict)
    caught_by: dict[str, list[str]] = field(default_factory=dict)
    runs: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.reasons

    def as_dict(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "module": self.module,
            "version": self.version,
            "seeds": self.seeds,
            "runs": self.runs,
            "expert_passes": self.expert_passes,
            "checks": [{"id": check, "triggered_by": by} for check, by in self.triggered_by.items()],
            "mutations": [{"id": mutation, "caught_by": by} for mutation, by in self.caught_by.items()],
            "reasons": self.reasons,
        }

    def lines(self) -> list[str]:
        """The report for people."""
        return [
            f"{self.module} {self.version}: {'sound' if self.ok else 'not sound'}, by {self.runs} runs",
            f"the expert passes on {self.expert_passes} of {self.seeds} seeds",
            f"{sum(map(bool, self.triggered_by.values()))} of {len(self.triggered_by)} checks were triggered",
            f"{sum(map(bool, self.caught_by.values()))} of {len(self.caught_by)} mutations were caught",
        ]


def validate(
    module: str | Path,
    seeds: int = 20,
    *,
    every_seed: bool = False,
    progress: Progress | None = None,
    workers: int | None = None,
) -> Report:
    """Run the expert on seeds 0 up to `seeds`, every mutation on a few of them (or on all), and judge the module.

    `workers` is the number of processes, by default one a core; 0 runs all in this process. Raises BadInput for a
    module that cannot be loaded.
    """
    found = modules.load(module)
    tasks = [(str(found.folder), trainee, seed) for trainee, seed in _plan(found, seeds, every_seed)]
    runs: list[Run] = []
    for run in _runs(tasks, len(os.sched_getaffinity(0)) if workers is None else workers):
        runs.append(run)
        if progress is not None:
            progress(len(runs), len(tasks))
    return judge(found, seeds, runs)


def judge(module: Module, seeds: int, runs: list[Run]) -> Report:
    """Hold a module to the rule, given what its runs came to."""
    report = Report(module.id, module.version, seeds, runs=len(runs))
    report.triggered_by = {check.id: [] for check in module.checks}
    _experts(report, [run for run in runs if run.trainee == EXPERT])
    for mutation in module.mutations.mutations:
        _novice(report, mutation, [run for run in runs if run.trainee == mutation.id])
    for check, by in report.triggered_by.items():
        if not by:
            report.reasons.append(f"no mutation triggers check `{check}`: nothing shows that it can fail")
    for run in runs:
        if run.trainee == IDLE and run.competent:
            report.reasons.append(f"seed {run.seed}: who does nothing is judged competent")
        if not run.replays:
            report.reasons.append(f"seed {run.seed}: the run of `{run.trainee}` replays to another outcome")
    return report


def _experts(report: Report, runs: list[Run]) -> None:
    for run in runs:
        if run.competent and not run.found:
            report.expert_passes += 1
            continue
        what = f"findings {', '.join(sorted(run.found))}" if run.found else "too few points"
        report.reasons.append(f"seed {run.seed}: the expert does not pass: {what}")


def _novice(report: Report, mutation: Mutation, runs: list[Run]) -> None:
    always = frozenset[str]().union(*(run.found for run in runs)).intersection(*(run.found for run in runs))
    report.caught_by[mutation.id] = [check for check in report.triggered_by if check in always]
    for check in report.triggered_by:
        if any(check in run.found for run in runs):
            report.triggered_by[check].append(mutation.id)
    for run in runs:
        missed = [check for check in mutation.catches if check not in run.found]
        if missed:
            report.reasons.append(f"seed {run.seed}: mutation `{mutation.id}` is not caught by {', '.join(missed)}")


def _plan(module: Module, seeds: int, every_seed: bool) -> Iterable[tuple[str, int]]:
    """Who runs on which seed. A mutation runs where it can happen; beyond the seeds asked for if nowhere else."""
    for seed in range(seeds):
        yield EXPERT, seed
    if "assessment" in module.head.modes:
        yield IDLE, 0
    for number, mutation in enumerate(module.mutations.mutations):
        possible = _possible(module, mutation.id, seeds)
        wanted = len(possible) if every_seed else FEW
        shift = number * FEW % len(possible)
        for seed in (possible[shift:] + possible[:shift])[:wanted]:
            yield mutation.id, seed


def _possible(module: Module, trainee: str, seeds: int) -> list[int]:
    """Seeds on which a mutation can happen: those below `seeds`, else the first there is."""
    found: list[int] = []
    seed = seed_for(module, trainee, 0)
    while seed < seeds or not found:
        found.append(seed)
        seed = seed_for(module, trainee, seed + 1)
    return found


def _runs(tasks: list[tuple[str, str, int]], workers: int) -> Iterable[Run]:
    if workers == 0:
        yield from map(_run, tasks)
        return
    # A fresh process a worker: forking would copy whatever threads and files the caller holds.
    pool: Executor = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    with pool:
        yield from pool.map(_run, tasks, chunksize=2)


def _run(task: tuple[str, str, int]) -> Run:
    folder, trainee, seed = task
    module = _loaded(folder)
    if trainee == IDLE:
        session = Session(module, seed)
        session.apply({"seq": 1, "tick": 0, "verb": "finish"})
        outcome, replays = session.outcome(), True
    else:
        done = simulate(module, trainee, seed, language=module.head.languages[0])
        outcome = done.outcome
        replays = trainee != EXPERT or _replays(module, done.session, done.actions, outcome.hash)
    found = frozenset(finding.check for finding in outcome.findings)
    return Run(trainee, seed, outcome.verdict == "competent", found, replays)


def _replays(module: Module, session: Session, actions: list[dict[str, Any]], outcome_hash: str) -> bool:
    log = b"".join(log_lines(session.header, actions, outcome_hash))
    return replay(log, module=module).agrees


@lru_cache(maxsize=4)
def _loaded(folder: str) -> Module:
    return modules.load(Path(folder))
