"""Takes the pictures of the README and the guides: `python scripts/pictures.py [folder]`, from a server of its own.

A virtual trainee works up to the middle of the filling through the public socket, then a browser opens that session.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402
from tests.journeys.conftest import CHROMIUM_FLAGS, Server, free_port, wait_until_answering  # noqa: E402
from tests.journeys.person import Person, Ticket, open_session  # noqa: E402
from websockets.sync.client import connect  # noqa: E402

from resilience.training import modules, trainees  # noqa: E402

MODULE, SEED = "aseptic-filling", 1
FILLED = 5  # vials that the virtual trainee has closed when the picture is taken


@contextmanager
def product(folder: Path) -> Iterator[Server]:
    """The server on a folder of its own, without demonstration data."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("resilience")), "run", "--host", "127.0.0.1", "--port", str(port)]
    environment = {"RESILIENCE_DATA": str(folder), "RESILIENCE_DEMO": "0", "PATH": "/usr/bin:/bin"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_until_answering(process, port, folder / "log")
            yield Server(f"http://127.0.0.1:{port}", folder)
        finally:
            process.terminate()
            process.wait()


def until_mid_fill() -> list[dict[str, Any]]:
    """The expert's actions up to the middle of the filling, pressed into few ticks; poses only where they end."""
    taken: list[dict[str, Any]] = []
    trainees.run(modules.load(MODULE), SEED, mode="guided", on_action=taken.append)  # type: ignore[arg-type]
    acts = [action for action in taken if action["verb"] != "pose"]
    seated = [n for n, act in enumerate(acts) if act.get("tool") == "forceps" and act["target"].startswith("vial-")]
    # One more vial is filled and stands open.
    return [{**act, "seq": n, "tick": n // 4} for n, act in enumerate(acts[: seated[FILLED] - 1], 1)]


def work(server: Server, ticket: Ticket, actions: list[dict[str, Any]]) -> None:
    address = server.address.replace("http", "ws") + f"/live/{ticket.id}"
    with connect(address) as line:
        line.send(json.dumps({"t": "hello", "protocol": 1, "token": ticket.token, "have": 0}))
        for action in actions:
            line.send(json.dumps({"t": "act", "a": action}))
        while True:
            said = json.loads(line.recv(timeout=60))
            if said["t"] == "ack" and said["seq"] >= actions[-1]["seq"]:
                return


def take(person: Person, path: Path) -> None:
    person.frames(12)
    person.page.screenshot(path=path, scale="css")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, product(Path(data)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS)
        # A software renderer draws at half resolution: twice the pixels make the picture sharp again.
        context = browser.new_context(viewport={"width": 1280, "height": 720}, device_scale_factor=2)
        context.add_init_script("localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))")
        person = Person(context.new_page(), server)
        ticket = open_session(server, mode="guided", seed=SEED)
        person.enter(ticket)
        for key, name in ((1, "trolley"), (3, "desk")):
            person.page.keyboard.press(str(key))
            person.standing_at(name)
            take(person, folder / f"station-{name}.png")
        person.page.close()
        person = Person(context.new_page(), server)
        ticket = open_session(server, mode="guided", seed=SEED)
        work(server, ticket, until_mid_fill())
        person.enter(ticket)
        person.page.keyboard.press("2")
        take(person, folder / "station-cabinet.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/pictures")
