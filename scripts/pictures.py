"""Takes the pictures of the README and the guides: `python scripts/pictures.py [folder]`, from a server of its own.

Each part is taken alone by its name: `python scripts/pictures.py docs/pictures headset-cabinet`. Who is in the pictures
works through the product's own doors: the public socket, a browser, an emulated headset, the demonstration's accounts.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, BrowserContext, sync_playwright  # noqa: E402
from tests.journeys.access import played_by, sign_in  # noqa: E402
from tests.journeys.ahead import SEED, until_filled, work  # noqa: E402
from tests.journeys.air import COME_DOWN, RAISED, bring_hand  # noqa: E402
from tests.journeys.conftest import CHROMIUM_FLAGS, Server, free_port, wait_until_answering  # noqa: E402
from tests.journeys.headset import HeadsetPerson, device_script, looking  # noqa: E402
from tests.journeys.person import PATIENCE_MS, Person, open_session  # noqa: E402
from tests.journeys.pointers import MousePerson  # noqa: E402

# In this variant two of the leaning novice's twelve vials grow in the draw; in most variants it is one or none.
UNLUCKY = 24
# What one eye sees of a stereo picture, in pixels; it is drawn finer and made smaller. Hands are moved at few pixels.
EYE, FINER = 640, 1.25
SMALL = (320, 180)
BY_HAND = (1024, 576)
COACHED = "localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))"


@contextmanager
def product(folder: Path) -> Iterator[Server]:
    """The server on a folder of its own, with the demonstration's accounts."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("resilience")), "run", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env={**os.environ, "RESILIENCE_DATA": str(folder)}, stdout=log, stderr=log)
        try:
            wait_until_answering(process, port, folder / "server.log")
            yield Server(f"http://127.0.0.1:{port}", folder)
        finally:
            process.terminate()
            process.wait()


def opened(browser: Browser, width: int, height: int, scale: float = 2) -> BrowserContext:
    # A software renderer draws at half resolution: twice the pixels make the picture sharp again.
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale, locale="en-GB"
    )
    context.add_init_script(COACHED)
    context.set_default_timeout(PATIENCE_MS)
    return context


def take(person: Person, path: Path) -> None:
    person.frames(12)
    person.page.screenshot(path=path, scale="css")


def stations(browser: Browser, server: Server, folder: Path) -> None:
    """What stands at trolley and desk at the beginning, and the cabinet in the middle of the filling."""
    context = opened(browser, 1280, 720)
    person = Person(context.new_page(), server)
    person.enter(open_session(server, mode="guided", seed=SEED))
    for key, name in ((1, "trolley"), (3, "desk")):
        person.page.keyboard.press(str(key))
        person.standing_at(name)
        take(person, folder / f"station-{name}.png")
    person.page.close()
    person = Person(context.new_page(), server)
    ticket = open_session(server, mode="guided", seed=SEED)
    work(server, ticket, until_filled("vial-6"))
    person.enter(ticket)
    person.page.keyboard.press("2")
    take(person, folder / "station-cabinet.png")
    context.close()


def smoothed(browser: Browser, shot: bytes, width: int, height: int) -> bytes:
    """A picture made smaller, so that its edges are smooth: the emulated headset draws them jagged."""
    page = browser.new_page(viewport={"width": width, "height": height})
    source = f"data:image/png;base64,{base64.b64encode(shot).decode()}"
    page.set_content(f'<img src="{source}" style="position:fixed;inset:0;width:{width}px;height:{height}px">')
    page.wait_for_function("() => document.images[0].complete")
    made = page.screenshot()
    page.close()
    return made


def held_out(
    person: HeadsetPerson, side: str, at: tuple[float, float, float], towards: tuple[float, float, float]
) -> None:
    """Holds a hand somewhere in the person's own room, its device pointed at another place."""
    device = f"emulated.controllers.{side}"
    turn = looking([towards[n] - at[n] for n in range(3)])
    person.page.evaluate(
        f"([at, turn]) => {{ {device}.position.set(...at); {device}.quaternion.set(...turn); }}", [list(at), list(turn)]
    )


