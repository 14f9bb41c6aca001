"""The session log: what is written reads back, and all that is wrong with a log is said with its line."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.training import log as log_module
from resilience.training.errors import BadInput
from resilience.training.log import MOST_LINE_BYTES, Header, LogHash, LogReader, log_lines, write_log

HEADER = Header("aseptic-filling", "1.0.0", 7, "assessment", "en", "ab" * 32)
ACTIONS: list[dict[str, Any]] = [
    {"seq": 1, "tick": 3, "verb": "move", "station": "cabinet"},
    {
        "seq": 2,
        "tick": 4,
        "verb": "pose",
        "head": [0, 1600, -800, 0.0, 0.0, 0.0, 1.0],
        "left": None,
        "right": [1, 2, 3],
    },
    {"seq": 3, "tick": 9, "verb": "record", "field": "filled", "value": "deuddeg ✓"},
]
HASH = "cd" * 32

words = st.text(st.characters(codec="utf-8"), max_size=12)
fields = st.dictionaries(st.sampled_from(["hand", "item", "value"]), words | st.integers(0, 99) | st.none())
actions = st.lists(
    st.tuples(st.integers(0, 10**6), fields).map(lambda made: {"verb": "use", "tick": made[0], **made[1]}), max_size=8
)


def read(data: bytes) -> tuple[Header, list[dict[str, Any]], str | None]:
    reader = LogReader(data, "a.jsonl")
    return reader.header, [action for _, action in reader], reader.outcome_hash


def text(*lines: Any) -> bytes:
    return b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)


def complaint(data: bytes) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read(data)
    return caught.value


@given(actions, st.none() | st.just(HASH), st.booleans())
def test_what_is_written_reads_back(made: list[dict[str, Any]], outcome: str | None, packed: bool) -> None:
    data = b"".join(log_lines(HEADER, made, outcome))
    assert read(gzip.compress(data) if packed else data) == (HEADER, made, outcome)


def refusal(data: bytes) -> BadInput | None:
    """What is wrong with a log; None where nothing is. Any other exception fails the test."""
    try:
        read(data)
    except BadInput as error:
        return error
    return None


@given(st.data(), st.booleans())
def test_a_log_cut_off_anywhere_is_refused_or_a_shorter_log(data: st.DataObject, packed: bool) -> None:
    whole = b"".join(log_lines(HEADER, ACTIONS, HASH))
    whole = gzip.compress(whole) if packed else whole
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    error = refusal(cut)
    if error is not None:
        assert error.where.startswith("a.jsonl:")
        return
    header, found, outcome = read(cut)
    assert header == HEADER
    assert found == ACTIONS[: len(found)]
    assert outcome in (None, HASH)


@given(st.binary(max_size=80), st.booleans())
def test_no_bytes_are_more_than_bad_input(noise: bytes, packed: bool) -> None:
    head = text(HEADER.as_dict())
    for data in (noise, head + noise, gzip.compress(head)[:-9] + noise, gzip.compress(noise) if packed else noise):
        error = refusal(data)
        assert error is None or error.where


@pytest.mark.parametrize("name", ["log.jsonl", "log.jsonl.gz"])
def test_a_file_reads_back_and_is_the_same_each_time(name: str, tmp_path: Path) -> None:
    write_log(tmp_path / name, HEADER, ACTIONS, HASH)
    first = (tmp_path / name).read_bytes()
    write_log(tmp_path / name, HEADER, ACTIONS, HASH)
    assert (tmp_path / name).read_bytes() == first
    with LogReader(tmp_path / name) as reader:
        assert [line for line, _ in reader] == [2, 3, 4]
        assert reader.outcome_hash == HASH


def test_a_stream_is_read_as_well_as_a_file() -> None:
    reader = LogReader(io.BytesIO(b"".join(log_lines(HEADER, ACTIONS))), "a stream")
    assert len(list(reader)) == 3
    assert reader.outcome_hash is None


def test_a_log_by_hand_may_lack_language_content_and_last_line_and_hold_empty_lines() -> None:
    short = {"format": "resilience-session/1", "module": "controls", "version": "1.0.0", "seed": 1, "mode": "practice"}
    header, found, outcome = read(text(short, b"\n", ACTIONS[0], b"  \n"))
    assert header == Header("controls", "1.0.0", 1, "practice", "en", None)
    assert header.completed(HASH).content_hash == HASH
    assert (found, outcome) == ([ACTIONS[0]], None)


def test_the_hash_does_not_see_spacing_order_or_compression() -> None:
    def hashed(data: bytes) -> str:
        reader = LogReader(data)
        running = LogHash(reader.header)
        for _, action in reader:
            running.add(action)
        return running.hexdigest()

    tidy = b"".join(log_lines(HEADER, ACTIONS, HASH))
    loose = text(*(dict(reversed(line.items())) for line in (HEADER.as_dict(), *ACTIONS)))
    assert hashed(tidy) == hashed(loose) == hashed(gzip.compress(loose))
    assert hashed(text(HEADER.as_dict(), *ACTIONS[:2])) != hashed(tidy)


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"", 1, "empty"),
        (b"\n\n", 3, "empty"),
        (b"hello\n", 1, "not JSON"),
        (b"[1]\n", 1, "not a JSON object"),
        (text({"seq": 1}), 1, "format is none"),
        (text({"format": "resilience-session/2"}), 1, "`resilience-session/2`"),
        (text(HEADER.as_dict() | {"seed": -1}), 1, "`seed`"),
        (text(HEADER.as_dict() | {"seed": "7"}), 1, "`seed`"),
        (text(HEADER.as_dict() | {"mode": "exam"}), 1, "`mode`"),
        (text(HEADER.as_dict() | {"version": "one"}), 1, "`version`"),
        (text(HEADER.as_dict() | {"who": "me"}), 1, "`who`"),
        (text(HEADER.as_dict(), ACTIONS[0], b'{"verb": \n'), 3, "not JSON"),
        (text(HEADER.as_dict(), b"7\n"), 2, "not a JSON object"),
        (text(HEADER.as_dict(), {"outcome_hash": HASH}, ACTIONS[0]), 3, "goes on after its last line"),
        (text(HEADER.as_dict(), {"outcome_hash": HASH, "x": 1}), 2, "more than the outcome's hash"),
        (text(HEADER.as_dict(), {"outcome_hash": 5}), 2, "more than the outcome's hash"),
        (text(HEADER.as_dict(), {"verb": "x" * MOST_LINE_BYTES}), 2, "longer than"),
        (gzip.compress(text(HEADER.as_dict(), *ACTIONS), mtime=0)[:-12], 4, "cut off"),
        (gzip.compress(text(HEADER.as_dict()), mtime=0)[:12] + b"\x00" * 30, 1, "cut off or damaged"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(data: bytes, line: int, what: str) -> None:
    error = complaint(data)
    assert error.where == f"a.jsonl:{line}"
    assert what in error.what
    assert error.fix


def test_a_log_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "MOST_LINES", 3)
    assert complaint(text(HEADER.as_dict(), *ACTIONS)).where == "a.jsonl:4"
    assert complaint(gzip.compress(text(HEADER.as_dict()) + b"\n" * 1000)).where == "a.jsonl:4"


def test_a_log_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.jsonl"):
        LogReader(tmp_path / "nowhere.jsonl")
    with pytest.raises(BadInput, match="cannot be read"):
        LogReader(tmp_path)


def test_a_log_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        write_log(tmp_path / "no" / "log.jsonl", HEADER, ACTIONS)
