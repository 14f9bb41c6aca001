"""Breaches become findings."""

from __future__ import annotations

from tests.training.checks.judging import event, findings

NECK = {"items": ["vial"], "with": ["glove"]}
SHIELD = {"items": ["vial"], "seconds": 0.5}


def test_breaches_about_one_item_are_one_finding_with_their_count() -> None:
    touch = {"with": "glove", "target": "vial-1", "part": "neck", "critical": True}
    events = [event(5, "contact", **touch, cfu=0.25), event(9, "contact", **touch, cfu=0.5)]
    (found,) = findings("critical_touch", NECK, events)
    assert found.evidence["count"] == 2
    assert [one["tick"] for one in found.evidence["events"]] == [5, 9]
    assert found.tick == 5
    assert found.step == "a-step"
    assert found.consequence["expected_cfu"] == 0.75


def test_the_longest_breach_is_the_one_that_is_measured() -> None:
    shade = {"item": "vial-1", "item_kind": "vial"}
    events = [
        event(20, "shielded", **shade, by="left hand", seconds=0.75, from_tick=5),
        event(90, "shielded", **shade, by="right hand", seconds=3.5, from_tick=20),
        event(120, "shielded", **shade, by="left hand", seconds=1.25, from_tick=95),
    ]
    (found,) = findings("first_air", SHIELD, events)
    assert found.evidence["by"] == "right hand"
    assert found.seconds == 5.5


def test_words_a_person_wrote_stay_out_of_the_evidence() -> None:
    events = [event(1, "reported", to="supervisor", text="my name is")]
    (found,) = findings("never", {"when": {"kind": "reported"}}, events)
    assert "text" not in found.evidence["events"][0]
