"""Relative risk beside the expert of the same variant: by route, for a batch and for each unit."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.training.relative import risk
from resilience.training.simulation import simulate
from resilience.training.trainees import seed_for
from resilience.training.words import Words
from tests.training.runs import idle, module, run


def of(trainee: str, seed: int = 1, language: str = "en") -> dict[str, Any]:
    found = risk(run(trainee, seed).session, Words(module(), language))
    assert found is not None
    return found


def test_an_expert_has_the_risk_of_an_expert() -> None:
    found = of("expert")
    for times in found["relative"].values():
        assert times == {"central": 1.0, "low": 1.0, "high": 1.0}
    assert found["text"] == "Relative risk: that of an expert's run of the same variant."


def test_an_error_shows_by_the_route_it_takes_whatever_the_others_bring() -> None:
    over, touched = of("hand-over-vial"), of("guides-needle")
    assert over["relative"]["air"]["central"] > 1.3
    assert over["relative"]["liquid"]["central"] == pytest.approx(1.0)
    assert touched["relative"]["surface"]["central"] > 1000
    assert touched["relative"]["air"]["central"] == pytest.approx(1.0, rel=0.05)
    assert "By the air: " in over["text"]
    assert "By touch: more than 1,000 times." in touched["text"]


def test_the_vial_under_the_hand_stands_out_among_the_others() -> None:
    over = of("hand-over-vial")["units"]
    worst = max(over, key=lambda unit: over[unit]["air"])
    assert worst == "vial-3"
    assert over[worst]["air"] > 5
    assert sorted(times["air"] for times in over.values())[-2] < 2


def test_a_vial_that_was_thrown_away_is_not_compared() -> None:
    seed = seed_for(module(), "keeps-alarm-vial", 1)
    assert len(of("expert", seed)["units"]) == 11
    assert of("expert", seed)["relative"]["air"]["central"] == 1.0


def test_where_nothing_was_filled_there_is_no_risk_to_compare() -> None:
    assert risk(idle(), Words(module(), "en")) is None


def test_a_short_batch_is_compared_by_the_unit() -> None:
    short = simulate("first-vials", "expert", 1).session
    found = risk(short, Words(short.module, "cy"))
    assert found is not None
    assert found["relative"]["all"]["central"] == 1.0
    assert found["text"].startswith("Risg cymharol")
