"""The one sentence a person can repeat, honest for zero as for many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from resilience.training.findings import Finding
from resilience.training.headline import headline
from resilience.training.outcome import Dose, Outcome
from resilience.training.words import Words
from tests.training.runs import module, run

ALL = (34, 34)


def outcome(expected: list[float], severity: Any = None, **process: Any) -> Outcome:
    items = {f"vial-{n}": (value, 0) for n, value in enumerate(expected, start=1)}
    made = {
        "unit_kind": "vial",
        "units": 12,
        "filled": 12,
        "kept": len(expected),
        "discarded": 12 - len(expected),
        "finished": len(expected),
    }
    finding = Finding("touched-neck", "TCH", severity, 1, 0.0, None, "source", {"count": 1})
    return replace(
        run().outcome,
        dose=Dose({"air": 0.0, "surface": sum(expected), "liquid": 0.0}, items),
        process=made | process,
        findings=(finding,) if severity else (),
    )


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ([0.0] * 12, "Your twelve vials would very probably have stayed clear."),
        ([0.001] * 12, "Your twelve vials would very probably have stayed clear."),
        ([0.01] * 12, "There was about one chance in 9 that one of your twelve vials would have grown."),
        ([0.1] * 12, "At least one of your twelve vials would probably have grown."),
        ([1.0, 1.0] + [0.0] * 10, "Two of your twelve vials would probably have grown."),
        ([3.0] * 11, "Eleven of your eleven vials would probably have grown."),
        ([3.0], "Your one vial would probably have grown."),
        ([0.2], "There was about one chance in 6 that your one vial would have grown."),
        ([0.0], "Your one vial would very probably have stayed clear."),
        ([], "Nothing was filled, so there is nothing to incubate."),
    ],
)
def test_it_says_what_would_have_grown(expected: list[float], said: str) -> None:
    assert headline(outcome(expected), ALL, Words(module(), "en")) == said


def test_a_batch_that_stays_clear_may_still_not_be_released() -> None:
    said = headline(outcome([0.0] * 12, "critical"), ALL, Words(module(), "en"))
    title = module().text("en", "check.touched-neck.title")
    assert said == (
        f"The batch could not be released: {title}. Your twelve vials would very probably have stayed clear. "
        "That would have been luck, and nobody could have shown it."
    )


def test_what_grew_comes_before_what_stopped_the_release() -> None:
    said = headline(outcome([1.0, 1.0] + [0.0] * 10, "critical"), ALL, Words(module(), "en"))
    title = module().text("en", "check.touched-neck.title")
    assert said.startswith("Two of your twelve vials would probably have grown.")
    assert said.endswith(f"The batch could not be released: {title}.")


def test_a_major_finding_does_not_hold_the_batch() -> None:
    assert "released" not in headline(outcome([0.0] * 12, "major"), ALL, Words(module(), "en"))


def test_unfinished_work_is_said() -> None:
    said = headline(outcome([0.0] * 12, finished=11), ALL, Words(module(), "en"))
    assert said.endswith("Even so, the work on one of twelve vials was never finished.")


def test_it_speaks_welsh() -> None:
    said = headline(outcome([1.0, 1.0] + [0.0] * 10), ALL, Words(module(), "cy"))
    assert said == "Mae'n debyg y byddai dwy o'ch deuddeg ffiol wedi dangos twf."


def test_a_lesson_speaks_of_its_steps() -> None:
    lesson = replace(run().outcome, process=None, dose=None)
    assert headline(lesson, (5, 5), Words(module(), "en")) == "You have tried every step of the lesson."
    assert headline(lesson, (3, 5), Words(module(), "en")).startswith("You tried 3 of 5 steps")
