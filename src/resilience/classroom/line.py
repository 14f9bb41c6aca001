"""uvicorn's socket with a direct line: frames go to who takes them at the moment they arrive.

Through ASGI every frame waits in a queue, stops the reading of its socket, wakes a task and starts the reading again.
Twenty times a second for every trainee that is most of what a pose costs. The protocol itself stays the library's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Request

EXTENSION: Final = "resilience.line"
"""Under this name a connection's scope offers its `DirectLine` (as `line`) among the extensions."""


class Taker(NamedTuple):
    """Who takes frames; called one after the other, in the order in which they came."""

    on_binary: Callable[[bytes], None]
    on_text: Callable[[str], None]


class DirectLine(WebSocketsSansIOProtocol):
    """A socket whose application may take frames directly; until it does, and on any other server, they come by ASGI.

    The end of a connection always comes by ASGI.
    """

    taker: Taker | None = None

    def handle_connect(self, event: Request) -> None:
        """Offer the line with the connection."""
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][EXTENSION] = {"line": self}

    def handle_events(self) -> None:
        """See to what the protocol has found; nearly always it is one pose, which goes the shortest way."""
        events = self.conn.events
        if len(events) == 1 and self.taker is not None and not self.close_sent and self.queue.empty():
            frame = events[0]
            if type(frame) is Frame and frame.opcode is Opcode.BINARY and frame.fin:
                self.conn.events_received()
                self.taker.on_binary(bytes(frame.data))
                return
        super().handle_events()

    def send_receive_event_to_app(self) -> None:
        """Hand a whole message over."""
        # What came before the line was taken may still wait for the application, and comes first.
        if self.taker is None or self.close_sent or not self.queue.empty():
            super().send_receive_event_to_app()
            return
        frames = self.frames
        message = frames[0] if len(frames) == 1 else b"".join(frames)
        if self.curr_msg_data_type == "bytes":
            self.frames = []
            self.taker.on_binary(message)
            return
        try:
            text = message.decode()
        except UnicodeDecodeError:
            super().send_receive_event_to_app()  # closes the connection as the protocol says
            return
        self.frames = []
        self.taker.on_text(text)
