"""Whoever comes by looks at anything of the plant: in three dimensions, by name, by keyboard, and in words alone."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, Route

from tests.journeys.access import clear, in_every_look
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

MOST_FIRST_LOAD = 250_000  # bytes of scripts and styles, compressed
PATIENCE_MS = 60_000
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null;"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 720})
    yield made
    made.close()


def looked_at(context: BrowserContext, server: Server, kind: str, ready: str = "specimen") -> tuple[Page, list[str]]:
    """The page of a kind once it is drawn, and what it complained of."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server.address}/plant/{kind}")
    page.wait_for_selector(f"html[data-ready={ready}]", timeout=PATIENCE_MS)
    if ready == "specimen":
        page.wait_for_selector("#specimen[data-drawn]", timeout=PATIENCE_MS)
    return page, complaints


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("#specimen canvas").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def until(page: Page, expression: str) -> None:
    page.wait_for_function(f"() => {expression}", timeout=PATIENCE_MS)


def test_a_thing_is_found_turned_and_its_parts_are_named(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{server.address}/plant")
    page.get_by_label("Search").fill("syringe")
    page.get_by_role("button", name="Show").click()
    assert page.locator(".plant-card").count() < 5
    page.get_by_role("link", name=re.compile("syringe$", re.IGNORECASE)).click()
    page.wait_for_selector("#specimen[data-drawn]", timeout=PATIENCE_MS)
    assert page.evaluate("window.specimen.triangles") > 500

    x, y = middle(page)
    page.mouse.move(x, y)
    until(page, "window.specimen.lit !== null")
    pointed = page.evaluate("window.specimen.lit")
    assert page.locator(".specimen-tag").text_content() == page.locator(f"[data-name={pointed}]").text_content()

    before = page.evaluate("window.specimen.camera")
    page.mouse.down()
    page.mouse.move(x + 120, y, steps=4)
    page.mouse.up()
    until(page, f"Math.abs(window.specimen.camera[0] - {before[0]}) > 1e-3")
    turned = page.evaluate("window.specimen.camera")
    page.mouse.wheel(0, -300)
    until(page, f"Math.hypot(...window.specimen.camera) < 0.98 * {sum(v * v for v in turned) ** 0.5}")

    page.mouse.move(5, 5)
    page.locator("[data-name=plunger] button").press("Enter")
    until(page, "window.specimen.lit === 'plunger'")
    assert page.locator("[data-name=plunger] button").get_attribute("aria-pressed") == "true"


def test_the_keyboard_alone_turns_it_and_comes_nearer(server: Server, context: BrowserContext) -> None:
    page, complaints = looked_at(context, server, "cabinet")
    page.locator("#specimen canvas").focus()
    first = page.evaluate("window.specimen.camera")
    page.keyboard.press("ArrowRight")
    until(page, f"Math.abs(window.specimen.camera[0] - {first[0]}) > 1e-3")
    beside = page.evaluate("window.specimen.camera")
    page.keyboard.press("+")
    until(page, f"Math.abs(window.specimen.camera[2] - {beside[2]}) > 1e-3")
    page.keyboard.press("Home")
    until(page, f"Math.hypot(window.specimen.camera[0] - {first[0]}, window.specimen.camera[2] - {first[2]}) < 1e-6")
    page.get_by_label("Surfaces").check()
    assert complaints == []


def test_what_the_page_loads_first_is_small_and_from_here(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{server.address}/plant/vial")
    page.wait_for_selector("#specimen[data-drawn]", timeout=PATIENCE_MS)
    code = {a.url: a for a in answers if urlsplit(a.url).path.endswith((".js", ".css")) and a.ok}
    carried = sum(len(gzip.compress(answer.body(), 9)) for answer in code.values())
    print("plant page, scripts and styles:", carried)
    assert 50_000 < carried <= MOST_FIRST_LOAD
    assert [a.url for a in answers if not a.url.startswith((server.address, "data:", "blob:"))] == []


@pytest.mark.parametrize(
    ("answer", "status"), [(b"", 404), (b"\x00 this is no model", 200), (b"glTF\x02\x00\x00\x00", 200)]
)
def test_a_missing_or_broken_model_is_a_box_that_says_so(
    server: Server, context: BrowserContext, answer: bytes, status: int
) -> None:
    def broken(route: Route) -> None:
        route.fulfill(status=status, body=answer)

    context.route("**/models/cabinet.glb", broken)
    page, complaints = looked_at(context, server, "cabinet")
    assert page.evaluate("window.specimen.standIn") is True
    assert "could not be loaded" in page.locator(".specimen-missing").inner_text()
    assert page.evaluate("window.specimen.triangles") > 10
    assert page.locator(".specimen-size").count() == 3
    assert complaints == []


def test_without_webgl_the_words_stay(server: Server, context: BrowserContext) -> None:
    context.add_init_script(NO_WEBGL)
    page, complaints = looked_at(context, server, "vial", ready="words")
    assert page.locator("#specimen canvas").count() == 0
    assert "24 × 44.5 × 24 mm" in page.locator("#specimen").inner_text()
    assert page.locator(".part-names li").count() >= 5
    assert page.locator(".specimen-shown").is_hidden(), "switches for a picture that is not there"
    assert complaints == []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_nothing_stands_in_anybodys_way(browser: Browser, server: Server, language: str) -> None:
    made = browser.new_context(locale=language, viewport={"width": 1280, "height": 720})
    page = made.new_page()
    found = []
    for path in ("/plant", "/plant?q=unicorn", "/plant/cabinet", "/plant/vial", "/plant/filling-room"):
        page.goto(server.address + path)
        assert page.locator("html").get_attribute("lang") == language
        if "/plant/" in path:
            page.wait_for_selector("#specimen[data-drawn]", timeout=PATIENCE_MS)
        found += in_every_look(page, path)
    made.close()
    clear(found)
