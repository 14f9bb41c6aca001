"""Contributors in words: whose doing, from where, for how long, when; in both languages."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.training.contributors import Cause, contributors
from resilience.training.words import Words
from resilience.twins.risk import Contribution, Ledger
from tests.training.runs import module


@pytest.mark.parametrize(
    ("name", "cause", "said"),
    [
        ("left sleeve above", Cause("hand:left", "sleeve", "left", "above"), "the left sleeve"),
        ("right glove beside", Cause("hand:right", "glove", "right", "beside"), "the right glove"),
        ("hand:left/glove", Cause("hand:left", "glove", "left"), "the left glove"),
        ("hand:left/skin", Cause("hand:left", "skin", "left"), "skin through a torn glove"),
        ("bottle/septum", Cause("bottle", "septum"), "product bottle (septum)"),
        ("worktop/surface", Cause("worktop", "surface"), "work surface"),
        ("syringe", Cause("syringe"), "syringe"),
        ("cabinet air", Cause("cabinet air"), "the clean air itself"),
    ],
)
def test_a_cause_is_taken_apart_and_named(name: str, cause: Cause, said: str) -> None:
    assert Cause.read(name) == cause
    assert cause.name(Words(module(), "en")) == said


def ledger() -> Ledger:
    found = Ledger(1)
    found.add("vial-1", Contribution("air", "left sleeve above", 4900, 3.2, np.array([0.41])))
    found.add("vial-1", Contribution("air", "left sleeve above", 5900, 1.0, np.array([0.05])))
    trail = (("front-grille/surface", 4600),)
    found.add("vial-1", Contribution("surface", "hand:left/glove", 5000, 0.0, np.array([0.54]), trail))
    found.add("vial-1", Contribution("liquid", "syringe", 5000, 0.0, np.array([0.0])))
    return found


def test_the_largest_come_first_and_what_brought_nothing_is_left_out() -> None:
    first, second = contributors(ledger(), "vial-1", "vial", Words(module(), "en"), 5)
    assert (first["id"], first["route"], first["share"]) == ("hand:left", "surface", 0.54)
    assert first["before"] == [{"what": "front grille", "tick": 4600, "at": "3:50"}]
    assert (second["place"], second["hand"], second["part"]) == ("above", "left", "sleeve")
    assert (second["seconds"], second["longest_s"], second["times"]) == (4.2, 3.2, 2)


def test_the_sentence_says_share_cause_seconds_and_time() -> None:
    by_touch, by_air = (
        entry["sentence"] for entry in contributors(ledger(), "vial-1", "vial", Words(module(), "en"), 5)
    )
    assert by_air == "46 % of this vial's risk: the left sleeve above it for 3.2 s at 4:05"
    assert (
        by_touch
        == "54 % of this vial's risk: by touch, from the left glove at 4:10, which had it from front grille at 3:50"
    )
    welsh = [entry["sentence"] for entry in contributors(ledger(), "vial-1", "ffiol", Words(module(), "cy"), 5)]
    assert all("%" in sentence and "4:" in sentence for sentence in welsh)
    assert "y llawes chwith" in welsh[1]
