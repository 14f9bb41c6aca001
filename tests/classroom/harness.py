"""A classroom without a network: called as an ASGI server calls it, its clock and beat in the test's hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from resilience.classroom.app import LiveApp
from resilience.classroom.birth import Birth
from resilience.classroom.classroom import Classroom
from resilience.classroom.disk import Disk
from resilience.classroom.journal import Journal
from resilience.classroom.segments import Kind
from resilience.classroom.wire import Action, encode_pose
from resilience.people.tokens import hashed
from tests.classroom.counter import Counter

TOKEN = "token"
BIRTH = Birth("counter", "1.0.0", "hash", 7, "practice", "en", hashed(TOKEN))
AT = [0, 0, 0, 0, 0, 0, 1]


def pose(seq: int, tick: int) -> bytes:
    return encode_pose({"seq": seq, "tick": tick, "head": AT, "left": AT, "right": None})


class Client:
    """One socket as the server sees it. `messages` holds what was sent and not yet asked for."""

    def __init__(self, app: LiveApp, name: str) -> None:
        self.closed: int | None = None
        self.reading = asyncio.Event()
        self.reading.set()
        self._incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._incoming.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.create_task(
            app({"type": "websocket", "path": f"/live/{name}"}, self._incoming.get, self._send)
        )

    async def _send(self, event: Any) -> None:
        await self.reading.wait()
        if event["type"] == "websocket.close":
            self.closed = event["code"]
            self._incoming.put_nowait({"type": "websocket.disconnect", "code": event["code"]})
        elif event["type"] == "websocket.send":
            self._outgoing.put_nowait(orjson.loads(event["text"]))

    def text(self, text: str) -> None:
        self._incoming.put_nowait({"type": "websocket.receive", "text": text})

    def bytes(self, frame: bytes) -> None:
        self._incoming.put_nowait({"type": "websocket.receive", "bytes": frame})

    def say(self, **message: Any) -> None:
        self.text(orjson.dumps(message).decode())

    def act(self, seq: int, tick: int, verb: str = "move", **fields: Any) -> None:
        self.say(t="act", a={"seq": seq, "tick": tick, "verb": verb, **fields})

    async def next(self, kind: str) -> dict[str, Any]:
        """The next message of a kind; those before it are passed over."""
        while True:
            message = await asyncio.wait_for(self._outgoing.get(), 10)
            if message["t"] == kind:
                return message

    async def rest(self) -> list[dict[str, Any]]:
        """What else has come once the server has done all it can do now."""
        await settle()
        return [self._outgoing.get_nowait() for _ in range(self._outgoing.qsize())]

    async def ping(self) -> None:
        """Wait until everything sent before has been dealt with."""
        self.say(t="ping", n=1)
        await self.next("pong")

    async def leave(self) -> None:
        self._incoming.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self.task, 10)


async def settle() -> None:
    """Let every task run until it waits for something that is in the test's hand."""
    for _ in range(20):
        await asyncio.sleep(0)


class Room:
    """A classroom on a journal whose commits the test calls, with `now` seconds on its clock."""

    def __init__(self, folder: Path, disk: Disk | None = None, begin: Callable[[Birth], Any] | None = None) -> None:
        self.now = 1000.0
        self.concluded: list[tuple[UUID, list[Action]]] = []
        self.simulators: list[Any] = []
        self.refuse_conclusion = False
        self._begin = begin or (lambda _birth: Counter())
        self.journal = Journal(folder, disk)
        self.classroom: Classroom[Any] = Classroom(
            self.journal, self._begin_one, self._conclude, keep_seconds=30 * 86400, now=lambda: self.now
        )
        self.classroom.start_writing = lambda: None  # type: ignore[method-assign]
        self.app = LiveApp(lambda: self.classroom)
        self._beats = 0

    def _begin_one(self, birth: Birth) -> Any:
        self.simulators.append(self._begin(birth))
        return self.simulators[-1]

    def _conclude(self, id_: UUID, birth: Birth, simulator: Any, actions: list[Action]) -> str:
        if self.refuse_conclusion:
            raise OSError("the database is away")
        self.concluded.append((id_, actions))
        return f"/reveal/{id_}"

    def create(self, birth: Birth = BIRTH) -> UUID:
        id_ = UUID(int=len(self.journal.sessions()) + 1)
        self.journal.append(id_.bytes, Kind.CREATED, birth.to_payload())
        assert self.journal.commit()
        return id_

    def connect(self, id_: UUID | str) -> Client:
        return Client(self.app, str(id_))

    async def enter(self, id_: UUID, have: int = 0) -> tuple[Client, dict[str, Any]]:
        """A client past its hello, and the welcome it got."""
        client = self.connect(id_)
        client.say(t="hello", protocol=1, token=TOKEN, have=have)
        return client, await client.next("welcome")

    def beat(self, times: int = 5) -> None:
        for _ in range(times):
            self._beats += 1
            self.classroom.on_tick(self._beats)

    async def close(self) -> None:
        await self.classroom.stop()
        self.journal.close()
