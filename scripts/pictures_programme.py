"""Takes the pictures of the programme: `python scripts/pictures_programme.py [folder [part ...]]`.

The server is one of its own. All in them is the demonstration's, or is made by the journeys' people through the pages.
"""

from __future__ import annotations

import base64
import struct
import sys
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from pictures import ROOT, Parts, take_all

sys.path.insert(0, str(ROOT))

import numpy as np
import typst
from benchmarks.pupils import all_at_once, play_all
from playwright.sync_api import Browser
from tests.journeys import classes, test_event
from tests.journeys.conftest import Server
from tests.journeys.office import DESK, PHONE, Visitor, at

WIDE = {**DESK, "viewport": {"width": 1200, "height": 760}}
SMALL = {**PHONE, "viewport": {"width": 390, "height": 780}, "device_scale_factor": 1}
# Pages of the pack that the picture shows side by side, and its width in pixels.
PACK_PAGES, PACK_WIDTH = (1, 5), 1280
# Width, height and the pixels (base64 of RGBA) of the page's image.
PIXELS = """async () => {
    const image = document.images[0];
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    const told = await new Promise(resolve => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.readAsDataURL(new Blob([data]));
    });
    return [canvas.width, canvas.height, told.slice(told.indexOf(',') + 1)];
}"""
PUPILS, FINISHED = 26, 17


def keep(visitor: Visitor, path: Path, height: int = 0) -> None:
    """The page from its top, as high as the window or as said, once all of its images are there."""
    page = visitor.page
    size = page.viewport_size
    assert size is not None
    if height:
        page.set_viewport_size({"width": size["width"], "height": height})
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    page.wait_for_function("() => [...document.images].every(one => one.complete && one.naturalWidth > 0)")
    browser = page.context.browser
    assert browser is not None
    path.write_bytes(small(browser, page.screenshot(scale="css")))


def small(browser: Browser, picture: bytes) -> bytes:
    """The same PNG with its most frequent 256 colours: a third of the bytes, and pages have few colours."""
    page = browser.new_page()
    page.set_content(f'<img src="data:image/png;base64,{base64.b64encode(picture).decode()}">')
    page.wait_for_function("() => document.images[0].complete")
    width, height, raw = page.evaluate(PIXELS)
    page.close()
    rgba = np.frombuffer(base64.b64decode(raw), np.uint8).reshape(height, width, 4).astype(np.int32)
    colours, where, often = np.unique(rgba[..., :3].reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(-often)[:256]]
    nearest = np.array([((palette - colour) ** 2).sum(axis=1).argmin() for colour in colours], np.uint8)
    rows = np.insert(nearest[where].reshape(height, width), 0, 0, axis=1)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", palette.astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
    )
    chunks = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
              for kind, data in (*parts, (b"IEND", b"")))  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def results(browser: Browser, server: Server, folder: Path) -> None:
    """The overview, and what stands behind its first headline."""
    with at(browser, server, WIDE) as reader:
        reader.signs_in("funder", "/results")
        keep(reader, folder / "dashboard.png", 1600)
        reader.link(", Trainees")
        keep(reader, folder / "drill-down.png", 1000)


def public(browser: Browser, server: Server, folder: Path) -> None:
    with at(browser, server, WIDE) as anybody:
        anybody.goes_to("/published")
        keep(anybody, folder / "public.png", 860)


def pack(browser: Browser, server: Server, folder: Path) -> None:
    """Two pages of the frozen pack's PDF, as a reader holds them."""
    with at(browser, server, WIDE) as reader, tempfile.TemporaryDirectory() as taken:
        reader.signs_in("funder", "/results/packs")
        reader.link("January to March")
        row = reader.page.get_by_role("row").filter(has_text="PDF").filter(has_text="English")
        pdf = reader.takes(row.get_by_role("link"), Path(taken))
        sheets = " ".join(f'box(fill: white, image("{pdf.name}", page: {page}, width: 100%)),' for page in PACK_PAGES)
        source = (
            f'#set page(width: {PACK_WIDTH}pt, height: auto, margin: 16pt, fill: rgb("e8edf0"))\n'
            f"#grid(columns: (1fr, 1fr), gutter: 16pt, {sheets})"
        )
        spread = Path(taken) / "spread.typ"
        spread.write_text(source)
        (folder / "pack.png").write_bytes(small(browser, typst.compile(str(spread), format="png", ppi=72)))


def activities(browser: Browser, server: Server, folder: Path) -> None:
    """The list; a dry run of a messy file; the activity; its door on a phone."""
    now = datetime.now(classes.LOCAL).replace(second=0, microsecond=0)
    with at(browser, server, WIDE) as desk, tempfile.TemporaryDirectory() as files:
        desk.signs_in("coordinator", "/activities")
        keep(desk, folder / "activities.png")
        desk.plans(
            "Asepsis in the evening", test_event.CODE, "Training event", now - timedelta(hours=1),
            now + timedelta(hours=2), "open",
        )  # fmt: skip
        test_event.brings_in(desk, test_event.messy(Path(files)))
        desk.chooses("Meaning of Where to write", "E-mail address")
        desk.button("^Look again")
        desk.told("This is no e-mail address")
        keep(desk, folder / "import.png", 1420)
        desk.button("^Import 3 rows")
        desk.told("The file was imported")
        with at(browser, server, SMALL) as phone:
            test_event.opens_the_door(phone)
            phone.button("^Check in: Amina Hart")
            phone.told("Amina Hart is in.")
            keep(phone, folder / "door.png", 1160)
        desk.page.set_viewport_size({"width": 1200, "height": 760})
        desk.goes_to(f"/activities/{test_event.CODE}")
        keep(desk, folder / "activity.png", 980)


def class_(browser: Browser, server: Server, folder: Path) -> None:
    """The page on the wall in the middle of a class."""
    with at(browser, server, WIDE) as desk:
        group, code = classes.opens(desk, "OPEN-DAY", leave_out=["Three vials"])
        with ThreadPoolExecutor(1) as beside:
            devices, _seen = beside.submit(all_at_once, server.address, code, PUPILS).result()
            beside.submit(play_all, devices[:FINISHED], 1.0).result()
        desk.goes_to(f"/classes/{group}")
        keep(desk, folder / "class.png")


def leadership(browser: Browser, server: Server, folder: Path) -> None:
    """An application before a reviewer who is not told whose it is."""
    with at(browser, server, WIDE) as lead:
        lead.signs_in("lead", "/leadership")
        lead.press(lead.page.locator("main tbody a[href^='/leadership/']").first)
        lead.link("^Review applications")
        lead.told("Score|score")
        keep(lead, folder / "leadership.png", 1000)


def skills(browser: Browser, server: Server, folder: Path) -> None:
    with at(browser, server, WIDE) as lead:
        lead.signs_in("lead", "/skills")
        keep(lead, folder / "skills.png", 1000)


def footprint(browser: Browser, server: Server, folder: Path) -> None:
    with at(browser, server, WIDE) as reader:
        reader.signs_in("funder", "/footprint")
        keep(reader, folder / "footprint.png", 1100)


PARTS: Parts = {
    "results": results,
    "public": public,
    "pack": pack,
    "skills": skills,
    "leadership": leadership,
    "footprint": footprint,
    "activities": activities,
    "class": class_,
}


if __name__ == "__main__":
    take_all(PARTS, Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/pictures/programme", sys.argv[2:])
