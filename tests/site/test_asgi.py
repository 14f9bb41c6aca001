"""Where a connection goes."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from resilience.site import live
from resilience.site.asgi import application

Message = MutableMapping[str, Any]


class Line:
    """Both ends of a connection: what the server will receive, and what it sent."""

    def __init__(self, *incoming: Message) -> None:
        self.incoming = list(incoming)
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        return self.incoming.pop(0)

    async def send(self, message: Message) -> None:
        self.sent.append(message)


async def test_live_goes_to_the_classroom(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []

    async def classroom(scope: Message, receive: Any, send: Any) -> None:
        reached.append(scope["path"])

    monkeypatch.setattr(live, "application", classroom)
    line = Line()
    await application({"type": "websocket", "path": "/live/x"}, line.receive, line.send)
    assert reached == ["/live/x"]


async def test_a_socket_elsewhere_is_closed() -> None:
    line = Line({"type": "websocket.connect"})
    await application({"type": "websocket", "path": "/elsewhere"}, line.receive, line.send)
    assert line.sent == [{"type": "websocket.close", "code": 4404}]


async def test_the_classroom_lives_as_long_as_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    async def start() -> None:
        await asyncio.sleep(0)
        done.append("started")

    async def stop() -> None:
        done.append("stopped")

    monkeypatch.setattr(live, "start", start)
    monkeypatch.setattr(live, "stop", stop)
    line = Line({"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    await application({"type": "lifespan"}, line.receive, line.send)
    assert done == ["started", "stopped"]
    assert [message["type"] for message in line.sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
