"""Pictures of the models: a contact sheet, and every room from its stations, by three.js in a headless browser.

Needs playwright (`dev` extra), a Chromium, and three in the client's `node_modules`.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from math import cos, dist, radians, sin
from pathlib import Path
from typing import Any

from resilience.plant.shapes.arranged import furnished, standing, working_hands
from resilience.plant.specs import MODELS, kinds, load

HERE = Path(__file__).parent
TILE = (340, 280)
HIDDEN = {
    "glove-right": ["pinch", "grip"],
    "glove-left": ["open", "grip"],
    "pack": ["wrap"],
    "vial": ["stopper", "crimp"],
}
ROUND = {"spray": 25, "glove-right": 150, "glove-left": -150}  # where to look from, degrees
PICTURE = (1280, 720)
PAPER = ("page", "label", "face", "nameplate")  # faces with dark words on a light ground
LINES: dict[str, list[str]] = {
    "batch-record": [
        "Batch record",
        "Airflow  ........  m/s",
        "Lot of vials  ........",
        "Filled  ........",
        "Signed  ........",
    ],
    "bottle": ["Product A", "50 mL", "LOT P-5521"],
    "cabinet": ["0.45 m/s", "RUNNING  6 min"],
    "glove-pack": ["STERILE", "GLOVES 7.5", "LOT G-1908"],
    "label-roll": ["Product A", "Batch 26-114"],
    "labeller": ["READY", "12"],
    "pack": ["STERILE", "12 vials 6R", "LOT V-0113"],
    "sop-tablet": ["Aseptic filling", "1  Cabinet running", "2  Airflow recorded", "3  Gloves sanitised"],
    "vial": ["Product A 2.0 mL", "Batch 26-114"],
    "filling-isolator": [
        "FILLING ISOLATOR     READY",
        "",
        "Chamber      +38 Pa",
        "Downflow     0.45 m/s",
        "Particles    0 /m3 >= 5 um",
        "Filled       0 of 48",
        "",
        "Start    Hold    Glove test",
    ],
    "incubator": ["32.5 °C", "set 32.5"],
    "lab-fridge": ["4.1 °C"],
    "colony-counter": ["17"],
    "particle-counter": ["28.3 L/min   READY", "0.5 um       1,024 /m3", "5.0 um           0 /m3"],
    "air-sampler": ["100 L", "1,000"],
    "medicine-bench": ["0.250 g"],
    "whiteboard": ["", "From idea to patient", "", "find  test  make  check"],
}


def dressed(item: dict[str, Any]) -> dict[str, Any]:
    """An item with the text its faces carry."""
    spec = load(item["kind"])
    screens = {
        name: {
            "size": screen.size,
            "lines": LINES.get(spec.kind, [spec.title["en"]]),
            "dark": name not in PAPER,
        }
        for name, screen in spec.screens.items()
    }
    return {**item, "screens": screens}


def portrait(kind: str) -> dict[str, Any]:
    """One model from a little above, filling the tile."""
    spec = load(kind)
    middle = [(low + high) / 2 for low, high in zip(spec.low, spec.high, strict=True)]
    away = dist(spec.low, spec.high) / 2 / sin(radians(16))
    across, up = radians(0 if spec.room else ROUND.get(kind, 35)), radians(60 if spec.room else 25)
    eye = [
        middle[0] + away * sin(across) * cos(up),
        middle[1] + away * sin(up),
        middle[2] + away * cos(across) * cos(up),
    ]
    hidden = ["ceiling", "corridor"] if spec.room else HIDDEN.get(kind, [])
    items = [dressed({"kind": kind, "hide": hidden})]
    return {"size": TILE, "items": items, "eye": eye, "look": middle, "fov": 32}


class _Files(SimpleHTTPRequestHandler):
    """Serves the page, the models and three; nothing else."""

    def __init__(self, three: Path, *args: Any, **kwargs: Any) -> None:
        self.three = three
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        for prefix, folder in (("/three/", self.three), ("/models/", MODELS)):
            if path.startswith(prefix):
                return str(folder / path.removeprefix(prefix))
        return str(HERE / "catalogue.html")

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def _page(three: Path, chromium: str | None) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, three))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    flags = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=flags)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            page.wait_for_function("window.ready")
            yield page
            browser.close()
    finally:
        server.shutdown()
        server.server_close()


def _save(url: str, path: Path) -> None:
    path.write_bytes(base64.b64decode(url.partition(",")[2]))


def draw(folder: Path, three: Path, chromium: str | None = None, rooms: Sequence[str] = ()) -> list[Path]:
    """Write `<room>-<station>.png` for all stations of the rooms (of all where none is named) into `folder`,
    and with no room named `catalogue.png`.
    """
    if not (three / "build" / "three.module.js").exists():
        raise FileNotFoundError(f"{three}: no three.js there; install the client's packages first (npm ci in client/)")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with _page(three, chromium) as page:
        for kind in rooms or [kind for kind in kinds() if load(kind).room]:
            for name, scene in stations(kind).items():
                written.append(folder / f"{kind}-{name}.png")
                _save(page.evaluate("s => draw(s)", scene)["image"], written[-1])
        if not rooms:
            written.append(folder / "catalogue.png")
            tiles = [{"name": k, "image": page.evaluate("s => draw(s)", portrait(k))["image"]} for k in kinds()]
            _save(page.evaluate("([tiles, columns]) => sheet(tiles, columns)", [tiles, 8]), written[-1])
    return written


def stations(kind: str) -> dict[str, dict[str, Any]]:
    """The scenes of a room, one a station."""
    room = load(kind).room
    items = [*furnished(), *working_hands()] if kind == "filling-room" else standing(kind)
    return {
        name: {
            "size": PICTURE,
            "items": [dressed(item) for item in items],
            "eye": view.eye,
            "look": view.look,
            "fov": view.fov,
            "light": kind,
        }
        for name, view in (room.views if room else {}).items()
    }
