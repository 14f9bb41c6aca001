"""Virtual trainees' runs with their log."""

from __future__ import annotations

from pathlib import Path

import pytest

from resilience.training.errors import BadInput
from resilience.training.replay import replay
from resilience.training.simulation import simulate
from tests.training.runs import module, run


def test_the_same_run_twice_is_the_same() -> None:
    again = simulate(module(), "expert", 1)
    assert again.outcome == run().outcome
    assert again.actions == run().actions


def test_a_log_is_written_that_replays(tmp_path: Path) -> None:
    done = simulate("controls", "expert", 4, language="cy", log=tmp_path / "log.jsonl.gz")
    again = replay(tmp_path / "log.jsonl.gz")
    assert again.recorded_hash == done.outcome.hash
    assert again.agrees
    assert again.header.language == "cy"


def test_without_a_mode_it_is_the_assessment_if_there_is_one() -> None:
    assert run().outcome.mode == "assessment"
    assert simulate("controls", "expert", 1).outcome.mode == "practice"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"trainee": "nobody"}, "no trainee `nobody`"),
        ({"mode": "exam"}, "no mode `exam`"),
        ({"language": "fr"}, "does not speak `fr`"),
        ({"module": "needlework"}, "no module `needlework`"),
        ({"log": Path("/no/such/folder/log.jsonl")}, "cannot be written"),
    ],
)
def test_what_cannot_be_is_named(change: dict[str, object], what: str) -> None:
    asked: dict[str, object] = {"module": "controls", "trainee": "expert", "seed": 1} | change
    with pytest.raises(BadInput, match=what):
        simulate(**asked)  # type: ignore[arg-type]
