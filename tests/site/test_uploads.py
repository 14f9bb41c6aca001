"""A request larger than a form with a file may be is not read, whatever it says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.site import uploads
from resilience.site.uploads import bounded


class Sender:
    """A client that sends a body in pieces and hangs up afterwards."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    async def receive(self) -> dict[str, Any]:
        if not self.pieces:
            return {"type": "http.disconnect"}
        piece = self.pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces)}


async def read(sender: Sender, headers: list[tuple[bytes, bytes]]) -> bytes:
    """The body as an application sees it; what follows it is the end of the connection."""
    receive = bounded({"headers": headers}, sender.receive)
    body = b""
    while True:
        message = await receive()
        assert message["type"] == "http.request"
        body += message["body"]
        if not message["more_body"]:
            break
    assert (await receive())["type"] == "http.disconnect"
    assert not sender.pieces
    return body


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST_BODY", 10)


async def test_a_small_body_is_handed_on() -> None:
    assert await read(Sender(b"abc", b"def"), [(b"content-length", b"6")]) == b"abcdef"


async def test_of_a_body_that_announces_too_much_nothing_is_handed_on() -> None:
    assert await read(Sender(*[b"x" * 5] * 4), [(b"content-length", b"20")]) == b""


async def test_a_body_that_hides_its_size_is_cut_off() -> None:
    assert len(await read(Sender(*[b"x" * 4] * 100), [])) < 10


async def test_a_length_that_is_no_number_is_none() -> None:
    assert await read(Sender(b"abc"), [(b"content-length", b"-3")]) == b"abc"
