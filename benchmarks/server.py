"""The server that is measured: the product's socket at /live/, and beside it a plain echo on the same uvicorn.

`/prepare/<tick>` (only here, never in the product) writes a session into the journal that has taken the expert's run up
to a tick: joining it is the product's own resume.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from benchmarks.machine import keep_to_core
from benchmarks.traffic import MODULE, SEED

TOKEN = "benchmark"
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]


def main(port: int, core: int, traffic: Path) -> None:
    """Serve until killed."""
    import django
    import uvicorn

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience.site.settings")
    django.setup()
    from resilience.classroom.app import SERVER_OPTIONS

    keep_to_core(core)
    config = uvicorn.Config(
        application(orjson.loads(traffic.read_bytes())),
        host="127.0.0.1",
        port=port,
        lifespan="off",
        **SERVER_OPTIONS,
    )
    uvicorn.Server(config).run()


def application(actions: list[dict[str, Any]]) -> Callable[[Event, Receive, Send], Awaitable[None]]:
    """The product's socket, the echo, and the preparation of sessions."""
    from resilience.classroom import services

    async def serve(scope: Event, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path == "/echo":
            await echo(receive, send)
        elif path.startswith("/prepare/"):
            tick = int(path.rpartition("/")[2])
            id_ = await asyncio.to_thread(prepare, [action for action in actions if action["tick"] < tick])
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": orjson.dumps(id_)})
        else:
            await services.live(scope, receive, send)

    return serve


async def echo(receive: Receive, send: Send) -> None:
    """Send back every frame as it came."""
    await receive()
    await send({"type": "websocket.accept"})
    while (event := await receive())["type"] == "websocket.receive":
        data = event.get("bytes")
        if data is not None:
            await send({"type": "websocket.send", "bytes": data})
        else:
            await send({"type": "websocket.send", "text": event["text"]})


def prepare(actions: list[dict[str, Any]]) -> str:
    """Write a session that has taken these actions into the journal; returns its id."""
    from resilience.classroom import services
    from resilience.classroom.birth import Birth
    from resilience.classroom.segments import Kind
    from resilience.classroom.simulator import load_module
    from resilience.classroom.wire import encode_pose
    from resilience.people.tokens import hashed

    module = load_module(MODULE)
    birth = Birth(MODULE, module.version, module.content_hash, SEED, "practice", "en", hashed(TOKEN))
    classroom = services.classroom()
    classroom.start_writing()
    id_ = uuid4()
    classroom.journal.append(id_.bytes, Kind.CREATED, birth.to_payload())
    for action in actions:
        if action["verb"] == "pose":
            classroom.journal.append(id_.bytes, Kind.POSE, encode_pose(action))
        else:
            classroom.journal.append(id_.bytes, Kind.ACTION, orjson.dumps(action))
    classroom.journal.settle(60)
    return str(id_)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
