"""A walk through every room of the plant: by mouse, by keys, in a headset and on one's own floor; and what it costs."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Response

from resilience.plant import kinds, load
from tests.journeys.access import clear, in_every_look
from tests.journeys.conftest import Server
from tests.journeys.headset import device_script, looking
from tests.journeys.test_budget import EYES, MOST_CALLS, MOST_PROGRAMS, MOST_SCENE, MOST_TEXTURES, MOST_TRIANGLES

pytestmark = pytest.mark.journey

PATIENCE_MS = 120_000
ROOMS = [kind for kind in kinds() if load(kind).mounts]
MORE_HEAP = 1.06  # after the second visit of all rooms, over what it was after the first


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 640, "height": 360})
    yield made
    made.close()


class Walker:
    """A person in front of the page: looks at what it shows, acts by devices."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def arrive(self, room: str) -> None:
        self.page.goto(f"{self.server.address}/plant/{room}/walk")
        self.page.wait_for_selector("html[data-ready=walk]", timeout=PATIENCE_MS)
        self.stands_in(room)

    def until(self, expression: str) -> None:
        self.page.wait_for_function(f"() => {expression}", timeout=PATIENCE_MS)

    def stands_in(self, room: str) -> None:
        self.until(f"window.walk && !window.walk.entering && window.walk.room === '{room}'")
        self.frames(3)

    def frames(self, count: int) -> None:
        seen = self.page.evaluate("window.walk.frames")
        self.until(f"window.walk.frames >= {seen + count}")

    def sees(self, expression: str) -> Any:
        return self.page.evaluate(f"window.walk.{expression}")

    def choose(self, room: str) -> None:
        self.page.locator(".bar-what select").select_option(room)
        self.stands_in(room)


def within_budget(drawn: dict[str, int], eyes: int, where: str) -> None:
    told = f"{where}: {drawn}"
    assert drawn["calls"] > 0, told
    assert drawn["calls"] * eyes <= MOST_CALLS, told
    assert drawn["triangles"] > 2_000, f"the room is not drawn; {told}"
    assert drawn["triangles"] * eyes <= MOST_TRIANGLES, told
    assert drawn["textures"] <= MOST_TEXTURES, told
    assert drawn["programs"] <= MOST_PROGRAMS, told
    print(told)


def heap(devtools: CDPSession) -> float:
    """Bytes of the page's own memory after what nobody holds has been let go."""
    devtools.send("HeapProfiler.collectGarbage")
    used: float = devtools.send("Runtime.getHeapUsage")["usedSize"]
    return used


def test_all_rooms_twice_keep_their_budget_and_leave_nothing_behind(server: Server, context: BrowserContext) -> None:
    walker = Walker(context.new_page(), server)
    answers: list[Response] = []
    walker.page.on("response", lambda answer: answers.append(answer))
    walker.arrive(ROOMS[0])
    devtools = context.new_cdp_session(walker.page)
    held: dict[str, list[dict[str, int]]] = {room: [] for room in ROOMS}
    heaps: list[float] = []
    programs: list[int] = []
    for _ in range(2):
        for room in [*ROOMS[1:], ROOMS[0]]:
            answers.clear()
            walker.choose(room)
            carried = {
                a.url: len(gzip.compress(a.body(), 9))
                for a in answers
                if urlsplit(a.url).path.endswith(".glb") and a.ok
            }
            assert sum(carried.values()) <= MOST_SCENE, f"{room}: {sum(carried.values())} bytes of models"
            assert carried or held[room], f"{room} loaded no model"
            drawn = walker.sees("renderer")
            within_budget(drawn, EYES, f"{room}, flat, {sum(carried.values())} bytes")
            assert walker.sees("standIns") == []
            held[room].append(drawn)
        heaps.append(heap(devtools))
        programs.append(walker.sees("renderer.programs"))
    print("heap after each round:", [round(one / 1e6, 2) for one in heaps], "MB")
    for room, (first, second) in held.items():
        for what in ("geometries", "textures"):
            assert second[what] <= first[what], f"{room}: {what} grew from {first[what]} to {second[what]}"
    # Rooms with a lamp of their own and rooms without take two sets of programs: both are there after one round.
    assert programs[1] == programs[0]
    assert heaps[1] <= MORE_HEAP * heaps[0]
    assert walker.complaints == []


def test_by_mouse_through_a_door_and_by_digits(server: Server, context: BrowserContext) -> None:
    walker = Walker(context.new_page(), server)
    walker.arrive("change-room")
    walker.page.keyboard.press("7")
    station = walker.sees("station")
    assert station == "door-clean"
    walker.frames(2)
    # The way back out is before one's face; one turns round to the door behind.
    walker.page.locator("#walk canvas").focus()
    for _ in range(15):
        walker.page.keyboard.press("ArrowLeft")
    walker.frames(2)
    sign = walker.sees("sign('airlock')")
    assert sign["screen"] is not None
    walker.page.mouse.click(sign["screen"]["x"], sign["screen"]["y"])
    walker.stands_in("airlock")
    assert walker.sees("station") == "door-in", "one comes in by the door that one went through"
    assert walker.page.url.endswith("/plant/airlock/walk")
    assert walker.page.title().startswith("Airlock")

    walker.page.locator("[data-key=door-filling]").press("Enter")
    walker.page.get_by_role("button", name="Go through: Filling room").press("Enter")
    walker.stands_in("filling-room")
    walker.page.go_back()
    walker.stands_in("airlock")
    assert walker.complaints == []


