"""The ASGI application at /live/: one socket a session, and the server's health.

Beside Django and knowing nothing of it: what is asked of a frame here is done twenty times a second for every trainee.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from uuid import UUID

import orjson

from resilience.classroom.classroom import Classroom, NoSuchSessionError, WrongTokenError
from resilience.classroom.connection import FAILED, JOURNAL_DOWN, NO_SUCH_SESSION, Connection, Send
from resilience.classroom.journal import JournalDamagedError, JournalUnavailableError
from resilience.classroom.line import EXTENSION, DirectLine, Taker
from resilience.classroom.live import LiveSession
from resilience.classroom.simulator import ModuleChangedError
from resilience.classroom.wire import LARGEST_FRAME, PROTOCOL, BadFrameError, decode_text

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

BAD_HELLO, WRONG_TOKEN = 4400, 4403
HELLO_SECONDS: Final = 10.0

SERVER_OPTIONS: Final[dict[str, Any]] = {
    "loop": "uvloop",
    "http": "httptools",
    "log_level": "warning",
    "access_log": False,
    "ws": DirectLine,
    "ws_max_size": 4 * LARGEST_FRAME,  # beyond this the server closes by itself with 1009
    "ws_per_message_deflate": False,  # a pose is 54 bytes: compressing costs more time than the line does
}
"""How uvicorn is to serve: the product and what is measured of it alike."""


class LiveApp:
    """`/live/<session id>` (socket) and `/live/health` (JSON)."""

    def __init__(self, classroom: Callable[[], Classroom[Any]]) -> None:
        self._classroom = classroom

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection or request."""
        classroom = self._classroom()
        classroom.start()
        name = scope["path"].rstrip("/").rpartition("/")[2]
        if scope["type"] == "http":
            await _answer(send, *(_health(classroom) if name == "health" else (404, {"what": "no such page"})))
        elif scope["type"] == "websocket":
            line = scope.get("extensions", {}).get(EXTENSION, {}).get("line")
            await _serve(classroom, name, receive, send, line)


def _health(classroom: Classroom[Any]) -> tuple[int, dict[str, Any]]:
    failure = classroom.journal.failure
    body = {
        "ok": failure is None,
        "journal": None if failure is None else failure.strerror,
        "sessions": len(classroom.sessions),
        "connected": sum(live.connection is not None for live in classroom.sessions.values()),
        "ticks": classroom.ticker.lateness.report(),
    }
    return (200 if failure is None else 503), body


async def _answer(send: Send, status: int, body: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": orjson.dumps(body)})


async def _serve(classroom: Classroom[Any], name: str, receive: Receive, send: Send, line: DirectLine | None) -> None:
    await receive()  # websocket.connect
    await send({"type": "websocket.accept"})
    try:
        live = await _greet(classroom, name, receive)
    except _Refused as refused:
        await send({"type": "websocket.close", "code": refused.code, "reason": refused.reason})
        return
    if live is None:
        return
    connection = Connection(send, live.simulator.take_update, asyncio.get_running_loop().time)
    live.attach(connection)
    frames = _Frames(live, connection)
    if line is not None:
        line.taker = Taker(frames.on_binary, frames.on_text)
    sending = asyncio.create_task(connection.run())
    receiving = asyncio.create_task(_receive_all(frames, receive))
    try:
        await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        live.detach(connection)
        for task in (sending, receiving):
            task.cancel()
        for result in await asyncio.gather(sending, receiving, return_exceptions=True):
            # A send to a client that has gone raises an OSError: the receiving side hears of it too.
            if isinstance(result, Exception) and not isinstance(result, OSError):
                log.error("session %s: the connection failed", live.id, exc_info=result)


class _Refused(Exception):  # noqa: N818  a close code on its way to the client
    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


async def _greet(classroom: Classroom[Any], name: str, receive: Receive) -> LiveSession[Any] | None:
    """The session the client's hello opens; None when the client left instead."""
    try:
        message = await asyncio.wait_for(receive(), HELLO_SECONDS)
    except TimeoutError:
        raise _Refused(BAD_HELLO, "no hello came") from None
    if message["type"] == "websocket.disconnect":
        return None
    token = _token_of(message.get("text"))
    if classroom.journal.failure is not None:
        raise _Refused(JOURNAL_DOWN, "the journal cannot be written")
    try:
        return await classroom.join(UUID(name), token)
    except (ValueError, NoSuchSessionError):
        raise _Refused(NO_SUCH_SESSION, "no such session") from None
    except WrongTokenError:
        raise _Refused(WRONG_TOKEN, "wrong token") from None
    except ModuleChangedError as error:
        raise _Refused(NO_SUCH_SESSION, str(error)[:120]) from None
    except (JournalDamagedError, JournalUnavailableError) as error:
        log.error("session %s: %s", name, error)
        raise _Refused(FAILED, "the session's journal cannot be read") from None


def _token_of(text: str | None) -> str:
    try:
        hello = decode_text(text or "")
    except BadFrameError as error:
        raise _Refused(BAD_HELLO, error.what) from None
    if hello["t"] != "hello" or hello.get("protocol") != PROTOCOL:
        raise _Refused(BAD_HELLO, f"say hello with protocol {PROTOCOL} first")
    token = hello.get("token")
    if not isinstance(token, str):
        raise _Refused(BAD_HELLO, "the hello has no token")
    return token


class _Frames:
    """The frames of one client on their way to its session."""

    def __init__(self, live: LiveSession[Any], connection: Connection) -> None:
        self._live, self._connection = live, connection

    def on_binary(self, frame: bytes) -> None:
        if self._connection.closing is not None:
            return
        if len(frame) > LARGEST_FRAME:
            self._live.on_too_large(len(frame))
        else:
            self._live.on_binary(frame)

    def on_text(self, text: str) -> None:
        if self._connection.closing is not None:
            return
        if len(text) > LARGEST_FRAME:
            self._live.on_too_large(len(text))
        else:
            self._live.on_text(text)


async def _receive_all(frames: _Frames, receive: Receive) -> None:
    """Take what comes by ASGI: everything, or what came before the line was taken and the end."""
    while (message := await receive())["type"] == "websocket.receive":
        frame = message.get("bytes")
        if frame is not None:
            frames.on_binary(frame)
        else:
            frames.on_text(message.get("text") or "")
