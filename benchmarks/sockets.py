"""A WebSocket client that costs next to nothing, so that what is measured is the server.

Frames are built once and sent as they are (the mask is zero, which the protocol allows and which saves masking);
what comes back is counted, and parsed only where it is text that somebody asked for.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import orjson

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
_WHOLE_BINARY = 0x80 | BINARY
_KEY = "cmVzaWxpZW5jZS1iZW5jaA=="


def frame(opcode: int, payload: bytes) -> bytes:
    """A client's frame with a zero mask."""
    size = len(payload)
    head = bytes([0x80 | opcode])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65536:
        head += bytes([0x80 | 126]) + size.to_bytes(2, "big")
    else:
        head += bytes([0x80 | 127]) + size.to_bytes(8, "big")
    return head + bytes(4) + payload


def message(**fields: Any) -> bytes:
    """A JSON message as a frame."""
    return frame(TEXT, orjson.dumps(fields))


class Socket:
    """One connection. `received` counts frames."""

    def __init__(self, host: str, port: int, path: str) -> None:
        self.socket = socket.create_connection((host, port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""
        self.received = 0
        self._shake_hands(host, path)

    def _shake_hands(self, host: str, path: str) -> None:
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {_KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self._rest:
            self._rest += self._more()
        answer, _, self._rest = self._rest.partition(b"\r\n\r\n")
        if b" 101 " not in answer.partition(b"\r\n")[0]:
            raise ConnectionError(answer.decode(errors="replace"))

    def _more(self) -> bytes:
        data = self.socket.recv(1 << 16)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data

    def wait_for(self, kind: str) -> dict[str, Any]:
        """The next message of a kind (blocking); others are passed over."""
        while True:
            for opcode, payload in self.frames():
                if opcode == TEXT and (parsed := orjson.loads(payload))["t"] == kind:
                    return dict(parsed)
            self._rest += self._more()

    def take(self) -> bool:
        """Read what has come, without waiting; False when that was one binary frame, at which nobody needs to look."""
        data = self._more()
        if not self._rest and data[0] == _WHOLE_BINARY and len(data) == data[1] + 2:
            self.received += 1
            return False
        self._rest += data
        return True

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """The whole frames read so far. Raises ConnectionError with the code when the server closed."""
        data, at = self._rest, 0
        while len(data) - at >= 2:
            size, start = data[at + 1], at + 2
            if size == 126:
                size, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif size == 127:
                size, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if len(data) < start + size:
                break
            opcode, payload = data[at] & 15, data[start : start + size]
            at = start + size
            self.received += 1
            if opcode == PING:
                self.socket.sendall(frame(PONG, payload))
            if opcode == CLOSE:
                raise ConnectionError(f"closed by the server with {int.from_bytes(payload[:2], 'big')}")
            self._rest = data[at:]
            yield opcode, payload
        self._rest = data[at:]
