"""A session from beginning to end: what it tells, how it ends, that it is its log."""

from __future__ import annotations

import pytest

from resilience.training.session import Session
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
