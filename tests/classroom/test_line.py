from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.client import ClientProtocol
from websockets.frames import Frame
from websockets.uri import parse_uri

from resilience.classroom.line import EXTENSION, DirectLine, Taker

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Wire(asyncio.Transport):
    """A network that keeps what the server writes and counts how often reading was stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.stops = 0
        self.closed = False

    def write(self, data: Any) -> None:
        self.written += data

    def pause_reading(self) -> None:
        self.stops += 1

    def resume_reading(self) -> None: ...

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


class Call:
    """One connection of a client to an application that takes the line when the test says so."""

    def __init__(self) -> None:
        self.by_line: list[bytes | str] = []
        self.by_asgi: list[bytes | str | int] = []
        self.all: list[bytes | str] = []
        self.scope: Message = {}
        self.send: Send | None = None
        self.wire = Wire()
        self.server = served(self._application, self.wire)
        self.client = ClientProtocol(parse_uri("ws://server/live/1"))
        self.client.send_request(self.client.connect())
        self._flush()

    async def _application(self, scope: Message, receive: Receive, send: Send) -> None:
        self.scope, self.send = scope, send
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            got = message["bytes"] if message.get("bytes") is not None else message["text"]
            self.by_asgi.append(got)
            self.all.append(got)
        self.by_asgi.append(message["code"])

    def _flush(self) -> None:
        for data in self.client.data_to_send():
            if data:
                self.server.data_received(data)

    async def open(self) -> None:
        """Wait until the application runs."""
        await settle()
        self.client.receive_data(self.wire.written)
        self.wire.written = b""
        self.client.events_received()

    def take(self) -> None:
        def on(frame: bytes | str) -> None:
            self.by_line.append(frame)
            self.all.append(frame)

        self.scope["extensions"][EXTENSION]["line"].taker = Taker(on, on)

    def binary(self, data: bytes, fin: bool = True) -> None:
        self.client.send_binary(data, fin=fin)
        self._flush()

    def text(self, data: bytes) -> None:
        self.client.send_text(data)
        self._flush()

    def together(self, *frames: bytes) -> None:
        """Several frames in one packet of the network."""
        for frame in frames:
            self.client.send_binary(frame)
        self.server.data_received(b"".join(self.client.data_to_send()))


def served(application: Any, wire: Wire) -> DirectLine:
    config = Config(application, ws=DirectLine, log_config=None, lifespan="off", interface="asgi3")
    config.load()
    server = DirectLine(config, ServerState(), {})
    server.connection_made(wire)
    return server


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
async def call() -> Call:
    opened = Call()
    await opened.open()
    return opened


async def test_until_the_line_is_taken_frames_come_by_asgi(call: Call) -> None:
    call.binary(b"1")
    call.text(b"two")
    await settle()
    assert (call.by_asgi, call.by_line) == ([b"1", "two"], [])


async def test_a_taken_line_hands_frames_over_at_once_and_never_stops_reading(call: Call) -> None:
    call.take()
    stops = call.wire.stops
    call.binary(b"1")
    call.text("zwei – dau".encode())
    call.together(b"3", b"4")
    assert call.by_line == [b"1", "zwei – dau", b"3", b"4"]
    assert (call.by_asgi, call.wire.stops) == ([], stops)


async def test_what_waits_from_before_comes_first(call: Call) -> None:
    call.binary(b"1")
    call.take()
    call.binary(b"2")
    call.text(b"3")
    await settle()
    call.binary(b"4")
    assert call.all == [b"1", b"2", "3", b"4"]
    assert call.by_line == [b"4"]


async def test_a_message_in_pieces_is_handed_over_whole(call: Call) -> None:
    call.take()
    call.binary(b"a", fin=False)
    assert call.by_line == []
    call.client.send_continuation(b"b", fin=True)
    call._flush()
    assert call.by_line == [b"ab"]


async def test_half_a_frame_waits_for_its_other_half(call: Call) -> None:
    call.take()
    call.client.send_binary(b"whole")
    data = b"".join(call.client.data_to_send())
    call.server.data_received(data[:4])
    assert call.by_line == []
    call.server.data_received(data[4:])
    assert call.by_line == [b"whole"]


async def test_text_that_is_no_text_closes_with_1007_and_is_not_handed_over(call: Call) -> None:
    call.take()
    call.text(b"\xff\xfe")
    call.client.receive_data(call.wire.written)
    assert call.client.close_rcvd is not None
    assert call.client.close_rcvd.code == 1007
    assert call.by_line == []


async def test_after_the_applications_close_nothing_is_handed_over(call: Call) -> None:
    call.take()
    assert call.send is not None
    await call.send({"type": "websocket.close", "code": 4409, "reason": "taken over"})
    call.binary(b"late")
    call.text(b"later")
    assert call.by_line == []


async def test_the_end_comes_by_asgi(call: Call) -> None:
    call.take()
    call.client.send_close(1001)
    call._flush()
    await settle()
    assert call.by_asgi == [1001]


async def test_pings_of_the_protocol_are_answered_and_not_handed_over(call: Call) -> None:
    call.take()
    call.client.send_ping(b"there?")
    call._flush()
    call.client.receive_data(call.wire.written)
    pong = call.client.events_received()[-1]
    assert isinstance(pong, Frame)
    assert pong.data == b"there?"
    assert call.by_line == []


async def test_a_connection_that_is_no_websocket_is_refused_as_before() -> None:
    wire = Wire()
    served(None, wire).data_received(b"GET /live/1 HTTP/1.1\r\nHost: server\r\nUpgrade: websocket\r\n\r\n")
    assert wire.written.startswith(b"HTTP/1.1 4")
    assert wire.closed
