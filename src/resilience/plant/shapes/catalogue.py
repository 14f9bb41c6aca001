"""Pictures of the models: a contact sheet and the furnished room, by three.js in a headless browser.

Needs playwright (`dev` extra), a Chromium, and three in the client's `node_modules`.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from math import cos, dist, radians, sin
from pathlib import Path
from typing import Any

from resilience.plant.shapes.arranged import VIEWS, furnished, working_hands
from resilience.plant.specs import MODELS, kinds, load

HERE = Path(__file__).parent
TILE = (420, 340)
HIDDEN = {
    "glove-right": ["pinch", "grip"],
    "glove-left": ["open", "grip"],
    "pack": ["wrap"],
    "filling-room": ["ceiling"],
    "vial": ["stopper", "crimp"],
}
ROUND = {"spray": 25, "glove-right": 150, "glove-left": -150, "filling-room": 0}  # where to look from, degrees
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
}


def dressed(item: dict[str, Any]) -> dict[str, Any]:
    """An item with the text its faces carry."""
    spec = load(item["kind"])
    screens = {
        name: {
            "size": screen.size,
            "lines": LINES.get(spec.kind, [spec.title["en"]]),
            "dark": name in ("screen", "display"),
        }
        for name, screen in spec.screens.items()
    }
    return {**item, "screens": screens}


def portrait(kind: str) -> dict[str, Any]:
    """One model from a little above, filling the tile."""
    spec = load(kind)
    middle = [(low + high) / 2 for low, high in zip(spec.low, spec.high, strict=True)]
    away = dist(spec.low, spec.high) / 2 / sin(radians(16))
    across, up = radians(ROUND.get(kind, 35)), radians(60 if kind == "filling-room" else 25)
    eye = [
        middle[0] + away * sin(across) * cos(up),
        middle[1] + away * sin(up),
        middle[2] + away * cos(across) * cos(up),
    ]
    items = [dressed({"kind": kind, "hide": HIDDEN.get(kind, [])})]
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


def draw(folder: Path, three: Path, chromium: str | None = None) -> list[Path]:
    """Write `plant-catalogue.png` and one `plant-<view>.png` for each view of the room into `folder`."""
    if not (three / "build" / "three.module.js").exists():
        raise FileNotFoundError(f"{three}: no three.js there; install the client's packages first (npm ci in client/)")
    written = [folder / "plant-catalogue.png"]
    with _page(three, chromium) as page:
        tiles = [{"name": kind, "image": page.evaluate("s => draw(s)", portrait(kind))["image"]} for kind in kinds()]
        _save(page.evaluate("([tiles, columns]) => sheet(tiles, columns)", [tiles, 5]), written[0])
        for name, (eye, look, fov) in VIEWS.items():
            items = [dressed(item) for item in [*furnished(), *working_hands()]]
            scene = {"size": (1280, 800), "items": items, "eye": eye, "look": look, "fov": fov}
            written.append(folder / f"plant-{name}.png")
            _save(page.evaluate("s => draw(s)", scene)["image"], written[-1])
    return written
