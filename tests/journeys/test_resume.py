"""The server is killed in mid-session: the page says so, comes back by itself, and nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.conftest import Server, free_port, wait_until_answering
from tests.journeys.keys import KeyboardPerson
from tests.journeys.person import PATIENCE_MS, open_session, recorded

pytestmark = pytest.mark.journey


class Mortal:
    """A server of its own, on one port and one data folder for all its lives."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.seen = Server(f"http://127.0.0.1:{self.port}", data)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        resilience = Path(sys.executable).with_name("resilience")
        log = self.seen.data / "server.log"
        with log.open("ab") as said:
            self._process = subprocess.Popen(
                [str(resilience), "run", "--host", "127.0.0.1", "--port", str(self.port)],
                env={**os.environ, "RESILIENCE_DATA": str(self.seen.data), "RESILIENCE_DEMO": "0"},
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        wait_until_answering(self._process, self.port, log)

    def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Mortal]:
    made = Mortal(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1024, "height": 576})
    made.add_init_script("localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))")
    yield made
    made.close()


def listen(person: KeyboardPerson) -> tuple[list[dict[str, Any]], list[int]]:
    """What the page says to the server as actions, and what the server acknowledges, as they go over the line."""
    said: list[dict[str, Any]] = []
    acknowledged: list[int] = []

    def hear(frame: str | bytes) -> None:
        message = json.loads(frame)
        if message["t"] == "ack":
            acknowledged.append(message["seq"])

    def sent(frame: str | bytes) -> None:
        if isinstance(frame, str) and (message := json.loads(frame))["t"] == "act":
            said.append(message["a"])

    def line(socket: Any) -> None:
        socket.on("framereceived", hear)
        socket.on("framesent", sent)

    person.page.on("websocket", line)
    return said, acknowledged


def test_a_session_outlives_its_server(mortal: Mortal, context: BrowserContext) -> None:
    ticket = open_session(mortal.seen)
    person = KeyboardPerson(context.new_page(), mortal.seen)
    said, acknowledged = listen(person)
    person.enter(ticket)
    person.press("sanitiser")
    person.until("window.resilience.hands.right.wet === true")
    person.press("spray")
    person.holding("right", "spray")
    person.press("vial-pack")
    person.until("(window.resilience.snapshot.items['vial-pack'].look.wet ?? 0) > 0")
    person.frames(10)
    notice = person.page.locator(".net-notice")
    expect(notice).to_be_hidden()

    mortal.kill()
    expect(notice).to_be_visible(timeout=PATIENCE_MS)
    expect(notice).to_contain_text("Nothing that was acknowledged is lost")
    sure = {action["seq"]: action for action in said if action["seq"] <= max(acknowledged)}
    assert [action["verb"] for action in sure.values()].count("use") >= 2, "nothing was at stake"
    stood_at = person.sees("window.resilience.tick")

    mortal.start()
    expect(notice).to_be_hidden(timeout=PATIENCE_MS)
    person.until("window.resilience.unacknowledged === 0")
    assert person.sees("window.resilience.hands.right.holds") == "spray"
    assert person.sees("window.resilience.tick") >= stood_at - 20, "the session's time went back"
    person.put_on("trolley-top")
    person.holding("right", None)
    person.finish(3)

    kept = recorded(mortal.seen, ticket)
    by_number = {action["seq"]: action for action in kept.actions}
    assert {seq: by_number.get(seq) for seq in sure} == sure
    assert [action["seq"] for action in kept.actions] == sorted(by_number), "an action is in the log twice"
    assert [action["item"] for action in kept.of("take")] == ["spray"]
    assert kept.of("answer")[-1]["choice"] == "3"
    assert kept.actions[-1]["verb"] == "finish"
