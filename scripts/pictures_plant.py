"""Takes the small pictures of the catalogue: `python scripts/pictures_plant.py [folder [kind ...]]`.

A thing is taken from its own page as it first stands there, a room from where one first stands in it.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

from pictures import ROOT, opened, product

sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright
from tests.journeys.conftest import CHROMIUM_FLAGS, Server

from resilience.plant import kinds, load

FOLDER = ROOT / "src/resilience/site/static/site/plant"
WIDTH, HEIGHT = 320, 240
QUALITY = 0.8
# What is drawn over the picture is not part of it.
BARE = """() => {
    for (const over of document.querySelectorAll('#specimen > :not(canvas), .walk')) over.style.visibility = 'hidden';
}"""
# A PNG (base64), cut to the shape of the card and made small, as WebP (base64).
SMALL = """async ([png, width, height, quality]) => {
    const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
    const scale = Math.max(width / image.width, height / image.height);
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const pen = canvas.getContext('2d');
    pen.imageSmoothingQuality = 'high';
    const [w, h] = [image.width * scale, image.height * scale];
    pen.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
    return canvas.toDataURL('image/webp', quality).split(',')[1];
}"""


def main(folder: Path, wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, product(Path(data)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS)
        page = opened(browser, 1280, 800, scale=1).new_page()
        for kind in wanted:
            shown(page, server, kind)
            page.evaluate(BARE)
            png = page.locator("#specimen canvas, #walk canvas").screenshot()
            told = [base64.b64encode(png).decode(), WIDTH, HEIGHT, QUALITY]
            (folder / f"{kind}.webp").write_bytes(base64.b64decode(page.evaluate(SMALL, told)))
        browser.close()


def shown(page: Page, server: Server, kind: str) -> None:
    """The page on which the kind is seen, with nothing marked on it."""
    if load(kind).mounts:
        page.goto(f"{server.address}/plant/{kind}/walk")
        page.wait_for_selector("html[data-ready=walk]")
        page.wait_for_function("() => window.walk?.frames > 3")
        return
    page.goto(f"{server.address}/plant/{kind}")
    page.wait_for_selector("#specimen[data-drawn]")
    for name in ("dimensions", "critical"):
        box = page.locator(f".specimen-shown input[name={name}]")
        if box.count():
            before = page.locator("#specimen").get_attribute("data-drawn")
            box.uncheck()
            page.wait_for_function(f"() => document.getElementById('specimen').dataset.drawn !== '{before}'")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, sys.argv[2:] or list(kinds()))
