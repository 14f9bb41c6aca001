"""What lies on faces over a run, step by step."""

from __future__ import annotations

import pytest

from resilience.training.lamp import Lamp
from resilience.training.session import SEEN
from tests.training.player import VALUES, Player


def test_a_face_is_kept_at_every_step_and_a_clean_one_not_at_all() -> None:
    player = Player()
    lamp = Lamp(20 * 60)
    lamp.look(player.session)
    player.do("use", hand="right", tool="sanitiser", target="hand:right")
    player.wait(28)
    lamp.look(player.session)
    player.wait(30)
    lamp.look(player.session)
    shown = lamp.shown()
    assert shown["step_s"] == 5.0
    faces = {(face["item"], face["part"]): face["cfu"] for face in shown["faces"]}
    assert {len(cfu) for cfu in faces.values()} == {12}
    glove = faces["hand:left", "glove"]
    assert glove[0] == VALUES["glove_start"]
    # Steps that pass without a frame are as the next frame finds them; spores alone are left then.
    assert glove[-1] == pytest.approx(VALUES["glove_start"] * VALUES["spore_share"], rel=0.1)
    assert all(max(cfu) >= SEEN for cfu in faces.values())
    assert ("syringe", "needle") not in faces
