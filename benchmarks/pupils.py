"""The devices of a class, all at once: the pages that lead into a session, and its socket at 20 frames a second.

Nothing here is the product's own: pages are asked for as a browser asks, frames go over a WebSocket of another library.
"""

from __future__ import annotations

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from websockets.asyncio.client import ClientConnection, connect

from resilience.classroom.wire import encode_pose

PERIOD = 0.05
ACTION_EVERY = 20
"""Ticks: a pupil does something, such as pressing the sanitiser, once a second."""
PATIENCE_S = 120.0
"""How long one device waits for one answer: only a server that does not answer at all takes so long."""


@dataclass
class Seen:
    """What the devices saw, in milliseconds."""

    join_ms: list[float] = field(default_factory=list)
    page_ms: list[float] = field(default_factory=list)
    begin_ms: list[float] = field(default_factory=list)
    welcome_ms: list[float] = field(default_factory=list)
    action_ms: list[float] = field(default_factory=list)
    movement_ms: list[float] = field(default_factory=list)
    frames: int = 0
    late_sends: int = 0


class Device:
    """One pupil's browser: cookies of its own, a session once it has begun one."""

    def __init__(self, address: str, seen: Seen) -> None:
        self.address = address
        self.seen = seen
        self.session = self.token = ""
        self._cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._cookies))

    def join(self, code: str) -> None:
        """Types the code; the page that follows says what comes first."""
        self._asked("/join", None, self.seen.page_ms)
        where = self._asked("/join", {"code": code}, self.seen.join_ms)
        if not where.endswith("/class"):
            raise RuntimeError(f"a device was not let into the class: it stands at {where}")

    def begin(self) -> None:
        """Begins the first module."""
        where = self._asked("/class/begin", {}, self.seen.begin_ms)
        page, _, self.token = where.partition("#")
        self.session = page.rpartition("/")[2]
        if not self.token:
            raise RuntimeError(f"no session began: the device stands at {where}")

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self._cookies}

    def _asked(self, path: str, form: dict[str, str] | None, times: list[float]) -> str:
        """Asks for a page, or sends a form to it; returns where the answer led. Raises HTTPError."""
        token = {} if form is None else {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        body = None if form is None else urlencode({**form, **token}).encode()
        began = time.perf_counter()
        with self._opener.open(Request(self.address + path, body), timeout=PATIENCE_S) as answer:
            answer.read()
            where = str(answer.url)
        times.append((time.perf_counter() - began) * 1000)
        return where

    async def play(self, phase: float, seconds: float) -> str:
        """Streams so long, finishes, and returns where the end is told. Raises RuntimeError on any frame refused."""
        began = time.perf_counter()
        async with connect(f"{self.address.replace('http', 'ws', 1)}/live/{self.session}") as line:
            await line.send(json.dumps({"t": "hello", "protocol": 1, "token": self.token, "have": 0}))
            welcome = await heard(line, "welcome")
            self.seen.welcome_ms.append((time.perf_counter() - began) * 1000)
            sent: dict[int, tuple[float, bool]] = {}
            ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            listening = asyncio.create_task(self._listen(line, sent, ended))
            try:
                await self._stream(line, welcome, sent, phase, seconds)
                return await asyncio.wait_for(ended, PATIENCE_S)
            finally:
                listening.cancel()

    async def _stream(
        self,
        line: ClientConnection,
        welcome: dict[str, Any],
        sent: dict[int, tuple[float, bool]],
        phase: float,
        seconds: float,
    ) -> None:
        doing = simple_action(welcome)
        seq, tick, began = welcome["seq"], welcome["tick"], time.perf_counter() + phase
        for number in range(int(seconds / PERIOD)):
            due = began + number * PERIOD
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            self.seen.late_sends += time.perf_counter() - due > PERIOD
            seq, tick = seq + 1, tick + 1
            sent[seq] = (time.perf_counter(), False)
            await line.send(encode_pose(pose(seq, tick)))
            self.seen.frames += 1
            if number % ACTION_EVERY == 0:
                seq += 1
                sent[seq] = (time.perf_counter(), True)
                await line.send(json.dumps({"t": "act", "a": {**doing, "seq": seq, "tick": tick}}))
                self.seen.frames += 1
        await line.send(json.dumps({"t": "act", "a": {"verb": "finish", "seq": seq + 1, "tick": tick + 1}}))

    async def _listen(
        self, line: ClientConnection, sent: dict[int, tuple[float, bool]], ended: asyncio.Future[str]
    ) -> None:
        """Notes how late each frame was acknowledged; `ended` gets the address that tells the end, or what failed."""
        try:
            async for message in line:
                said = json.loads(message)
                if said["t"] == "ack":
                    now = time.perf_counter()
                    for seq in [seq for seq in sent if seq <= said["seq"]]:
                        at, is_action = sent.pop(seq)
                        (self.seen.action_ms if is_action else self.seen.movement_ms).append((now - at) * 1000)
                elif said["t"] == "error":
                    raise RuntimeError(f"the server took a frame for bad: {said}")
                elif said["t"] == "outcome":
                    ended.set_result(said["url"])
                    return
            raise RuntimeError("the server hung up before the end")
        except Exception as error:
            if not ended.done():
                ended.set_exception(error)


async def heard(line: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of a kind; others are passed over."""
    while True:
        said: dict[str, Any] = json.loads(await asyncio.wait_for(line.recv(), PATIENCE_S))
        if said["t"] == kind:
            return said


def simple_action(welcome: dict[str, Any]) -> dict[str, Any]:
    """Something that one press does in this session, and that can be done again and again."""
    offered = welcome["snapshot"]["affordances"]["sanitiser"]
    found: dict[str, Any] = next(one["action"] for one in offered if one["needs"] is None and one["why_not"] is None)
    return dict(found)


def pose(seq: int, tick: int) -> dict[str, Any]:
    """Head and both hands of somebody who moves a little (millimetres, unit quaternions)."""
    sway = tick % 9 - 4
    still = [0.0, 0.0, 0.0, 1.0]
    head, left, right = ([-1350 + sway, 1620, 200], [-1500, 1100 + sway, 0], [-1500, 1100, 400 + sway])
    return {
        "seq": seq,
        "tick": tick,
        "verb": "pose",
        "head": head + still,
        "left": left + still,
        "right": right + still,
    }


def all_at_once(address: str, code: str, number: int) -> tuple[list[Device], Seen]:
    """So many devices join and begin at the same moment."""
    seen = Seen()
    devices = [Device(address, seen) for _ in range(number)]
    with ThreadPoolExecutor(number) as hands:
        for step in (lambda device: device.join(code), Device.begin):
            list(hands.map(step, devices))
    return devices, seen


def play_all(devices: list[Device], seconds: float) -> list[str]:
    """All of them stream, evenly spread over a tick, and finish; returns where each is told its end."""

    async def playing() -> list[str]:
        each = (device.play(PERIOD * place / len(devices), seconds) for place, device in enumerate(devices))
        return list(await asyncio.gather(*each))

    return asyncio.run(playing())
