"""Phones at a door: requests that leave when they are due, whether or not earlier ones were answered.

Arrivals are those of people who know nothing of each other (exponential gaps, from a fixed seed), so that some come
close together. A request is timed from when it was due to when its answer was read: a server that falls behind shows
it, and so would phones that do; how late they sent is told beside it.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.machine import cpu_seconds
from benchmarks.served import HOST

# The server closes a connection that was silent for 5 s.
KEPT_SECONDS = 3.0


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter, float]


class Door:
    """One address, and the phones that send to it, each scan from the next; of a phone, the headers it sends along."""

    def __init__(self, port: int, address: str, phones: Sequence[dict[str, str]]) -> None:
        self.port, self.address, self.phones = port, address, phones
        self._sent = 0
        self._free: list[Line] = []
        self.most_lines = 0

    async def send(self, tokens: Sequence[str]) -> None:
        """Sends scans of these tickets in one request and reads the answer; raises RuntimeError where one is not in."""
        at = time.time() * 1000
        scans = [{"token": token, "nonce": f"nonce-{token}", "at": at} for token in tokens]
        body = json.dumps({"device": "benchmark", "clock": at, "scans": scans}).encode()
        read = await self.ask("POST", self.address, body)
        if read.count(b'"in"') != len(tokens):
            raise RuntimeError(f"{self.address} answered {read[:200]!r}")

    async def ask(self, method: str, address: str, body: bytes = b"") -> bytes:
        """The answer to a request from the next phone; raises RuntimeError where it is not 200."""
        phone = self.phones[self._sent % len(self.phones)]
        self._sent += 1
        headers = {**phone, "host": "benchmark", "content-length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        now = time.time()
        reader, writer = await self._line(now)
        writer.write(f"{method} {address} HTTP/1.1\r\n{head}\r\n".encode() + body)
        told = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
        length = next(int(line.partition(":")[2]) for line in told if line.startswith("content-length:"))
        read = await reader.readexactly(length)
        if " 200 " not in told[0]:
            raise RuntimeError(f"{address} answered {told[0]}: {read[:200]!r}")
        self._free.append((reader, writer, now))
        return read

    async def _line(self, now: float) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._free and self._free[-1][2] < now - KEPT_SECONDS:
            self.close()
        if self._free:
            reader, writer, _used = self._free.pop()
            return reader, writer
        self.most_lines += 1
        return await asyncio.open_connection(HOST, self.port)

    def close(self) -> None:
        for _reader, writer, _used in self._free:
            writer.close()
        self._free.clear()


@dataclass(frozen=True)
class Kept:
    """Scans that phones without a network have kept: one after another sends its own at once, and fetches the list."""

    every_seconds: float
    tokens: Sequence[Sequence[str]]
    list_address: str


async def measure(
    door: Door, server: int, tokens: Sequence[str], a_second: float, kept: Kept | None = None
) -> dict[str, float]:
    """Milliseconds from when a scan was due to its answer, and of the server's processor for each request."""
    draw = random.Random(1)
    took: list[float] = []
    late: list[float] = []

    async def one(token: str, due: float) -> None:
        late.append((time.perf_counter() - due) * 1000)
        await door.send([token])
        took.append((time.perf_counter() - due) * 1000)

    used = cpu_seconds(server)
    began = due = time.perf_counter()
    asked = [asyncio.create_task(_bring(door, kept))] if kept else []
    for token in tokens:
        due += draw.expovariate(a_second)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        asked.append(asyncio.create_task(one(token, due)))
    await asyncio.gather(*asked)
    seconds = time.perf_counter() - began
    spent = cpu_seconds(server) - used
    return {
        "requests": len(took),
        "seconds": round(seconds, 1),
        "p50_ms": at(took, 0.5),
        "p95_ms": at(took, 0.95),
        "p99_ms": at(took, 0.99),
        "longest_ms": at(took, 1.0),
        "sent_late_p99_ms": at(late, 0.99),
        "processor_ms_each": round(spent * 1000 / len(took), 2),
        "processor_share_of_one_core": round(spent / seconds, 3),
        "connections": door.most_lines,
    }


async def _bring(door: Door, kept: Kept) -> None:
    for tokens in kept.tokens:
        await asyncio.sleep(kept.every_seconds)
        await door.send(tokens)
        await door.ask("GET", kept.list_address)


def at(times: Sequence[float], share: float) -> float:
    """The time that this share of all stayed below."""
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)
