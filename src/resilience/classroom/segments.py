"""Segment files of the journal: how a record lies on disk and how it is read back after anything happened to the disk.

A segment is the line `MAGIC` and then records, each `HEADER` and a payload. The CRC covers everything behind it, so a
record that was torn by a power cut, or never fully written, is not a record. A record names the place of the record of
the same session before it: one session is read by walking back from its last record, whatever else lies between.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

MAGIC = b"resilience journal 1\n"

# u32 payload length, u32 CRC-32 of all that follows, u8 kind, session id, u32 ordinal within the session,
# u32 segment and u32 offset of the session's record before this one (0, 0 for the first)
HEADER = struct.Struct("<IIB16sIII")
_AFTER_CRC = struct.Struct("<B16sIII")
_LENGTH_AND_CRC = struct.Struct("<II")

# A frame is at most 16 KiB and a creation far less: a longer length is damage, not a record.
LONGEST_PAYLOAD = 1 << 20


class Kind(IntEnum):
    """What a record says about its session."""

    CREATED = 1  # JSON: module, version, content hash, seed, mode, language, hash of the token
    POSE = 2  # a binary pose frame as it came
    ACTION = 3  # an action as JSON
    FINISH = 4  # the accepted `finish`, as JSON: from here on the session is to be recorded
    RECORDED = 5  # the session stands in the record: its journal is no longer needed
    EXPIRED = 6  # nobody came back for the session in time: its journal is no longer needed


_KINDS = frozenset(int(kind) for kind in Kind)
ENDED = frozenset({Kind.RECORDED, Kind.EXPIRED})


class Place(NamedTuple):
    """Where a record begins: number of the segment (from 1) and offset in bytes."""

    segment: int
    offset: int


NOWHERE = Place(0, 0)


class Record(NamedTuple):
    """One entry of one session."""

    kind: Kind
    session: bytes
    ordinal: int
    before: Place
    payload: bytes


def encode(kind: int, session: bytes, ordinal: int, before: tuple[int, int], payload: bytes) -> bytes:
    """The bytes of a record as they are written."""
    rest = _AFTER_CRC.pack(kind, session, ordinal, before[0], before[1]) + payload
    return _LENGTH_AND_CRC.pack(len(payload), zlib.crc32(rest)) + rest


def decode(data: bytes, offset: int = 0) -> Record | None:
    """The record that begins at `offset`, or None when there is no whole, undamaged one."""
    start = offset + HEADER.size
    if start > len(data):
        return None
    length, crc, kind, session, ordinal, segment, at = HEADER.unpack_from(data, offset)
    end = start + length
    if length > LONGEST_PAYLOAD or end > len(data):
        return None
    if zlib.crc32(memoryview(data)[offset + _LENGTH_AND_CRC.size : end]) != crc or kind not in _KINDS:
        return None
    return Record(Kind(kind), session, ordinal, Place(segment, at), data[start:end])


def scan(data: bytes) -> Iterator[tuple[int, Record]]:
    """Every record of a segment with its offset, up to the first that is torn or damaged."""
    if not data.startswith(MAGIC):
        return
    offset = len(MAGIC)
    while (record := decode(data, offset)) is not None:
        yield offset, record
        offset += HEADER.size + len(record.payload)
