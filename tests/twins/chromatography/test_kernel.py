"""The compiled step: beside scipy over whole runs, faces to fifth order, mass kept whatever is asked."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.twins.chromatography import kernel, programme
from resilience.twins.chromatography.column import Air, Beads, Bed, Column, Mesh, Tubing
from resilience.twins.chromatography.kernel import Floats
from resilience.twins.chromatography.programme import Section
from tests.twins.chromatography import columns
from tests.twins.chromatography.rate_model import RateModel

WITHIN = 1e-5
"""Of the largest value of each output, over the whole run, beside scipy at rtol 1e-9."""


def worst(ours: Floats, theirs: Floats) -> float:
    """The largest difference at any time, as a share of the largest value of that output."""
    scale = np.abs(theirs).max(axis=0)
    return float((np.abs(ours - theirs)[:, scale > 0.0] / scale[scale > 0.0]).max())


def test_a_gradient_elution_agrees_with_scipy() -> None:
    mesh = Mesh(6, 3, graded=True)
    column = Column(columns.PROTEIN_A_BED, columns.PROTEIN_A_BEADS, columns.PROTEIN_A, mesh, tracers=1)
    times = np.linspace(0.0, 300.0, 61)
    feed, wash = (10.0 / 150.0, 7.2), (0.0, 7.2)
    sections = [
        Section.steady(100.0, feed),
        Section.steady(130.0, wash),
        Section(190.0, wash, (0.0, 3.5)),
        Section.steady(math.inf, (0.0, 3.5)),
    ]
    ours = programme.run(column, column.empty(np.array([7.2])), columns.FLOW, sections, times)
    model = RateModel(columns.PROTEIN_A_BED, columns.PROTEIN_A_BEADS, columns.PROTEIN_A, mesh, columns.FLOW)
    theirs = model.integrate(
        model.start([0.0], 7.2),
        [
            (100.0, lambda t: np.array(feed)),
            (130.0, lambda t: np.array(wash)),
            (190.0, lambda t: np.array([0.0, 7.2 - 3.7 * (t - 130.0) / 60.0])),
            (300.0, lambda t: np.array([0.0, 3.5])),
        ],
        times,
        1e-12,
    )
    assert theirs[:, 0].max() > 0.05
    assert worst(ours, theirs) < WITHIN


def test_a_load_to_breakthrough_agrees_with_scipy() -> None:
    mesh = Mesh(6, 3)
    column = Column(columns.LANGMUIR_BED, columns.LANGMUIR_BEADS, columns.LANGMUIR, mesh)
    times = np.linspace(0.0, 2000.0, 41)
    sections = [Section.steady(1500.0, (0.1,)), Section.steady(2000.0, (0.0,))]
    ours = programme.run(column, column.empty(np.zeros(0)), 1.7e-7, sections, times)
    model = RateModel(columns.LANGMUIR_BED, columns.LANGMUIR_BEADS, columns.LANGMUIR, mesh, 1.7e-7)
    theirs = model.integrate(
        model.start([0.0], 7.0),
        [(1500.0, lambda t: np.array([0.1, 7.0])), (2000.0, lambda t: np.array([0.0, 7.0]))],
        times,
        1e-13,
    )[:, :1]
    assert theirs.max() > 0.02
    assert worst(ours, theirs) < WITHIN


def test_an_ion_exchange_agrees_with_scipy() -> None:
    mesh = Mesh(6, 2)
    column = Column(columns.STERIC_BED, columns.STERIC_BEADS, columns.MILD, mesh)
    state = column.empty(np.zeros(0))
    column.fill(state, np.array([50.0, 0.0, 0.0]), np.array([1200.0, 0.0, 0.0]))
    times = np.linspace(0.0, 300.0, 61)
    feed, wash = (50.0, 1.0, 0.5), (50.0, 0.0, 0.0)
    sections = [Section.steady(20.0, feed), Section.steady(60.0, wash), Section(300.0, wash, (500.0, 0.0, 0.0))]
    ours = programme.run(column, state, 6.68e-8, sections, times)
    model = RateModel(columns.STERIC_BED, columns.STERIC_BEADS, columns.MILD, mesh, 6.68e-8)
    theirs = model.integrate(
        model.start([50.0, 0.0, 0.0], 7.0),
        [
            (20.0, lambda t: np.array([*feed, 7.0])),
            (60.0, lambda t: np.array([*wash, 7.0])),
            (300.0, lambda t: np.array([50.0 + 450.0 * (t - 60.0) / 240.0, 0.0, 0.0, 7.0])),
        ],
        times,
        1e-11,
    )[:, :3]
    assert theirs[:, 1].max() > 0.01
    assert worst(ours, theirs) < WITHIN


def _advected(cells: int) -> float:
    """The largest error of d/dz of a sine by the inner cells, where the fifth order holds."""
    edges = np.linspace(0.0, 2.0 * math.pi, cells + 1)
    means = -np.diff(np.cos(edges)) / np.diff(edges)
    face, out = np.zeros(cells + 1), np.zeros(cells)
    kernel._change(means, 0.0, 1.0, 0.0, edges[1], face, out)
    exact = -np.diff(np.sin(edges)) / np.diff(edges)
    return float(np.abs(out - exact)[cells // 5 : -cells // 5].max())


def test_faces_are_of_fifth_order_on_smooth_profiles() -> None:
    assert math.log2(_advected(80) / _advected(160)) > 4.5


def test_a_front_overshoots_by_next_to_nothing() -> None:
    column = Column(columns.LANGMUIR_BED, columns.LANGMUIR_BEADS, columns.LANGMUIR, Mesh(60, 2), tracers=1)
    state = column.empty(np.zeros(1))
    for _ in range(40):
        column.advance(state, 1.0, 1e-6, np.array([0.0, 1.0]), np.zeros(2))
        assert state.x.min() > -1e-3
        assert state.x.max() < 1.0 + 1e-3


def test_what_is_the_same_everywhere_stays_so_to_the_bit() -> None:
    column = Column(columns.LANGMUIR_BED, columns.LANGMUIR_BEADS, columns.LANGMUIR, Mesh(20, 3), tracers=2)
    state = column.empty(np.array([7.2, 15.3]))
    column.advance(state, 100.0, 1e-7, np.array([0.0, 7.2, 15.3]), np.zeros(3))
    assert (state.x == np.array([[7.2], [15.3]])).all()
    assert not state.c.any()


def feeds(most: float) -> st.SearchStrategy[float]:
    """No protein, or an amount that can be measured, mol/m3."""
    return st.just(0.0) | st.floats(1e-9, most)


@st.composite
def beds(draw: st.DrawFn, components: int) -> tuple[Bed, Beads, Mesh, Air, Tubing, float]:
    """A bed, its mesh, air and tubing, and a flow that passes it in minutes."""
    number = st.floats
    length = draw(number(0.005, 0.3))
    bed = Bed(length, 2e-4, draw(number(0.25, 0.5)), draw(number(0.0, 1e-7)))
    beads = Beads(
        draw(number(1e-5, 1e-4)),
        draw(number(0.3, 0.95)),
        tuple(draw(number(1e-6, 5e-5)) for _ in range(components)),
        tuple(draw(number(5e-12, 5e-10)) for _ in range(components)),
    )
    mesh = Mesh(draw(st.integers(5, 24)), draw(st.integers(1, 6)), draw(st.booleans()))
    air = Air(draw(st.sampled_from((0.0, 0.05, 0.4))), draw(number(1e-4, 1e-1)))
    tubing = Tubing(draw(st.integers(0, 3)), 1e-7)
    return bed, beads, mesh, air, tubing, bed.volume / draw(number(20.0, 400.0))


def balanced(column: Column, state: kernel.State, flow: float, inlets: list[Floats]) -> None:
    """Run the inlets one after another, each ramped to the next: what came in is there or has left, to 1e-9."""
    began = column.content(state)
    volume = column.tubing.volume / max(column.tubing.tanks, 1)
    began_tubing = state.tanks.sum(axis=0) * volume
    for inlet, following in zip(inlets, [*inlets[1:], inlets[-1]], strict=True):
        column.advance(state, 37.0, flow, inlet, (following - inlet) / 37.0)
        came, left_bed, left_tubing = state.sums
        left = left_tubing if column.tubing.tanks else left_bed
        there = column.content(state) + state.tanks.sum(axis=0) * volume
        apart = began + began_tubing + came - left - there
        assert (np.abs(apart) <= 1e-9 * (np.abs(began) + np.abs(came))).all()


@settings(max_examples=40, deadline=None)
@given(beds(1), st.lists(st.tuples(feeds(0.5), st.floats(2.5, 8.0)), min_size=1, max_size=4), st.booleans())
def test_mass_is_kept_with_one_protein(
    packed: tuple[Bed, Beads, Mesh, Air, Tubing, float], inlets: list[tuple[float, float]], affinity: bool
) -> None:
    bed, beads, mesh, air, tubing, flow = packed
    binding = columns.PROTEIN_A if affinity else columns.LANGMUIR
    column = Column(bed, beads, binding, mesh, 1, air, tubing)
    balanced(column, column.empty(np.array([7.2])), flow, [np.array(inlet) for inlet in inlets])


@settings(max_examples=15, deadline=None)
@given(
    beds(3),
    st.lists(st.tuples(st.floats(20.0, 800.0), feeds(2.0), feeds(2.0)), min_size=1, max_size=3),
)
def test_mass_is_kept_with_salt_and_two_proteins(
    packed: tuple[Bed, Beads, Mesh, Air, Tubing, float], inlets: list[tuple[float, float, float]]
) -> None:
    bed, beads, mesh, air, tubing, flow = packed
    column = Column(bed, beads, columns.STERIC, mesh, 0, air, tubing)
    state = column.empty(np.zeros(0))
    column.fill(state, np.array([50.0, 0.0, 0.0]), np.array([1200.0, 0.0, 0.0]))
    balanced(column, state, flow, [np.array(inlet) for inlet in inlets])


def test_without_flow_nothing_leaves_and_what_is_there_binds_on() -> None:
    column = Column(columns.PROTEIN_A_BED, columns.PROTEIN_A_BEADS, columns.PROTEIN_A, Mesh(10, 4), tracers=1)
    state = column.empty(np.array([7.2]))
    column.advance(state, 30.0, columns.FLOW, np.array([0.05, 7.2]), np.zeros(2))
    before, liquid = state.sums.copy(), state.c.sum()
    column.advance(state, 300.0, 0.0, np.array([0.05, 7.2]), np.zeros(2))
    assert (state.sums == before).all()
    assert state.c.sum() < 0.2 * liquid


@pytest.mark.parametrize("seconds", [1.0, 7.3])
def test_small_calls_give_what_one_gives(seconds: float) -> None:
    column = Column(columns.PROTEIN_A_BED, columns.PROTEIN_A_BEADS, columns.PROTEIN_A, Mesh(20, 5), tracers=1)
    whole, parts = column.empty(np.array([7.2])), column.empty(np.array([7.2]))
    inlet = np.array([0.05, 7.2])
    column.advance(whole, 100.0, columns.FLOW, inlet, np.zeros(2))
    done = 0.0
    while done < 100.0:
        span = min(seconds, 100.0 - done)
        column.advance(parts, span, columns.FLOW, inlet, np.zeros(2))
        done += span
    assert parts.c == pytest.approx(whole.c, rel=1e-4, abs=1e-8)
    assert parts.q == pytest.approx(whole.q, rel=1e-4, abs=1e-6)
