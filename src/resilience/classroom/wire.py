"""What crosses the socket: binary pose frames, JSON messages, and the limits both are held to.

A pose frame is decoded to exactly the JSON form of the pose action before anything else sees it, so that a session's
log does not depend on how its frames travelled.
"""

from __future__ import annotations

import struct
from typing import Any, Final, NoReturn

import orjson

Action = dict[str, Any]
"""One action as it stands in a session's log."""

PROTOCOL: Final = 1
LARGEST_FRAME: Final = 16 * 1024
"""Bytes of one frame from a client; the longest honest one, a wipe path of hundreds of points, is under 8 KiB."""

POSE_FRAME: Final = struct.Struct("<BBHII" + 3 * "3h4h")
_HANDS: Final = struct.Struct("<BBHII14x" + 2 * "3h4h")
POSE_TYPE: Final = 1
HEAD, LEFT, RIGHT = 1, 2, 4
_ABSENT: Final = (0,) * 7

# Quaternion components travel as int16; the log keeps them to four decimals.
QUATERNION_UNIT: Final = 32767
# Adding 0.0 turns -0.0 into 0.0, which JSON would tell apart.
_QUATERNION: Final = tuple(round(n / QUATERNION_UNIT, 4) + 0.0 for n in range(32768)) + tuple(
    round(n / QUATERNION_UNIT, 4) + 0.0 for n in range(-32768, 0)
)
"""Component by int16 value, negative values at the end: indexing with a negative int16 finds them as they are."""


Place = tuple[float, ...]
"""A hand of a pose: x, y, z in millimetres and the quaternion."""


class BadFrameError(Exception):
    """A frame that is not what the contract says. `what`, `where` and `fix` go to the client."""

    def __init__(self, what: str, where: str, fix: str, seq: int | None = None) -> None:
        super().__init__(f"{what} ({where})")
        self.what, self.where, self.fix, self.seq = what, where, fix, seq


def decode_pose(frame: bytes) -> Action:
    """The pose action of a binary frame: positions in whole millimetres, quaternions to four decimals.

    Raises BadFrameError for a frame of another length or type, or with bits set that mean nothing.
    """
    if len(frame) != 54:
        _bad("The frame has the wrong length", f"{len(frame)} bytes", "A binary frame is a pose of 54 bytes.")
    # Written out, because this runs for every trainee at every tick and slicing takes three times as long.
    # fmt: off
    (kind, flags, zero, seq, tick,
     hx, hy, hz, ha, hb, hc, hd,
     lx, ly, lz, la, lb, lc, ld,
     rx, ry, rz, ra, rb, rc, rd) = POSE_FRAME.unpack(frame)
    # fmt: on
    if kind != POSE_TYPE or zero or flags > 7:
        _bad("The frame is of an unknown type", f"type {kind}, flags {flags}", "Send type 1 with flags 0 to 7.", seq)
    q = _QUATERNION
    return {
        "seq": seq,
        "tick": tick,
        "verb": "pose",
        "head": [hx, hy, hz, q[ha], q[hb], q[hc], q[hd]] if flags & HEAD else None,
        "left": [lx, ly, lz, q[la], q[lb], q[lc], q[ld]] if flags & LEFT else None,
        "right": [rx, ry, rz, q[ra], q[rb], q[rc], q[rd]] if flags & RIGHT else None,
    }


def decode_hands(frame: bytes) -> tuple[int, int, Place | None, Place | None]:
    """tick, seq, left and right of a binary frame: of `decode_pose` what a simulator asks for. Raises BadFrameError."""
    if len(frame) != 54:
        decode_pose(frame)
    # fmt: off
    (kind, flags, zero, seq, tick,
     lx, ly, lz, la, lb, lc, ld,
     rx, ry, rz, ra, rb, rc, rd) = _HANDS.unpack(frame)
    # fmt: on
    if kind != POSE_TYPE or zero or flags > 7:
        decode_pose(frame)
    q = _QUATERNION
    return (
        tick,
        seq,
        (lx, ly, lz, q[la], q[lb], q[lc], q[ld]) if flags & LEFT else None,
        (rx, ry, rz, q[ra], q[rb], q[rc], q[rd]) if flags & RIGHT else None,
    )


def encode_pose(action: Action) -> bytes:
    """The binary frame of a pose action; `decode_pose` gives the action back."""
    flags = 0
    numbers: list[int] = []
    for bit, name in ((HEAD, "head"), (LEFT, "left"), (RIGHT, "right")):
        pose = action[name]
        if pose is None:
            numbers += _ABSENT
            continue
        flags |= bit
        turn = pose[3:] or (0, 0, 0, 1)
        numbers += [*map(int, pose[:3]), *(max(-32768, round(part * QUATERNION_UNIT)) for part in turn)]
    return POSE_FRAME.pack(POSE_TYPE, flags, 0, action["seq"], action["tick"], *numbers)


def decode_text(text: str) -> dict[str, Any]:
    """The message of a text frame: a JSON object with `t`. Raises BadFrameError."""
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadFrameError("The message is no JSON", str(error), "Send one JSON object a frame.") from None
    if not isinstance(message, dict) or not isinstance(message.get("t"), str):
        _bad("The message has no type", "t", 'Send an object with "t": "hello", "act" or "ping".')
    return message


def encode(message: dict[str, Any]) -> str:
    """A message to a client as the text of its frame."""
    return orjson.dumps(message, option=orjson.OPT_SERIALIZE_NUMPY).decode()


def _bad(what: str, where: str, fix: str, seq: int | None = None) -> NoReturn:
    raise BadFrameError(what, where, fix, seq)
