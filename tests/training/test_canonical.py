"""Equal values have equal bytes."""

from __future__ import annotations

import json
import math
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.training.canonical import canonical, canonical_action, digest, significant

texts = st.text(st.characters(codec="utf-8"))
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**63), 2**63 - 1)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_round_trip(value: Any) -> None:
    assert canonical(orjson.loads(canonical(value))) == canonical(value)
    assert orjson.loads(canonical(value)) == json.loads(json.dumps(value))


@given(st.dictionaries(texts, values))
def test_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_whole_floats_are_integers() -> None:
    assert canonical({"b": [2.0, -0.0, 1.5e300, 1e-5, 0.1], "a": True}) == b'{"a":true,"b":[2,0,1.5e+300,1e-05,0.1]}'


def test_a_digest_is_the_sha_256_of_the_canonical_bytes() -> None:
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize("value", [math.nan, math.inf, [-math.inf]])
def test_what_json_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="cannot be written as JSON"):
        canonical(value)


@pytest.mark.parametrize("value", [{1: 2}, {"a": {1}}, b"bytes"])
def test_other_types_are_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


poses = st.none() | st.lists(st.floats(-1e6, 1e6).map(lambda n: round(n, 5)) | st.integers(-3000, 3000), max_size=7)


@given(
    st.fixed_dictionaries({"seq": st.integers(0), "tick": st.integers(0), "head": poses, "left": poses, "right": poses})
)
def test_the_fast_way_for_poses_gives_the_same_bytes(pose: dict[str, Any]) -> None:
    pose = {"verb": "pose", **pose}
    pose["seq"] %= 2**63
    pose["tick"] %= 2**63
    assert canonical_action(pose) == canonical(pose)


@pytest.mark.parametrize(
    "odd",
    [
        {"text": "a .0, b"},
        {"head": [1e20, 2.0]},
        {"head": [9007199254740993.0]},
        {"head": [0.00001]},
        {"head": [True]},
        {"head": {"x": 1.0}},
        {"seq": 2**70},
    ],
)
def test_an_odd_pose_goes_the_slow_way(odd: dict[str, Any]) -> None:
    pose = {"verb": "pose", "tick": 1, **odd}
    assert canonical_action(pose) == canonical(pose)


def test_a_pose_that_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        canonical_action({"verb": "pose", "tick": 1, "head": [math.nan, 1, 2]})


def test_six_significant_digits() -> None:
    assert significant(1234567.89) == 1234570.0
    assert significant(0.000123456789) == 0.000123457
    with pytest.raises(ValueError, match="cannot be written"):
        significant(math.nan)
