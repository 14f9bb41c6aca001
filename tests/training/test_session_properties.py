"""Whatever is thrown at a session: no exception but BadInput, always the same twice, nothing lost."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resilience.training.actions import VERBS
from resilience.training.affordances import Offers
from resilience.training.errors import BadInput
from resilience.training.session import Session
from tests.training.player import MODULE, Player

_SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Action = dict[str, Any]


def complete(affordance: dict[str, Any], chance: random.Random, session: Session) -> Action:
    """An affordance's action with what it still asks for, chosen at random within what it offers."""
    action = dict(affordance["action"])
    needs, spec = affordance["needs"], affordance["spec"]
    if needs == "amount":
        action["amount"] = chance.uniform(spec["min"], spec["max"])
    elif needs == "path":
        action["path"] = chance.choice(spec["patterns"])["path"]
    elif needs == "place":
        name = action.setdefault("on", spec["surfaces"][0])
        surface = session.world.surfaces[name]
        x, z = chance.uniform(surface.x0, surface.x1), chance.uniform(surface.z0, surface.z1)
        action["pose"] = [round(x, 3), surface.y, round(z, 3)]
    elif needs == "text":
        action["text"] = "A word."
    elif needs == "choice":
        action["value"] = chance.choice(spec["choices"])["id"]
    elif needs == "value":
        action["value"] = chance.randint(spec["min"], int(spec["max"]))
    return action


def pose(chance: random.Random) -> list[float] | None:
    if chance.random() < 0.1:
        return None
    place: list[float] = [chance.randint(-700, 700), chance.randint(850, 1300), chance.randint(-1800, -900)]
    return place if chance.random() < 0.5 else [*place, 0.0, 0.0, 0.0, 1.0]


def wander(session: Session, chance: random.Random, number: int) -> list[Action]:
    """Do what is offered, here and there; every offer must be accepted."""
    done: list[Action] = []
    for _ in range(number):
        dice, tick = chance.random(), session.tick + chance.choice((1, 1, 3, 20, 400))
        action: Action = {"verb": "pause"}
        if dice < 0.25:
            action = {"verb": "pose", "head": None, "left": pose(chance), "right": pose(chance)}
        elif dice < 0.35:
            action = {"verb": "move", "station": chance.choice(list(session.world.stations))}
        done.append({"tick": tick, **action})
        session.act(done[-1])
        if dice >= 0.35:
            offers = [offer for listed in session.snapshot()["affordances"].values() for offer in listed]
            offer = chance.choice([offer for offer in offers if offer["why_not"] is None])
            done.append({"tick": tick, **complete(offer, chance, session)})
            result = session.act(done[-1])
            assert result.refused is None, (offer, result.refused)
    return done


def volumes(session: Session) -> float:
    return sum(item.ml for item in session.world.items.values())


@given(seed=st.integers(0, 10_000))
@_SLOW
def test_what_is_offered_is_accepted_nothing_is_lost_and_a_replay_agrees(seed: int) -> None:
    session = Session(MODULE, seed, "practice")
    before, items = volumes(session), set(session.world.items)
    actions = wander(session, random.Random(seed), 60)
    assert volumes(session) == pytest.approx(before, abs=1e-9)
    assert set(session.world.items) == items
    again = Session(MODULE, seed, "practice")
    for action in actions:
        again.act(action)
    assert again.events == session.events
    assert again.outcome().as_dict() == session.outcome().as_dict()


@given(seed=st.integers(0, 10_000))
@_SLOW
def test_the_same_holds_in_the_middle_of_the_work(seed: int) -> None:
    player = Player(seed, "assessment")
    player.set_up()
    before, items = volumes(player.session), set(player.world.items)
    wander(player.session, random.Random(seed), 60)
    assert volumes(player.session) == pytest.approx(before, abs=1e-9)
    assert set(player.world.items) == items
    assert player.session.outcome().verdict == "not_yet_competent"


