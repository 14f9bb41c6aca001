"""What cannot be is refused by name, and leaves the run as it was."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from resilience.twins.errors import BadInput
from resilience.twins.touch import Touch


@pytest.fixture
def twin() -> Touch:
    made = Touch(1, members=4)
    made.add_hand("left")
    made.add_hand("right")
    made.add_face("worktop", "worktop")
    made.add_face("needle", kind="critical")
    made.add_vessel("bottle", 10.0, 0.1)
    made.add_vessel("vial", unit=True)
    made.do_step(1.0)
    return made


WRONG: list[tuple[Callable[[Touch], object], str]] = [
    (lambda t: t.contact("left", "nose"), "unknown face `nose`"),
    (lambda t: t.contact("nose", "left"), "unknown face `nose`"),
    (lambda t: t.contact("left", "left"), "touch itself"),
    (lambda t: t.contact("left", "left/glove"), "touch itself"),
    (lambda t: t.contact("left", "needle", rule="hard"), "unknown rule `hard`"),  # type: ignore[arg-type]
    (lambda t: t.contact("left", "needle", into="cup"), "unknown vessel `cup`"),
    (lambda t: t.contact("bottle", "left"), "unknown face `bottle`"),
    (lambda t: t.do_step(-0.1), "seconds"),
    (lambda t: t.do_step(math.nan), "seconds"),
    (lambda t: t.do_step(math.inf), "seconds"),
    (lambda t: t.do_step(1.0, tick=19), "tick 19 comes before tick 20"),
    (lambda t: t.wet("worktop", "water"), "unknown agent `water`"),
    (lambda t: t.wet("worktop", "sporicide", "rub"), "not put on by `rub`"),
    (lambda t: t.wet("worktop", coverage=1.2), "coverage"),
    (lambda t: t.wet("worktop", coverage=math.nan), "coverage"),
    (lambda t: t.wet("nose"), "unknown face"),
    (lambda t: t.sample("worktop", -0.1), "recovered share"),
    (lambda t: t.sample("worktop", math.nan), "recovered share"),
    (lambda t: t.tear("nose"), "unknown hand `nose`"),
    (lambda t: t.don("left"), "there is a glove on"),
    (lambda t: t.pour("bottle", "bottle", 1.0), "into itself"),
    (lambda t: t.pour("bottle", "vial", 10.5), "10.5 mL asked of 10 mL"),
    (lambda t: t.pour("bottle", "vial", -1.0), "millilitres"),
    (lambda t: t.pour("bottle", "vial", math.nan), "millilitres"),
    (lambda t: t.pour("bottle", "vial", 1.0, through="straw"), "unknown face `straw`"),
    (lambda t: t.pour("bottle", "cup", 1.0), "unknown vessel `cup`"),
    (lambda t: t.fall_in("needle", "cup"), "unknown vessel `cup`"),
    (lambda t: t.settle("vial", -1.0, "air"), "negative or no number"),
    (lambda t: t.settle("vial", math.nan, "air"), "negative or no number"),
    (lambda t: t.settle("vial", np.ones(3), "air"), "3 numbers where 5 are kept"),
    (lambda t: t.settle("vial", 1.0, "air", seconds=-2.0), "seconds"),
    (lambda t: t.settle("nose", 1.0, "air"), "unknown face `nose`"),
    (lambda t: t.shed("worktop", "dandruff", "hair"), "no parameter `dandruff`"),
    (lambda t: t.add_face("worktop"), "taken or empty"),
    (lambda t: t.add_face(""), "taken or empty"),
    (lambda t: t.add_face("shelf", -1.0), "negative or no number"),
    (lambda t: t.add_face("shelf", "dust"), "no parameter `dust`"),
    (lambda t: t.add_face("shelf", kind="fur"), "unknown kind `fur`"),
    (lambda t: t.add_hand("left"), "taken or empty"),
    (lambda t: t.add_hand("third", skin=math.inf), "negative or no number"),
    (lambda t: t.add_vessel("cup", -1.0), "millilitres"),
    (lambda t: t.add_vessel("cup", 1.0, math.nan), "organisms in a millilitre"),
    (lambda t: t.get("nose"), "unknown face `nose`"),
    (lambda t: t.millilitres("nose"), "unknown vessel"),
    (lambda t: t.account("luck"), "unknown account `luck`"),
]


@pytest.mark.parametrize(("wrong", "what"), WRONG)
def test_what_cannot_be_is_refused_and_nothing_has_happened(
    twin: Touch, wrong: Callable[[Touch], object], what: str
) -> None:
    before = twin.snapshot()
    with pytest.raises(BadInput, match=what) as caught:
        wrong(twin)
    assert caught.value.fix
    after = twin.snapshot()
    assert before.loads.tobytes() == after.loads.tobytes()
    assert (before.time, before.tick, before.meetings) == (after.time, after.tick, after.meetings)
    assert before.faces == after.faces
    assert before.hands == after.hands
    assert before.vessels == after.vessels
    assert before.ledger.of == after.ledger.of


def test_a_hand_without_a_glove_cannot_lose_one(twin: Touch) -> None:
    twin.doff("left")
    for wrong in (twin.doff, twin.tear):
        with pytest.raises(BadInput, match="no glove on"):
            wrong("left")
    with pytest.raises(BadInput, match="its own glove"):
        twin.don("left", touched_by="left")
    with pytest.raises(BadInput, match="unknown hand"):
        twin.don("left", touched_by="third")


@pytest.mark.parametrize("members", [-1, 4097])
def test_a_number_of_members_that_cannot_be_is_refused(members: int) -> None:
    with pytest.raises(BadInput, match="members"):
        Touch(1, members)


def test_a_snapshot_of_another_seed_is_refused(twin: Touch) -> None:
    with pytest.raises(BadInput, match="another seed"):
        twin.restore(Touch(2, members=4).snapshot())
