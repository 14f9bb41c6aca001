"""What holds whatever is done: nothing is lost, nothing is negative, the same seed gives the same run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.twins.touch import Kind, Touch

Move = Callable[[Touch], object]
HANDS = ("left", "right")
FACES = ("grille", "worktop", "needle", "neck", "stopper", "sleeve")
VESSELS = ("bottle", "syringe", "vial")
EPS = float(np.finfo(float).eps)


def scene(seed: int, members: int = 8) -> Touch:
    twin = Touch(seed, members)
    for hand in HANDS:
        twin.add_hand(hand)
    for face, load, kind in (
        ("grille", "grille", Kind.SURFACE),
        ("worktop", "worktop", Kind.SURFACE),
        ("sleeve", "sleeve", Kind.SURFACE),
        ("needle", 0.0, Kind.CRITICAL),
        ("neck", 0.0, Kind.CRITICAL),
        ("stopper", 0.0, Kind.CRITICAL),
    ):
        twin.add_face(face, load, kind)
    twin.add_vessel("bottle", 100.0, 0.01)
    twin.add_vessel("syringe")
    twin.add_vessel("vial", unit=True)
    return twin


def change_glove(hand: str, other: str | None, twin: Touch) -> None:
    twin.doff(hand)
    twin.don(hand, touched_by=other)


def pour(giver: str, taker: str, share: float, through: str | None, twin: Touch) -> None:
    twin.pour(giver, taker, share * twin.millilitres(giver), through)


def settle(target: str, organisms: float, twin: Touch) -> None:
    twin.settle(target, organisms, "left sleeve", 3.2)


def called(name: str, *strategies: st.SearchStrategy[object]) -> st.SearchStrategy[Move]:
    """A method of the twin with drawn arguments."""
    return st.tuples(*strategies).map(lambda given: lambda twin: getattr(twin, name)(*given))


touchable = st.sampled_from((*HANDS, *FACES))
pairs = st.permutations((*HANDS, *FACES)).map(lambda order: (order[0], order[1]))
vessel_pairs = st.permutations(VESSELS).map(lambda order: (order[0], order[1]))
share = st.floats(0, 1)
contacts: st.SearchStrategy[Move] = st.tuples(pairs, st.sampled_from([None, None, "vial"])).map(
    lambda drawn: lambda twin: twin.contact(*drawn[0], into=drawn[1])
)
moves: st.SearchStrategy[Move] = st.one_of(
    contacts,
    contacts,
    called("do_step", st.floats(0, 100)),
    called("wet", touchable, st.just("ipa-70"), st.sampled_from(["spray", "wipe", "rub"]), share),
    called("wet", touchable, st.just("sporicide"), st.sampled_from(["spray", "wipe"]), share),
    called("tear", st.sampled_from(HANDS)),
    called("sample", touchable, share),
    called("remove", touchable),
    called("shed", touchable, st.floats(0, 1e6), st.just("sleeve")),
    called("fall_in", st.sampled_from(FACES), st.sampled_from(VESSELS)),
    st.builds(partial, st.just(settle), st.sampled_from((*FACES, *VESSELS)), st.floats(0, 1e6)),
    st.sampled_from([("left", "right"), ("right", "left"), ("left", None)]).map(
        lambda drawn: partial(change_glove, *drawn)
    ),
    st.tuples(vessel_pairs, share, st.sampled_from([None, "needle"])).map(
        lambda drawn: partial(pour, *drawn[0], drawn[1], drawn[2])
    ),
)
runs = st.lists(moves, max_size=40)
seeds = st.integers(0, 2**31)


def everything(twin: Touch) -> list[bytes]:
    """All that can be seen of a run, to the bit."""
    named = [twin.by_kind(name).tobytes() for name in (*HANDS, "left/skin", "right/skin", *FACES, *VESSELS)]
    named += [np.array([twin.millilitres(vessel) for vessel in VESSELS]).tobytes()]
    named += [entry.organisms.tobytes() for entry in twin.ledger.of["vial"]]
    return [*named, *(twin.account(name).tobytes() for name in ("killed", "removed", "passed"))]


def do(twin: Touch, run: list[Move]) -> Touch:
    for move in run:
        move(twin)
    return twin


def scale(twin: Touch) -> float:
    """The largest number of organisms that came into a run: rounding is measured by it."""
    return float(max((twin.account("initial") + twin.account("shed") + twin.account("air")).max(), 1.0))


@settings(max_examples=200, deadline=None)
@given(seeds, runs)
def test_nothing_is_lost_to_the_precision_of_the_machine(seed: int, run: list[Move]) -> None:
    twin = do(scene(seed), run)
    # Each of at most 40 moves rounds a few numbers, none larger than what came in.
    assert np.abs(twin.discrepancy()).max() <= 16 * EPS * (len(run) + 16) * scale(twin)


@settings(max_examples=100, deadline=None)
@given(seeds, st.lists(contacts, max_size=60))
def test_contacts_alone_keep_the_sum(seed: int, run: list[Move]) -> None:
    twin = scene(seed)
    names = ("left", "right", "left/skin", "right/skin", *FACES, "vial")
    before = sum(twin.organisms(name) for name in names)
    do(twin, run)
    after = sum(twin.organisms(name) for name in names)
    assert np.abs(after - before).max() <= 16 * EPS * (len(run) + 16) * before.max()
    assert not twin.account("killed").any()
    assert not twin.account("removed").any()


@settings(max_examples=100, deadline=None)
@given(seeds, runs)
def test_nothing_is_ever_negative(seed: int, run: list[Move]) -> None:
    twin = scene(seed)
    for move in run:
        move(twin)
        for name in (*HANDS, "left/skin", "right/skin", *FACES, *VESSELS):
            assert twin.by_kind(name).min() >= 0.0
    assert all(entry.organisms.min() >= 0.0 for entry in twin.ledger.of["vial"])


@settings(max_examples=50, deadline=None)
@given(seeds, runs)
def test_the_same_seed_gives_the_same_run_to_the_bit(seed: int, run: list[Move]) -> None:
    assert everything(do(scene(seed), run)) == everything(do(scene(seed), run))


@settings(max_examples=50, deadline=None)
@given(seeds, runs, runs)
def test_a_snapshot_brings_a_run_back_and_a_fork_leaves_it_alone(
    seed: int, first: list[Move], then: list[Move]
) -> None:
    twin = do(scene(seed), first)
    kept, then_kept, other = everything(twin), twin.snapshot(), twin.fork()
    ahead = everything(do(twin, then))
    assert everything(other) == kept
    assert everything(do(other, then)) == ahead
    twin.restore(then_kept)
    assert everything(twin) == kept
    assert everything(do(twin, then)) == ahead
    fresh = scene(seed)
    fresh.restore(then_kept)
    assert everything(do(fresh, then)) == ahead


@settings(max_examples=100, deadline=None)
@given(
    seeds,
    st.lists(st.sampled_from([("left", "grille"), ("left", "needle"), ("grille", "needle")]), max_size=12),
    st.lists(st.sampled_from([("right", "worktop"), ("right", "neck"), ("worktop", "neck")]), max_size=12),
    st.randoms(use_true_random=False),
)
def test_the_order_of_contacts_that_share_no_face_is_irrelevant(
    seed: int,
    here: list[tuple[str, str]],
    there: list[tuple[str, str]],
    chance: object,
) -> None:
    one, other = scene(seed), scene(seed)
    for pair in (*here, *there):
        one.contact(*pair)
    left, right = list(here), list(there)
    while left or right:
        pick = right if not left or (right and chance.random() < 0.5) else left  # type: ignore[attr-defined]
        other.contact(*pick.pop(0))
    for name in (*HANDS, *FACES):
        assert one.by_kind(name).tobytes() == other.by_kind(name).tobytes()


@settings(max_examples=100, deadline=None)
@given(
    seeds,
    st.sampled_from(["ipa-70", "sporicide"]),
    st.floats(0, 400),
    st.floats(0, 400),
    share,
)
def test_a_longer_wet_time_never_leaves_more_alive(
    seed: int, agent: str, one: float, other: float, coverage: float
) -> None:
    shorter, longer = sorted((one, other))
    alive = []
    for seconds in (shorter, longer):
        twin = scene(seed)
        twin.wet("grille", agent, "spray", coverage)
        twin.do_step(seconds)
        twin.end_wetting("grille", "used")
        alive.append(twin.by_kind("grille"))
    assert (alive[1] <= alive[0]).all()


@settings(max_examples=50, deadline=None)
@given(seeds, runs)
def test_the_account_of_a_unit_is_what_it_holds(seed: int, run: list[Move]) -> None:
    twin = do(scene(seed), run)
    held, booked = twin.organisms("vial"), twin.ledger.expected("vial")
    assert np.abs(held - booked).max() <= 16 * EPS * (len(run) + 16) * scale(twin)


@settings(max_examples=50, deadline=None)
@given(seeds, runs)
def test_the_central_run_is_the_same_with_and_without_members(seed: int, run: list[Move]) -> None:
    with_members, alone = do(scene(seed, 8), run), do(scene(seed, 0), run)
    for name in (*HANDS, *FACES, *VESSELS):
        assert with_members.by_kind(name)[:, 0].tobytes() == alone.by_kind(name)[:, 0].tobytes()