@contextmanager
def worn(browser: Browser, server: Server) -> Iterator[HeadsetPerson]:
    """A person with a headset at hand, who moves at few pixels and is seen at many (`keep`)."""
    context = opened(browser, *SMALL, 1)
    context.add_init_script(device_script())
    yield HeadsetPerson(context.new_page(), server)
    context.close()


def larger(person: HeadsetPerson) -> None:
    """Puts the headset on, anew where it is worn: it is entered with as many pixels as the page has."""
    if person.sees("window.resilience.inVr"):
        person.take_off()
    person.page.set_viewport_size({"width": int(2 * EYE * FINER), "height": int(EYE * FINER)})
    person.wear()


def keep(person: HeadsetPerson, browser: Browser, path: Path) -> None:
    person.frames(2)
    path.write_bytes(smoothed(browser, person.page.screenshot(), 2 * EYE, EYE))


def palm_menu(browser: Browser, server: Server, folder: Path) -> None:
    with worn(browser, server) as person:
        person.enter(open_session(server, seed=SEED))
        larger(person)
        person.turn_palm()
        keep(person, browser, folder / "headset-palm-menu.png")


def in_headset_at_trolley(browser: Browser, server: Server, folder: Path) -> None:
    """Both eyes' view of hands that hold the spray and a pack."""
    with worn(browser, server) as person:
        person.enter(open_session(server, seed=SEED))
        person.wear()
        person.press("spray")
        person.holding("right", "spray")
        person.press("syringe-pack", "left")
        person.holding("left", "syringe-pack")
        larger(person)
        person.look_at(person.scene((0.0, 0.95, -0.55)))
        held_out(person, "left", (-0.16, 1.2, -0.36), (-0.05, 1.1, -1.0))
        held_out(person, "right", (0.17, 1.2, -0.36), (0.05, 1.1, -1.0))
        keep(person, browser, folder / "headset-trolley.png")


def in_headset_at_cabinet(browser: Browser, server: Server, folder: Path) -> None:
    """Both eyes' view of hands that hold syringe and forceps, in the middle of the filling."""
    with worn(browser, server) as person:
        ticket = open_session(server, seed=SEED)
        work(server, ticket, until_filled("vial-6")[:-1])
        person.enter(ticket)
        larger(person)
        person.look_at(person.scene((0.06, 0.96, -0.7)), eyes=(0.05, 1.45, -0.26))
        held_out(person, "left", (-0.1, 1.02, -0.5), (0.0, 0.98, -1.0))
        held_out(person, "right", (0.19, 1.03, -0.52), (0.12, 0.99, -1.0))
        keep(person, browser, folder / "headset-cabinet.png")


def air(browser: Browser, server: Server, folder: Path) -> None:
    """Smoke in the cabinet: nothing in its way, a hand above an open vial, a hand beside it."""
    context = opened(browser, *BY_HAND)
    person = MousePerson(context.new_page(), server)
    ticket = open_session(server, seed=SEED)
    work(server, ticket, until_filled("vial-6"))
    person.enter(ticket)
    person.press_button("^Show the air")
    person.until("window.resilience.air.view === 'filter'")
    x, _, z = person.place("vial-6", "neck")["world"]
    for name, aside in (("undisturbed", None), ("hand-above", 0.0), ("hand-beside", 0.13)):
        if aside is not None:
            bring_hand(person, x + aside, z, higher=RAISED if name == "hand-above" else 0)
        person.frames(COME_DOWN)
        person.page.set_viewport_size({"width": 1280, "height": 720})
        person.frames(2)
        person.page.screenshot(path=folder / f"smoke-{name}.png", scale="css")
        person.page.set_viewport_size({"width": BY_HAND[0], "height": BY_HAND[1]})
        person.frames(2)
    context.close()


