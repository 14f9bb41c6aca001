"""A session from beginning to end: what it tells, how it ends, that it is its log."""

from __future__ import annotations

import random

import pytest

from resilience.training.errors import BadInput
from resilience.training.session import LONGEST, MOST_PER_TICK, Session
from tests.training.player import MODULE, Player


def test_a_refused_action_changes_nothing_but_the_clock_and_stays_in_the_log() -> None:
    player = Player()
    log = player.session.log_hash
    version = player.world.version
    result = player.attempt("take", hand="right", item="vial-1")
    assert result.refused is not None
    assert result.refused.item == "vial-1"
    assert result.events == []
    assert player.world.version == version
    assert player.session.tick == 1
    assert player.session.log_hash != log


def test_time_passes_before_an_action_is_judged() -> None:
    player = Player()
    player.do("take", hand="right", item="spray")
    player.do("use", hand="right", tool="spray", target="wipes", part="body")
    player.tick += 20 * 70
    result = player.attempt("take", hand="right", item="vial-1")
    assert [event["kind"] for event in result.events] == ["surface_disinfected"]


def test_a_finished_session_tells_what_was_left_out() -> None:
    player = Player()
    player.do("record", field="start-time", value="09:00")
    events = player.do("finish").events
    skipped = {event["step"] for event in events if event["kind"] == "step_skipped"}
    assert "sign-record" in skipped
    assert "start-record" not in skipped
    assert [event["kind"] for event in events].count("finished") == 1
    assert player.session.finished


def test_the_same_actions_give_the_same_events_and_another_seed_others() -> None:
    def play(seed: int) -> Session:
        player = Player(seed)
        player.set_up()
        player.fill("vial-1")
        player.do("finish")
        return player.session

    assert play(1).events == play(1).events
    assert play(1).outcome().hash == play(1).outcome().hash
    assert play(1).outcome().hash != play(2).outcome().hash


def test_findings_are_told_at_once_in_practice_and_kept_in_an_assessment() -> None:
    sessions = {}
    for mode in ("practice", "assessment"):
        player = Player(mode=mode)
        player.do("open", hand="right", target="vial-pack", part="outer")
        player.do("finish")
        sessions[mode] = player.session
    assert [event for event in sessions["practice"].events if event["kind"] == "finding"]
    assert not [event for event in sessions["assessment"].events if event["kind"] == "finding"]
    assert len(sessions["assessment"].outcome().findings) == len(sessions["practice"].outcome().findings) > 0


def test_a_session_left_without_a_finish_is_judged_as_it_stands() -> None:
    session = Player().session
    assert session.outcome().verdict == "not_yet_competent"
    assert session.finished


def test_events_carry_rounded_numbers_and_rising_ticks() -> None:
    player = Player()
    player.set_up()
    player.fill("vial-1")
    ticks = [event["tick"] for event in player.session.events]
    assert ticks == sorted(ticks)
    for event in player.session.events:
        for value in event.values():
            if isinstance(value, float):
                assert value == float(f"{value:.6g}")


def test_the_things_of_a_seed_do_not_depend_on_what_is_done() -> None:
    one, other = Player(4), Player(4)
    other.do("touch", hand="right", target="bottle", part="septum")
    assert one.world.fresh_chance("bad-pack").random() == other.world.fresh_chance("bad-pack").random()
    assert one.session.variant == other.session.variant == Session(MODULE, 4).variant


def test_a_session_whose_log_is_hashed_at_the_end_has_the_same_outcome() -> None:
    actions = [{"tick": 20, "verb": "move", "station": "cabinet"}, {"tick": 40, "verb": "finish"}]
    hashed, unhashed = Session(MODULE, 3, "practice"), Session(MODULE, 3, "practice", hashes=False)
    for action in actions:
        hashed.act(action)
        unhashed.act(action)
    with pytest.raises(RuntimeError, match="does not hash"):
        _ = unhashed.log_hash
    assert unhashed.outcome(actions).hash == hashed.outcome().hash
    assert unhashed.log_hash == hashed.log_hash


def test_the_hands_alone_are_as_good_as_whole_poses() -> None:
    chance = random.Random(3)
    whole, hands = Session(MODULE, 1), Session(MODULE, 1, hashes=False)
    for session in (whole, hands):
        session.act({"seq": 1, "tick": 1, "verb": "move", "station": "cabinet"})
        session.act({"seq": 2, "tick": 2, "verb": "operate", "target": "cabinet", "control": "power", "value": True})
    for seq in range(3, 400):
        tick = seq + chance.choice((0, 0, 1))
        place = [chance.randint(-300, 300), 1000, chance.randint(-1500, -1100), 0.0, 0.6, 0.0, 0.8]
        left, right = (place, None) if seq % 3 else (None, place)
        try:
            whole.pose({"seq": seq, "tick": tick, "verb": "pose", "head": None, "left": left, "right": right})
        except BadInput as error:
            with pytest.raises(BadInput, match=str(error)[:30]):
                hands.hands(tick, seq, left, right)
        else:
            hands.hands(tick, seq, left, right)
    assert whole.events == hands.events
    assert {"entered", "left"} <= {event["kind"] for event in hands.events}
    assert (whole.tick, whole.seq) == (hands.tick, hands.seq)


@pytest.mark.parametrize(
    ("tick", "seq", "where"), [(4, 2, "tick"), (LONGEST + 1, 2, "tick"), (6, 1, "seq"), (6, 2**32, "seq")]
)
def test_hands_of_a_wrong_tick_or_number_change_nothing(tick: int, seq: int, where: str) -> None:
    session = Session(MODULE, 1, hashes=False)
    session.hands(5, 1, None, None)
    with pytest.raises(BadInput) as bad:
        session.hands(tick, seq, None, None)
    assert bad.value.where == where
    assert (session.tick, session.seq) == (5, 1)


def test_too_many_hands_in_one_tick_are_bad_input() -> None:
    session = Session(MODULE, 1, hashes=False)
    for seq in range(1, MOST_PER_TICK + 1):
        session.hands(5, seq, None, None)
    with pytest.raises(BadInput, match="more than 20 frames"):
        session.hands(5, MOST_PER_TICK + 1, None, None)


def test_a_session_that_hashes_its_log_wants_whole_poses() -> None:
    with pytest.raises(RuntimeError, match="hashes its log"):
        Session(MODULE, 1).hands(1, 1, None, None)
