"""A person in front of the product: sees through the page's read-only window, acts through devices alone."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from tests.journeys.conftest import Server

# A software-drawn frame takes 30 to 300 ms; what a person waits for comes within some hundred of them.
PATIENCE_MS = 120_000


@dataclass(frozen=True)
class Ticket:
    """A session that was opened through the public door, as "Try it now" does."""

    id: str
    token: str
    play: str


@dataclass(frozen=True)
class Recorded:
    """What the server kept of a session."""

    header: dict[str, Any]
    actions: list[dict[str, Any]]
    outcome: dict[str, Any]

    def of(self, verb: str) -> list[dict[str, Any]]:
        return [action for action in self.actions if action["verb"] == verb]


def open_session(server: Server, *, module: str = "aseptic-filling", mode: str = "practice", seed: int = 3) -> Ticket:
    made = server.post("/api/sessions", {"module": module, "mode": mode, "seed": seed})
    return Ticket(made["id"], made["token"], made["play"])


def recorded(server: Server, ticket: Ticket) -> Recorded:
    """Log and outcome from the server, not from the page."""
    raw = server.get(f"/api/sessions/{ticket.id}/log", ticket.token)
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    lines = [json.loads(line) for line in raw.splitlines()]
    reveal = json.loads(server.get(f"/api/sessions/{ticket.id}/reveal", ticket.token))
    return Recorded(lines[0], [line for line in lines[1:] if "verb" in line], reveal["outcome"])


class Person:
    """What all devices share: looking, waiting for what is drawn, reading the page."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.complaints: list[str] = []
        self.outside: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda sent: self._note_request(sent.url))

    def _note_request(self, url: str) -> None:
        if not url.startswith((self.server.address, "data:", "blob:")):
            self.outside.append(url)

    # ---- seeing

    def enter(self, ticket: Ticket) -> None:
        self.page.goto(self.server.address + ticket.play)
        self.until("window.resilience?.ready === true")
        self.frames(2)

    def sees(self, expression: str) -> Any:
        return self.page.evaluate(f"() => {expression}")

    def until(self, expression: str, before: str = "") -> None:
        """Waits, frame by frame, until the page's window shows what is looked for; `before` is done first."""
        self.page.evaluate(
            f"""() => new Promise((resolve, reject) => {{
                {before};
                const end = performance.now() + {PATIENCE_MS};
                const look = () => {{
                    if ({expression}) resolve(true);
                    else if (performance.now() > end) reject(new Error({json.dumps(expression)} + " never came"));
                    else requestAnimationFrame(look);
                }};
                look();
            }})"""
        )

    def frames(self, count: int = 2, before: str = "") -> None:
        """Waits for so many more pictures of the scene; `before` is done first."""
        seen = "const seen = window.resilience.framesRendered"
        self.until(f"window.resilience.framesRendered >= seen + {count}", f"{before}; {seen}")

    def place(self, thing: str, part: str | None = None) -> dict[str, Any]:
        found: dict[str, Any] | None = self.sees(
            f"window.resilience.place({json.dumps(thing)}, {json.dumps(part)} ?? undefined)"
        )
        assert found is not None, f"{thing} is not in the scene"
        return found

    def holding(self, side: str, thing: str | None) -> None:
        self.until(f"window.resilience.hands.{side}.holds === {json.dumps(thing)}")

    def standing_at(self, station: str) -> None:
        self.until(f"window.resilience.station === {json.dumps(station)}")
        self.frames(2)

    def offers(self, thing: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.sees(f"window.resilience.affordances[{json.dumps(thing)}] ?? []")
        return found

    def at_the_reveal(self) -> None:
        """The debrief opens by itself, or by its button, once the session is recorded."""
        self.page.wait_for_url("**/reveal/**", timeout=PATIENCE_MS)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=re.compile(name)).first