def reveal(browser: Browser, server: Server, folder: Path) -> None:
    """The debrief of a hand above an open vial, and its replay."""
    context = opened(browser, 1280, 720)
    page = context.new_page()
    session = played_by(server, "hand-over-vial")
    sign_in(page, server, "trainee", f"/reveal/{session}")
    page.wait_for_selector("html[data-ready=reveal]")
    page.screenshot(path=folder / "reveal.png", scale="css")
    page.locator(".work-on > li", has_text="above an open vial").get_by_role("button").click()
    page.locator(".air-note").wait_for()
    page.locator("#replay").screenshot(path=folder / "reveal-replay.png", scale="css")
    context.close()


def plates(browser: Browser, server: Server, folder: Path) -> None:
    """What grew after a novice who leaned on the grille, when it came, and how much it is beside an expert's run."""
    context = opened(browser, 1280, 720)
    page = context.new_page()
    session = leaning_novice(server)
    sign_in(page, server, "trainee", f"/reveal/{session}")
    page.wait_for_selector("html[data-ready=reveal]")
    page.locator(".plate:has(.colony)").first.click()
    page.locator("#plates").screenshot(path=folder / "reveal-plates.png", scale="css")
    page.locator("#risk").screenshot(path=folder / "heat-risk.png", scale="css")
    page.locator("#heat").scroll_into_view_if_needed()
    page.locator(".heat-cell[data-class='7']").first.hover()
    page.locator("#heat").screenshot(path=folder / "heat-map.png", scale="css")
    context.close()


def leaning_novice(server: Server) -> str:
    """The id of the session of a novice with dirty sleeves, recorded on the server's store."""
    script = [sys.executable, str(ROOT / "scripts/leaning_novice.py"), str(UNLUCKY)]
    env = {**os.environ, "RESILIENCE_DATA": str(server.data)}
    return subprocess.run(script, env=env, capture_output=True, text=True, check=True).stdout.split()[-1]


def uv(browser: Browser, server: Server, folder: Path) -> None:
    """What lies on things by ultraviolet light: in the middle of a filling done in haste, and in a replay."""
    context = opened(browser, 1280, 720)
    person = Person(context.new_page(), server)
    ticket = open_session(server, seed=SEED)
    work(server, ticket, until_filled("vial-6"))
    person.enter(ticket)
    person.page.keyboard.press("2")
    person.standing_at("cabinet")
    person.page.keyboard.press("u")
    person.until("window.resilience.uv.dusk === 1 && window.resilience.uv.faces.length > 0")
    take(person, folder / "uv-cabinet.png")
    person.page.close()
    page = context.new_page()
    sign_in(page, server, "trainee", f"/reveal/{leaning_novice(server)}")
    page.wait_for_selector("html[data-ready=reveal]")
    page.locator(".heat-cell[data-class='7']").first.click()
    page.locator(".replay-controls").wait_for()
    page.get_by_role("button", name="Play", exact=True).wait_for()
    page.get_by_label("Camera").select_option("first")
    for light, name in (("lying", "uv-replay"), ("came", "heat-replay")):
        page.get_by_label("Light").select_option(light)
        page.wait_for_timeout(4000)
        page.locator("#replay").screenshot(path=folder / f"{name}.png", scale="css")
        # Towards the end of the filling most containers have got their share.
        page.locator(".heat-cell[data-class='6']").last.click()
        page.get_by_role("button", name="Play", exact=True).wait_for()
    context.close()


Parts = dict[str, Callable[[Browser, Server, Path], None]]
PARTS: Parts = {
    "stations": stations,
    "palm-menu": palm_menu,
    "headset-trolley": in_headset_at_trolley,
    "headset-cabinet": in_headset_at_cabinet,
    "air": air,
    "uv": uv,
    "reveal": reveal,
    "plates": plates,
}


def take_all(parts: Parts, folder: Path, names: list[str]) -> None:
    """Takes the named pictures, or all, of a server of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, product(Path(data)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS)
        for name in names or parts:
            parts[name](browser, server, folder)
        browser.close()


if __name__ == "__main__":
    take_all(PARTS, Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/pictures", sys.argv[2:])
