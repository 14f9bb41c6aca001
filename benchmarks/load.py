"""Trainees at work, many at once: every connection sends its frames 20 times a second, evenly spread over the tick."""

from __future__ import annotations

import select
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle

import orjson

from benchmarks.sockets import TEXT, Socket, message

PERIOD = 0.05
PING_EVERY = 10
"""Ticks: the client asks for a sign of life twice a second."""
_LATE = 0.010


@dataclass
class Trainee:
    """One connection and what it sends, tick by tick."""

    socket: Socket
    ticks: Iterator[bytes]
    phase: float
    sent: int = 0
    pinged: float = 0.0


@dataclass
class Window:
    """What was seen in one stretch of time."""

    seconds: float = 0.0
    frames_sent: int = 0
    late_sends: int = 0
    round_trips_ms: list[float] = field(default_factory=list)

    def round_trip_ms(self, share: float) -> float | None:
        """The round trip that so great a share of pings stayed below, in ms."""
        ordered = sorted(self.round_trips_ms)
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2) if ordered else None


class Load:
    """All connections of one benchmark. `echo`: frames come back as they went, a JSON ping among them."""

    def __init__(self, echo: bool) -> None:
        self.echo = echo
        self.trainees: list[Trainee] = []
        self._poll = select.epoll()
        self._by_descriptor: dict[int, Trainee] = {}

    def add(self, socket: Socket, ticks: Iterator[bytes]) -> None:
        """A connection that is ready to send."""
        # With a time limit Python asks the system twice for every call; a server that reads no more is an error here.
        socket.socket.setblocking(False)
        trainee = Trainee(socket, ticks, 0.0)
        self.trainees.append(trainee)
        self._by_descriptor[socket.socket.fileno()] = trainee
        self._poll.register(socket.socket.fileno(), select.EPOLLIN)
        for place, each in enumerate(self.trainees):
            each.phase = PERIOD * place / len(self.trainees)

    def run(self, seconds: float) -> Window:
        """Send and receive for so long."""
        window = Window()
        began = time.perf_counter()
        end = began + seconds
        round_began = began
        order = cycle(self.trainees)
        trainee, left = next(order), len(self.trainees)
        while (now := time.perf_counter()) < end:
            due = round_began + trainee.phase
            if now < due:
                self._receive(min(due, end) - now, window)
                continue
            if now - due > _LATE:
                window.late_sends += 1
            self._send(trainee, now)
            window.frames_sent += 1
            if window.frames_sent % 16 == 0:
                self._receive(0, window)
            trainee, left = next(order), left - 1
            if left == 0:
                round_began, left = round_began + PERIOD, len(self.trainees)
        window.seconds = time.perf_counter() - began
        return window

    def _send(self, trainee: Trainee, now: float) -> None:
        frames = next(trainee.ticks)
        if trainee.sent % PING_EVERY == 0 and not trainee.pinged:
            trainee.pinged = now
            frames += message(t="ping", n=trainee.sent)
        trainee.sent += 1
        trainee.socket.socket.sendall(frames)

    def _receive(self, seconds: float, window: Window) -> None:
        for descriptor, _ in self._poll.poll(max(0.0, seconds)):
            trainee = self._by_descriptor[descriptor]
            if not trainee.socket.take():
                continue
            for opcode, payload in trainee.socket.frames():
                if opcode != TEXT:
                    continue
                if payload.startswith((b'{"t":"pong"', b'{"t":"ping"')):
                    window.round_trips_ms.append((time.perf_counter() - trainee.pinged) * 1000)
                    trainee.pinged = 0.0
                elif payload.startswith(b'{"t":"error"'):
                    raise RuntimeError(f"the server took a frame for bad: {orjson.loads(payload)}")

    def listen(self) -> None:
        """Hear what has come, and answer the server's pings: connections that do not are given up after 20 s."""
        self._receive(0, Window())

    def close(self) -> None:
        """Hang up all connections."""
        for trainee in self.trainees:
            self._poll.unregister(trainee.socket.socket.fileno())
            trainee.socket.socket.close()
        self._poll.close()
