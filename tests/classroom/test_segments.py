from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from resilience.classroom.segments import HEADER, LONGEST_PAYLOAD, MAGIC, Kind, Place, Record, decode, encode, scan

numbers = st.integers(0, 2**32 - 1)
records = st.builds(
    Record,
    st.sampled_from(Kind),
    st.binary(min_size=16, max_size=16),
    numbers,
    st.builds(Place, numbers, numbers),
    st.binary(max_size=200),
)


@given(records)
def test_a_record_reads_back_as_it_was_written(record: Record) -> None:
    assert decode(encode(*record)) == record


@given(st.lists(records, max_size=8), st.data())
def test_a_segment_cut_at_any_byte_holds_the_records_before_the_cut(written: list[Record], data: st.DataObject) -> None:
    encoded = [encode(*record) for record in written]
    whole = MAGIC + b"".join(encoded)
    cut = data.draw(st.integers(0, len(whole)))
    kept, end = 0, len(MAGIC)
    while kept < len(encoded) and end + len(encoded[kept]) <= cut:
        end += len(encoded[kept])
        kept += 1
    assert [record for _, record in scan(whole[:cut])] == written[:kept]


@given(st.lists(records, min_size=1, max_size=5), st.data())
def test_a_flipped_bit_ends_the_segment_before_its_record(written: list[Record], data: st.DataObject) -> None:
    whole = bytearray(MAGIC + b"".join(encode(*record) for record in written))
    at = data.draw(st.integers(len(MAGIC), len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    hit, end = 0, len(MAGIC)
    while (end := end + HEADER.size + len(written[hit].payload)) <= at:
        hit += 1
    assert [record for _, record in scan(bytes(whole))] == written[:hit]


def test_offsets_lead_back_to_the_records() -> None:
    written = [Record(Kind.POSE, bytes(16), n, Place(1, n), bytes(n)) for n in range(5)]
    data = MAGIC + b"".join(encode(*record) for record in written)
    assert [decode(data, offset) for offset, _ in scan(data)] == written


def test_a_file_that_is_no_segment_holds_nothing() -> None:
    assert list(scan(encode(Kind.POSE, bytes(16), 0, Place(0, 0), b""))) == []
    assert list(scan(b"")) == []


def test_a_length_beyond_reason_is_damage() -> None:
    record = bytearray(encode(Kind.POSE, bytes(16), 0, Place(0, 0), b""))
    record[:4] = (LONGEST_PAYLOAD + 1).to_bytes(4, "little")
    assert decode(bytes(record) + bytes(LONGEST_PAYLOAD + 1)) is None
