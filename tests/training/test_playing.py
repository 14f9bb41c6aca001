"""A virtual trainee's run as it is kept."""

from __future__ import annotations

import pickle

import pytest

from resilience.training.errors import BadInput
from resilience.training.playing import Part, play
from resilience.training.replay import replay


def test_what_is_kept_replays_to_the_same_outcome_and_travels_between_processes() -> None:
    played = play(Part("controls", "expert", 7, "practice"))
    assert (played.module, played.seed, played.mode) == ("controls", 7, "practice")
    assert pickle.loads(pickle.dumps(played)) == played
    again = replay(played.log)
    assert again.agrees
    assert again.header.seed == 7
    assert again.outcome.as_dict() == played.outcome


def test_the_same_part_is_played_the_same_and_who_errs_gets_a_seed_to_err_under() -> None:
    once, again = (play(Part("first-vials", "hand-over-vial", 5, "practice")) for _ in range(2))
    assert once == again
    assert once.seed >= 5
    assert once.outcome["verdict"] == "not_yet_competent"


@pytest.mark.parametrize("wrong", [("nowhere", "expert"), ("controls", "nobody")])
def test_a_part_that_does_not_exist_is_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(BadInput):
        play(Part(*wrong, 1, "practice"))
