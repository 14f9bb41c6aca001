"""A log replays to its outcome, to the bit; what cannot be replayed is refused with file and line."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.training.errors import BadInput
from resilience.training.log import log_lines
from resilience.training.replay import Replayed, replay
from tests.training.runs import MODULE, idle, log_of, module, run


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in log_of().splitlines()]


def written(changed: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in changed)


def by_hand(**header: Any) -> bytes:
    """A short log as a person would write it, without content hash and last line."""
    first = {"format": "resilience-session/1", "module": MODULE, "version": module().version, "seed": 3}
    return written(
        [
            {**first, "mode": "practice", **header},
            {"tick": 10, "verb": "move", "station": "cabinet"},
            {"tick": 40, "verb": "finish"},
        ]
    )


def test_a_run_replays_to_its_outcome() -> None:
    again = replay(log_of(), module=module())
    assert again.outcome == run().outcome
    assert again.recorded_hash == again.outcome.hash
    assert again.agrees
    assert again.session.events == run().session.events


def test_compression_and_spacing_do_not_matter() -> None:
    assert replay(gzip.compress(log_of()), module=module()).outcome == run().outcome
    assert replay(written(lines()), module=module()).outcome.log_hash == run().outcome.log_hash


def test_a_log_written_by_hand_replays() -> None:
    done = replay(by_hand())
    assert done.recorded_hash is None
    assert done.agrees
    assert done.outcome.seconds == 2.0
    assert done.outcome.mode == "practice"


def test_a_session_that_was_left_is_judged_as_it_stands() -> None:
    left = b"".join(by_hand().splitlines(keepends=True)[:-1])
    done = replay(left)
    assert done.outcome.seconds == 0.5
    assert done.outcome.verdict == "not_yet_competent"


def test_an_altered_action_does_not_agree() -> None:
    changed = lines()
    answer = next(line for line in changed if line.get("verb") == "record" and line["field"].startswith("lot-"))
    answer["value"] = "X-0000"
    again = replay(written(changed), module=module())
    assert not again.agrees
    assert again.recorded_hash == run().outcome.hash


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ({"version": "0.9.0"}, "is of version 0.9.0"),
        ({"content_hash": "0" * 64}, "content hash differs"),
        ({"module": "needlework"}, "no module `needlework`"),
        ({"language": "fr"}, "does not speak `fr`"),
    ],
)
def test_a_log_of_something_else_is_refused(header: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput) as caught:
        replay(by_hand(**header), name="old.jsonl")
    assert what in caught.value.what
    assert caught.value.where.startswith("old.jsonl:1")


def test_a_log_of_another_module_than_asked_for_is_refused() -> None:
    with pytest.raises(BadInput, match="is of module `controls`"):
        replay(by_hand(module="controls"), module=module())


def test_another_version_is_accepted_by_name_alone() -> None:
    assert replay(by_hand(version="0.9.0"), accept_version="0.9.0").outcome.version == module().version
    assert replay(by_hand(content_hash="0" * 64), accept_version=module().version).agrees
    with pytest.raises(BadInput, match=r"--accept-version 0\.9\.0"):
        replay(by_hand(version="0.9.0"), accept_version="0.8.0")


@pytest.mark.parametrize(
    "action",
    [
        {"tick": 10, "verb": "fly"},
        {"tick": 10, "verb": "move", "station": "moon"},
        {"tick": 5, "verb": "pause"},
        {"verb": "pause"},
        {},
    ],
)
def test_a_bad_action_is_named_with_its_line(action: dict[str, Any]) -> None:
    head = by_hand().splitlines(keepends=True)
    with pytest.raises(BadInput) as caught:
        replay(b"".join(head[:2]) + written([action]), name="log")
    assert caught.value.where.startswith("log:3")


def test_nothing_follows_the_finish() -> None:
    with pytest.raises(BadInput) as caught:
        replay(by_hand() + written([{"tick": 50, "verb": "pause"}]), name="log")
    assert caught.value.where.startswith("log:4")


def attempted(log: bytes) -> Replayed | BadInput:
    """The replay, or what is wrong with the log. Any other exception fails the test."""
    try:
        return replay(log, name="log", module=module())
    except BadInput as error:
        return error


@cache
def beginning() -> bytes:
    """The first lines of a real log: actions of several verbs, and poses."""
    return b"".join(log_of().splitlines(keepends=True)[:80])


places = st.floats(0, 1, exclude_max=True)


@given(places, st.booleans())
def test_a_log_cut_off_anywhere_is_a_shorter_session_or_bad_input(place: float, packed: bool) -> None:
    whole = gzip.compress(beginning()) if packed else beginning()
    came = attempted(whole[: int(place * len(whole))])
    if isinstance(came, BadInput):
        assert came.where.startswith("log:")
    else:
        assert came.outcome.verdict == "not_yet_competent"


@given(places, st.integers(0, 255))
def test_one_altered_byte_never_breaks_the_replay(place: float, byte: int) -> None:
    whole = beginning()
    at = int(place * len(whole))
    came = attempted(whole[:at] + bytes([byte]) + whole[at + 1 :])
    assert isinstance(came, BadInput | Replayed)


def test_the_shortest_session_replays() -> None:
    session = idle()
    log = b"".join(log_lines(session.header, [{"seq": 1, "tick": 100, "verb": "finish"}], session.outcome().hash))
    assert replay(log).agrees
