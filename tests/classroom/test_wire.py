from __future__ import annotations

import contextlib
import math
import struct

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.classroom.wire import (
    POSE_FRAME,
    BadFrameError,
    decode_hands,
    decode_pose,
    decode_text,
    encode,
    encode_pose,
)
from resilience.training.actions import check_pose

short = st.integers(-32768, 32767)
triple = st.tuples(short, short, short)
turn = st.tuples(short, short, short, short)
seqs = st.integers(0, 2**32 - 1)


@st.composite
def frames(draw: st.DrawFn) -> bytes:
    flags = draw(st.integers(0, 7))
    numbers: list[int] = []
    for bit in (1, 2, 4):
        numbers += [*draw(triple), *draw(turn)] if flags & bit else [0] * 7
    return POSE_FRAME.pack(1, flags, 0, draw(seqs), draw(seqs), *numbers)


def test_a_pose_frame_has_the_length_of_the_contract() -> None:
    assert POSE_FRAME.size == 54


def test_a_pose_is_decoded_to_its_form_in_the_log() -> None:
    frame = struct.pack("<BBHII3h4h3h4h14x", 1, 3, 0, 7, 90, 1200, 1600, -5, 0, 32767, 0, -32767, 1, 2, 3, 0, 0, -1, 9)
    assert decode_pose(frame) == {
        "seq": 7,
        "tick": 90,
        "verb": "pose",
        "head": [1200, 1600, -5, 0.0, 1.0, 0.0, -1.0],
        "left": [1, 2, 3, 0.0, 0.0, 0.0, 0.0003],
        "right": None,
    }


@given(frames())
def test_a_pose_survives_the_way_through_json_and_back(frame: bytes) -> None:
    action = decode_pose(frame)
    again = orjson.loads(orjson.dumps(action))
    assert again == action
    assert decode_pose(encode_pose(again)) == action


@given(frames())
def test_the_hands_of_a_frame_are_those_of_its_pose(frame: bytes) -> None:
    action = decode_pose(frame)
    tick, seq, *hands = decode_hands(frame)
    assert (tick, seq) == (action["tick"], action["seq"])
    assert [hand and list(hand) for hand in hands] == [action["left"], action["right"]]


@given(frames())
def test_whatever_a_frame_holds_is_a_pose(frame: bytes) -> None:
    action = decode_pose(frame)
    for name in ("head", "left", "right"):
        assert check_pose(action[name], name) is action[name]


@given(turn)
def test_quaternions_have_four_decimals_and_no_negative_zero(components: tuple[int, int, int, int]) -> None:
    frame = POSE_FRAME.pack(1, 1, 0, 1, 1, 0, 0, 0, *components, *[0] * 14)
    for sent, got in zip(components, decode_pose(frame)["head"][3:], strict=True):
        assert got == round(sent / 32767, 4)
        assert got != 0 or math.copysign(1, got) == 1


@pytest.mark.parametrize(
    ("frame", "where"),
    [
        (b"", "0 bytes"),
        (bytes(53), "53 bytes"),
        (bytes(55), "55 bytes"),
        (bytes(54), "type 0"),
        (b"\x01\x08" + bytes(52), "flags 8"),
        (b"\x01\x00\x01" + bytes(51), "type 1"),
    ],
)
def test_a_frame_that_is_no_pose_is_told_so(frame: bytes, where: str) -> None:
    for decode in (decode_pose, decode_hands):
        with pytest.raises(BadFrameError) as caught:
            decode(frame)
        assert where in caught.value.where
        assert caught.value.fix


@given(st.binary(max_size=80))
def test_any_bytes_are_a_pose_or_a_bad_frame(frame: bytes) -> None:
    with contextlib.suppress(BadFrameError):
        assert decode_pose(frame)["verb"] == "pose"


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "{}", '{"t": 5}', '{"t": null}', "\ud800"])
def test_a_text_that_is_no_message_is_a_bad_frame(text: str) -> None:
    with pytest.raises(BadFrameError):
        decode_text(text)


@given(st.text(max_size=80))
def test_any_text_is_a_message_or_a_bad_frame(text: str) -> None:
    with contextlib.suppress(BadFrameError):
        assert isinstance(decode_text(text)["t"], str)


def test_a_message_is_sent_as_compact_json() -> None:
    assert encode({"t": "pong", "n": 1, "why": "gwrthodwyd — ŵ"}) == '{"t":"pong","n":1,"why":"gwrthodwyd — ŵ"}'
