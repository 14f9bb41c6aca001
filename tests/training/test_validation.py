"""A module's assessment is itself tested: what makes it sound, and how it is said when it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resilience.training import modules
from resilience.training.errors import BadInput
from resilience.training.trainees import EXPERT
from resilience.training.validation import IDLE, Run, judge, validate
from tests.training.runs import module

NOVICE = "hand-over-vial"


def sound() -> list[Run]:
    """Runs as they would be of a module that keeps the rule."""
    runs = [Run(EXPERT, 0, True, frozenset(), True), Run(IDLE, 0, False, frozenset(), True)]
    for mutation in module().mutations.mutations:
        runs.append(Run(mutation.id, 0, False, frozenset(mutation.catches), True))
    return runs


def changed(trainee: str, **change: object) -> list[Run]:
    return [replace(run, **change) if run.trainee == trainee else run for run in sound()]  # type: ignore[arg-type]


def test_a_sound_module_is_found_sound() -> None:
    report = judge(module(), 1, sound())
    assert report.ok
    assert report.reasons == []
    assert list(report.as_dict())[:1] == ["ok"]
    assert {check["id"] for check in report.as_dict()["checks"]} == {check.id for check in module().checks}
    assert all(check["triggered_by"] for check in report.as_dict()["checks"])
    assert all(mutation["caught_by"] for mutation in report.as_dict()["mutations"])
    assert "sound" in report.lines()[0]


@pytest.mark.parametrize(
    ("trainee", "change", "reason"),
    [
        (EXPERT, {"found": frozenset({"touched-neck"})}, "the expert does not pass: findings touched-neck"),
        (EXPERT, {"competent": False}, "the expert does not pass: too few points"),
        (EXPERT, {"replays": False}, "the run of `expert` replays to another outcome"),
        (IDLE, {"competent": True}, "who does nothing is judged competent"),
        (NOVICE, {"found": frozenset()}, f"mutation `{NOVICE}` is not caught by first-air-vial"),
    ],
)
def test_each_way_of_being_unsound_is_said(trainee: str, change: dict[str, object], reason: str) -> None:
    report = judge(module(), 1, changed(trainee, **change))
    assert not report.ok
    assert any(reason in said for said in report.reasons)


def test_a_check_that_nothing_triggers_cannot_fail_and_is_a_defect() -> None:
    only = next(check.id for check in module().checks)
    runs = [replace(run, found=run.found - {only}) for run in sound()]
    assert f"no mutation triggers check `{only}`: nothing shows that it can fail" in judge(module(), 1, runs).reasons


def test_a_mutation_must_be_caught_on_every_seed_it_runs_on() -> None:
    missed = Run(NOVICE, 5, True, frozenset(), True)
    report = judge(module(), 1, [*sound(), missed])
    assert any(said.startswith("seed 5: ") for said in report.reasons)
    assert report.caught_by[NOVICE] == []


def test_runs_are_made_as_asked_and_progress_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[tuple[int, int]] = []
    report = validate("controls", 2, workers=0, progress=lambda done, total: seen.append((done, total)))
    mutations = len(modules.load("controls").mutations.mutations)
    assert report.runs == 2 + 2 * mutations
    assert report.expert_passes == 2
    assert seen == [(done, report.runs) for done in range(1, report.runs + 1)]
    assert capsys.readouterr().out == ""


def test_processes_find_the_same_as_this_one() -> None:
    assert validate("controls", 2, workers=2) == validate("controls", 2, workers=0)


def test_every_seed_means_every_seed() -> None:
    few, all_of_them = validate("controls", 5, workers=0), validate("controls", 5, every_seed=True, workers=0)
    mutations = len(modules.load("controls").mutations.mutations)
    assert (few.runs, all_of_them.runs) == (5 + 3 * mutations, 5 + 5 * mutations)


def test_a_module_that_cannot_be_loaded_is_bad_input() -> None:
    with pytest.raises(BadInput):
        validate("needlework")
