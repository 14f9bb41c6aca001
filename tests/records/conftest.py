"""Records made by hand: their logs are not sessions, so tests of the chain bring their own replay."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from resilience.records import services
from resilience.records.models import SessionRecord


def outcome_of(number: int) -> dict[str, Any]:
    return {"verdict": "competent", "findings": [], "seconds": 60.0 + number, "seed": number}


def replay(log: bytes) -> dict[str, Any]:
    """Reads the outcome out of the made-up log."""
    return outcome_of(int(orjson.loads(gzip.decompress(log))["number"]))


def finished(number: int, **instead: Any) -> services.Finished:
    fields: dict[str, Any] = {
        "session": f"session-{number}",
        "module": "aseptic-filling",
        "version": "1.0.0",
        "content_hash": "c" * 64,
        "seed": number,
        "mode": "practice",
        "language": "en",
        "log": gzip.compress(orjson.dumps({"number": number}), mtime=0),
        "outcome": outcome_of(number),
    }
    return services.Finished(**(fields | instead))


@pytest.fixture
def chain_of(store: str) -> Callable[[int], list[SessionRecord]]:
    """Stores so many records and returns them."""

    def make(count: int) -> list[SessionRecord]:
        return [services.record(finished(number)) for number in range(1, count + 1)]

    return make
