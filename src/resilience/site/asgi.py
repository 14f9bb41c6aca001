"""One ASGI application: `/live/` is the classroom's socket, scans at a door are taken together, the rest is Django."""

from __future__ import annotations

import asyncio
import os
from functools import lru_cache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience.site.settings")

import django

django.setup()

from django.core.handlers.asgi import ASGIHandler  # noqa: E402  needs Django set up

from resilience.site import live, reveals  # noqa: E402  need it too
from resilience.site.scans import Scans  # noqa: E402  needs it too
from resilience.site.uploads import bounded  # noqa: E402


@lru_cache(maxsize=1)
def pages() -> ASGIHandler:
    """Django, with its middleware read once."""
    return ASGIHandler()


async def page(scope: live.Scope, receive: live.Receive, send: live.Send) -> None:
    """A page, which is given no more of a body than any page takes."""
    await pages()(scope, bounded(scope, receive), send)  # type: ignore[arg-type]


scans = Scans(page)


async def application(scope: live.Scope, receive: live.Receive, send: live.Send) -> None:
    """Sends each connection to its side of the house."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["path"].startswith("/live/"):
        await live.application(scope, receive, send)
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4404})
    elif scans.takes(scope):
        await scans(scope, receive, send)
    else:
        await page(scope, receive, send)


async def lifespan(receive: live.Receive, send: live.Send) -> None:
    """Starts the classroom beside the first pages, and lets it write what is left before the server goes."""
    await receive()
    starting = asyncio.create_task(live.start())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await starting
    await live.stop()
    scans.stop()
    reveals.worker.stop()
    await send({"type": "lifespan.shutdown.complete"})