def test_a_missing_model_is_a_box_and_the_walk_goes_on(server: Server, context: BrowserContext) -> None:
    context.route("**/models/trolley.glb", lambda route: route.fulfill(status=404, body=b""))
    context.route("**/models/airlock.glb", lambda route: route.fulfill(status=200, body=b"no model at all"))
    walker = Walker(context.new_page(), server)
    walker.arrive("airlock")
    assert sorted(walker.sees("standIns")) == ["airlock", "trolley"]
    walker.page.keyboard.press("1")
    walker.choose("filling-room")
    assert "trolley" in walker.sees("standIns")
    assert walker.complaints == []


def test_sound_is_switched_off_for_good_and_is_captioned(server: Server, context: BrowserContext) -> None:
    walker = Walker(context.new_page(), server)
    walker.arrive("filling-room")
    assert "cabinet" in walker.page.locator(".walk [role=status][aria-live]").inner_text()
    switch = walker.page.get_by_role("button", name="Sound")
    assert switch.get_attribute("aria-pressed") == "true"
    switch.click()
    assert switch.get_attribute("aria-pressed") == "false"
    walker.page.reload()
    walker.stands_in("filling-room")
    assert walker.page.get_by_role("button", name="Sound").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_nothing_stands_in_a_walkers_way(browser: Browser, server: Server, language: str) -> None:
    made = browser.new_context(locale=language, viewport={"width": 1280, "height": 720})
    walker = Walker(made.new_page(), server)
    walker.arrive("airlock")
    assert walker.page.locator("html").get_attribute("lang") == language
    found = in_every_look(walker.page, f"walk, {language}")
    made.close()
    clear(found)


# ---- in a headset


@pytest.fixture
def worn(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 320, "height": 180})
    made.add_init_script(device_script())
    yield made
    made.close()


def own(walker: Walker, point: list[float]) -> list[float]:
    """A point of the room in the person's own room."""
    m: list[float] = walker.sees("rig")
    x, y, z = (point[n] - m[12 + n] for n in range(3))
    return [m[0] * x + m[1] * y + m[2] * z, m[4] * x + m[5] * y + m[6] * z, m[8] * x + m[9] * y + m[10] * z]


def pull_trigger_at(walker: Walker, point: list[float]) -> None:
    hand = [0.22, 1.15, -0.25]
    at = own(walker, point)
    turn = looking([at[n] - hand[n] for n in range(3)])
    walker.page.evaluate(
        "([at, turn]) => { const c = emulated.controllers.right; c.position.set(...at); c.quaternion.set(...turn); }",
        [hand, list(turn)],
    )
    walker.frames(3)
    walker.page.evaluate("() => emulated.controllers.right.updateButtonValue('trigger', 1)")
    walker.frames(3)
    walker.page.evaluate("() => emulated.controllers.right.updateButtonValue('trigger', 0)")


def test_in_a_headset_through_a_door_within_the_budget(server: Server, worn: BrowserContext) -> None:
    walker = Walker(worn.new_page(), server)
    walker.arrive("airlock")
    walker.page.locator("[data-reality=immersive-vr]").press("Enter")
    walker.until("window.walk.inVr")
    walker.frames(3)
    within_budget(walker.sees("renderer"), 1, "airlock, both eyes")
    before = walker.sees("station")
    mark = next(name for name in ("door-filling", "door-in") if name != before)
    pull_trigger_at(walker, walker.sees(f"mark('{mark}')")["world"])
    walker.until(f"window.walk.station === '{mark}'")
    walker.frames(3)
    pull_trigger_at(walker, walker.sees("sign('filling-room')")["world"])
    walker.stands_in("filling-room")
    within_budget(walker.sees("renderer"), 1, "filling-room, both eyes")
    for room in ROOMS:
        walker.page.evaluate(
            "room => { const s = document.querySelector('.bar-what select'); s.value = room;"
            " s.dispatchEvent(new Event('change')); }",
            room,
        )
        walker.stands_in(room)
        within_budget(walker.sees("renderer"), 1, f"{room}, both eyes")
    walker.page.evaluate("() => void emulated.activeSession.end()")
    walker.until("!window.walk.inVr")
    assert walker.complaints == []


def test_on_ones_own_floor_the_walls_are_ones_own(server: Server, worn: BrowserContext) -> None:
    walker = Walker(worn.new_page(), server)
    walker.arrive("filling-room")
    assert walker.sees("walls") is True
    with_walls = walker.sees("renderer.triangles")
    walker.page.locator("[data-reality=immersive-ar]").press("Enter")
    walker.until("window.walk.worn === 'immersive-ar'")
    walker.frames(3)
    assert walker.sees("walls") is False
    assert 2_000 < walker.sees("renderer.triangles") / EYES < with_walls
    walker.page.evaluate("() => void emulated.activeSession.end()")
    walker.until("window.walk.worn === null")
    assert walker.sees("walls") is True
    assert walker.complaints == []


def test_one_thing_on_ones_own_floor_a_metre_ahead(server: Server, worn: BrowserContext) -> None:
    page = worn.new_page()
    page.goto(f"{server.address}/plant/cabinet")
    page.wait_for_selector("#specimen[data-drawn]", timeout=PATIENCE_MS)
    page.get_by_role("button", name="On your own floor").press("Enter")
    page.wait_for_function("() => window.specimen.onFloor && window.specimen.placed?.[2] < -0.5", timeout=PATIENCE_MS)
    x, y, z = page.evaluate("window.specimen.placed")
    depth = load("cabinet").high[2]
    assert (x, y) == (pytest.approx(0, abs=0.01), pytest.approx(0, abs=0.01))
    assert z == pytest.approx(-(1 + depth), abs=0.05), "its front is a metre before the feet"
    page.evaluate("() => void emulated.activeSession.end()")
    page.wait_for_function("() => !window.specimen.onFloor", timeout=PATIENCE_MS)
