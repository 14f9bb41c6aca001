"""Numbers with their uncertainty: the published figures are met exactly, and members are draws of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from resilience.twins.errors import BadInput
from resilience.twins.parameters import Parameter
from resilience.twins.touch.ensemble import Ensemble, chosen, numbers, spread

Z = 1.959963984540054


def parameter(value: float, low: float, high: float, unit: str = "1") -> Parameter:
    return Parameter("it", value, low, high, unit, "here", "weak", "a number")


def test_every_number_has_a_source_and_can_be_spread() -> None:
    for known in numbers().values():
        assert known.source
        assert known.what
        assert np.isfinite(spread(known, np.array([-3.0, 0.0, 3.0]))).all()


# King et al. 2020: medians and 95 % intervals of the gloved and the bare-handed touch.
@pytest.mark.parametrize(("name", "low", "value", "high"), [("gloved", 0.17, 0.30, 0.49), ("bare", 0.32, 0.49, 0.72)])
def test_touch_shares_have_the_published_median_and_interval(name: str, low: float, value: float, high: float) -> None:
    at = spread(numbers()[name], np.array([-Z, 0.0, Z]))
    assert at == pytest.approx([low, value, high], rel=1e-12)
    drawn = Ensemble(1, 4000, chosen({})).number(name)[1:]
    assert np.quantile(drawn, [0.025, 0.5, 0.975]) == pytest.approx([low, value, high], rel=0.02)


def test_the_sterile_share_spans_the_published_range() -> None:
    ensemble = Ensemble(1, 2000, chosen({}))
    drawn = np.outer(ensemble.sterile_level[1:], ensemble.sterile_table[::16]).ravel()
    assert np.quantile(drawn, [0.025, 0.5, 0.975]) == pytest.approx([1e-3, math.sqrt(3e-4), 0.3], rel=0.05)


def test_shares_stay_shares_and_amounts_stay_above_nothing() -> None:
    normal = np.linspace(-8, 8, 101)
    share = spread(parameter(0.98, 0.2, 0.999), normal)
    assert ((share > 0) & (share < 1)).all()
    worst = spread(parameter(1.0, 0.3, 1.0), normal)
    assert worst.max() == 1.0
    assert (spread(parameter(500, 50, 5000, "CFU"), normal) > 0).all()


def test_a_number_that_is_known_is_not_spread() -> None:
    assert (spread(parameter(0.5, 0.5, 0.5), np.array([-2.0, 0.0, 2.0])) == 0.5).all()


def test_a_number_that_may_be_nothing_cannot_be_spread() -> None:
    with pytest.raises(BadInput, match="cannot be spread"):
        spread(parameter(0.5, 0.0, 1.0), np.zeros(1))


def test_the_central_run_has_the_published_values_to_the_digit() -> None:
    ensemble = Ensemble(7, 8, chosen({}))
    for name, known in numbers().items():
        assert ensemble.number(name)[0] == known.value


def test_loads_of_two_faces_are_alike_in_part() -> None:
    ensemble = Ensemble(1, 4000, chosen({}))
    one, other = (np.log(ensemble.load("grille", name)[1:]) for name in ("front", "rear"))
    # Half of the variance is common, so that the correlation is about a half; the same face is the same draw.
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(0.5, abs=0.05)
    assert np.array_equal(np.log(ensemble.load("grille", "front")[1:]), one)


def test_a_draw_does_not_depend_on_what_was_asked_before() -> None:
    first, second = Ensemble(3, 16, chosen({})), Ensemble(3, 16, chosen({}))
    a = first.number("gloved"), first.load("grille", "front")
    b = second.load("grille", "front"), second.number("skin"), second.number("gloved")
    assert np.array_equal(a[0], b[2])
    assert np.array_equal(a[1], b[0])
    assert not np.array_equal(Ensemble(4, 16, chosen({})).number("gloved"), a[0])


@pytest.mark.parametrize("name", ["luck", ""])
def test_a_parameter_that_does_not_exist_is_named(name: str) -> None:
    with pytest.raises(BadInput, match="there is no parameter"):
        chosen({name: 1.0})
    with pytest.raises(BadInput, match="there is no parameter"):
        Ensemble(1, 0, chosen({})).number(name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"gloved": -0.1},
        {"gloved": 1.2},
        {"gloved": math.nan},
        {"skin": math.inf},
        {"gloved": parameter(0.5, 0.6, 0.9)},
        {"gloved": parameter(0.5, 0.1, 1.5)},
    ],
)
def test_a_parameter_that_cannot_be_is_refused(wrong: dict[str, float | Parameter]) -> None:
    with pytest.raises(BadInput, match=next(iter(wrong))):
        chosen(wrong)


def test_ensembles_are_the_same_by_seed_members_and_parameters() -> None:
    here = Ensemble(1, 8, chosen({}))
    assert here.same_as(Ensemble(1, 8, chosen({})))
    for other in (Ensemble(2, 8, chosen({})), Ensemble(1, 9, chosen({})), Ensemble(1, 8, chosen({"gloved": 0.2}))):
        assert not here.same_as(other)
