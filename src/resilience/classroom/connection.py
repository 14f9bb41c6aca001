"""What goes out to one client, so that a client which does not read delays nobody but itself.

Messages wait in a bounded queue that one task empties. Acknowledgements are one number and updates are asked of the
session at the moment of sending, so that for a slow client both are coalesced instead of queued.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from resilience.classroom.wire import encode

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Message = dict[str, Any]

LONGEST_QUEUE: Final = 256
"""Messages that may wait; a client that lets more than these stand is closed."""
LONGEST_STALL: Final = 10.0
"""Seconds one message may take to be handed to the network."""

NO_SUCH_SESSION = 4404
NOT_READING, TAKEN_OVER, TOO_LARGE, TOO_FAST, JOURNAL_DOWN, FAILED = 4408, 4409, 4413, 4429, 4503, 1011


class Connection:
    """One client's outgoing side. `take_update` gives what changed since the last call, or None."""

    def __init__(self, send: Send, take_update: Callable[[], Message | None], now: Callable[[], float]) -> None:
        self._send = send
        self._take_update = take_update
        self._now = now
        self._queue: deque[Message] = deque()
        self._ack: int | None = None
        self._update_due = False
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._sending_since: float | None = None
        self.closing: tuple[int, str] | None = None

    def say(self, message: Message) -> None:
        """Queue a message that must arrive."""
        if self.closing is not None:
            return
        self._queue.append(message)
        if len(self._queue) > LONGEST_QUEUE:
            self.abort()
        self._wake.set()

    def acknowledge(self, seq: int) -> None:
        """Everything up to `seq` is on disk."""
        self._ack = seq
        self._wake.set()

    def update_soon(self) -> None:
        """Something changed; the change is taken from the session when it can be sent."""
        self._update_due = True
        self._wake.set()

    def close(self, code: int, reason: str) -> None:
        """Send what is queued, then close; not waiting for a client that does not read."""
        if self.closing is None:
            self.closing = (code, reason)
            self._wake.set()
            asyncio.get_running_loop().call_later(LONGEST_STALL, self._cancel)

    def abort(self) -> None:
        """Let go of a client that does not read; nothing more can be sent to it."""
        self.closing = (NOT_READING, "not reading")
        self._cancel()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def is_stalled(self) -> bool:
        """Whether the message being sent has been waiting for the client for too long."""
        return self._sending_since is not None and self._now() - self._sending_since > LONGEST_STALL

    async def run(self) -> None:
        """Send until closed."""
        self._task = asyncio.current_task()
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self._send_waiting()
            if self.closing is not None:
                code, reason = self.closing
                await self._send({"type": "websocket.close", "code": code, "reason": reason})
                return

    async def _send_waiting(self) -> None:
        # Updates before acknowledgements and messages: an outcome must find the client's world complete.
        if self._update_due and self.closing is None:
            self._update_due = False
            update = self._take_update()
            if update is not None:
                await self._deliver({"t": "update", **update})
        while self._queue:
            await self._deliver(self._queue.popleft())
        if self._ack is not None:
            ack, self._ack = self._ack, None
            await self._deliver({"t": "ack", "seq": ack})

    async def _deliver(self, message: Message) -> None:
        self._sending_since = self._now()
        await self._send({"type": "websocket.send", "text": encode(message)})
        self._sending_since = None