@given(seed=st.integers(0, 10_000))
@_SLOW
def test_every_thing_is_in_exactly_one_place(seed: int) -> None:
    session = Session(MODULE, seed, "guided")
    wander(session, random.Random(seed + 1), 50)
    world = session.world
    for item in world.items.values():
        inside = [other.id for other in world.items.values() if item.id in other.inside]
        assert inside == ([item.holder] if item.holder else [])
        held = [hand.id for hand in world.hands.values() if hand.holds is item]
        assert held == ([item.place] if item.hand else [])
        assert all(math.isfinite(v) for v in (item.x, item.y, item.z, item.yaw, item.ml))
        assert item.ml >= 0
        if item.spec.liquid is not None:
            assert world.organisms.twin.millilitres(item.id) == pytest.approx(item.ml, abs=1e-9)
    assert all(organisms >= 0 for *_, organisms in session.lying(0.0))
    assert np.abs(world.organisms.twin.discrepancy()).max() < 1e-6


@given(seed=st.integers(0, 10_000))
@_SLOW
def test_offers_that_were_kept_are_those_that_would_be_made_now(seed: int) -> None:
    player, chance = Player(seed), random.Random(seed)
    player.set_up()
    session, offers = player.session, player.session.view.offers
    for _ in range(25):
        wander(session, chance, 1)
        assert offers.all() == Offers(session.world, session.labels).all()


@given(seed=st.integers(0, 10_000))
@_SLOW
def test_updates_add_up_to_the_snapshot(seed: int) -> None:
    session, chance = Session(MODULE, seed, "guided"), random.Random(seed)
    shown = session.snapshot()
    tick = 0
    for _ in range(30):
        tick += chance.choice((1, 20, 300))
        offers = [offer for listed in shown["affordances"].values() for offer in listed if offer["why_not"] is None]
        if chance.random() < 0.2 or not offers:
            action: Action = {"verb": "move", "station": chance.choice(list(session.world.stations))}
        else:
            action = complete(chance.choice(offers), chance, session)
        session.act({"tick": tick, **action})
        update = session.take_update() or {}
        shown["items"] |= update.get("items", {})
        for name in update.get("removed", []):
            del shown["items"][name]
        shown["affordances"] = {
            name: offers for name, offers in {**shown["affordances"], **update.get("affordances", {})}.items() if offers
        }
        shown["panels"] |= update.get("panels", {})
        shown |= {name: update[name] for name in ("hands", "station", "step", "pace", "questions") if name in update}
    fresh = session.snapshot()
    for part in ("items", "affordances", "panels", "hands", "station", "step", "pace", "questions"):
        expected = {k: v for k, v in fresh[part].items() if v} if part == "affordances" else fresh[part]
        assert shown[part] == expected, part


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("vial-1") | st.just("left"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
_FIELDS = sorted({field for needed, optional in VERBS.values() for field in (*needed, *optional)} | {"head", "seq"})


@given(
    actions=st.lists(
        st.fixed_dictionaries(
            {"verb": st.sampled_from([*VERBS, "pose", "fly"]) | _JUNK},
            optional={"tick": st.integers(-5, 400) | _JUNK} | dict.fromkeys(_FIELDS, _JUNK),
        ),
        max_size=12,
    )
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rubbish_is_answered_by_bad_input_and_changes_nothing(actions: list[Action]) -> None:
    session = Session(MODULE, 7, "practice")
    session.act({"tick": 1, "verb": "take", "hand": "left", "item": "spray"})
    for action in actions:
        before = (session.tick, session.seq, len(session.events), session.world.version, session.log_hash)
        answer = None
        try:
            session.act(action)
        except BadInput as bad:
            answer = bad
        if answer is not None:
            assert answer.what
            assert answer.fix
            now = (session.tick, session.seq, len(session.events), session.world.version, session.log_hash)
            assert now == before


@given(action=_JUNK)
def test_what_is_no_object_is_bad_input(action: Any) -> None:
    session = Session(MODULE, 7)
    if not isinstance(action, dict):
        with pytest.raises(BadInput, match="JSON object"):
            session.act(action)
