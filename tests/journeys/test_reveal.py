"""The debrief of a virtual trainee whose hand stood over an open vial: what the page says is what the server knows."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.access import NARROW, played_by, sign_in
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

PATIENCE_MS = 60_000
# Counts the pixels of a picture that have the colour of broken first air (vermilion, also through the veil of glass).
VERMILION = """async bytes => {
    const raw = Uint8Array.from(atob(bytes), c => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([raw], {type: 'image/png'}));
    const paper = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    paper.drawImage(picture, 0, 0);
    const { data } = paper.getImageData(0, 0, picture.width, picture.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
        if (data[i] > data[i + 1] + 30 && data[i] > data[i + 2] + 60) count += 1;
    }
    return count;
}"""


@pytest.fixture(scope="session")
def shielded(server: Server) -> str:
    return played_by(server, "hand-over-vial")


@pytest.fixture(scope="session")
def touched(server: Server) -> str:
    return played_by(server, "sleeve-on-neck")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 720})
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, server: Server, shielded: str) -> Page:
    opened = context.new_page()
    sign_in(opened, server, "trainee")
    opened.goto(f"{server.address}/reveal/{shielded}")
    opened.wait_for_selector("html[data-ready=reveal]")
    return opened


def told(page: Page, server: Server, session: str) -> dict[str, Any]:
    """The debrief as the server's own interface gives it to this person."""
    answer = page.request.get(f"{server.address}/api/sessions/{session}/reveal")
    assert answer.ok
    found: dict[str, Any] = answer.json()
    return found


def clock(tick: int) -> str:
    return f"{tick // 1200}:{tick // 20 % 60:02d}"


def vermilion(page: Page) -> int:
    shot = base64.b64encode(page.locator(".replay-canvas").screenshot()).decode()
    count: int = page.evaluate(VERMILION, shot)
    return count


def stands_at(page: Page, tick: int) -> None:
    expect(page.locator(".scrubber")).to_have_value(str(tick), timeout=PATIENCE_MS)
    expect(page.locator(".replay-time")).to_contain_text(clock(tick))


def keep(page: Page, name: str, part: Locator | None = None) -> None:
    """The picture for whoever wants to see what this journey saw."""
    folder = Path("test-results")
    folder.mkdir(exist_ok=True)
    (part or page).screenshot(path=folder / f"{name}.png")


def test_it_opens_with_one_sentence_the_rating_and_three_things(page: Page, server: Server, shielded: str) -> None:
    reveal = told(page, server, shielded)
    sentence = page.locator("h1").inner_text()
    assert reveal["headline"].startswith(sentence)
    assert len(re.findall(r"[.!?](\s|$)", sentence)) == 1
    rating, result = page.locator(".self-rating"), page.locator(".result")
    expect(rating).to_contain_text(str(reveal["self_rating"]))
    expect(result).to_contain_text(re.compile("not yet competent", re.IGNORECASE))
    left, right = rating.bounding_box(), result.bounding_box()
    assert left
    assert right
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    shown = page.locator(".work-on > li")
    titles = list(dict.fromkeys(finding["title"] for finding in reveal["findings"]))[:3]
    assert 1 <= len(titles) <= 3
    assert shown.locator("h3").all_inner_texts() == titles
    keep(page, "reveal")


def test_a_finding_leads_to_its_moment_by_mouse(page: Page, server: Server, shielded: str) -> None:
    reveal = told(page, server, shielded)
    finding = next(f for f in reveal["findings"] if f["check"] == "first-air-vial")
    page.locator(".work-on > li", has_text=finding["title"]).get_by_role("button").click()
    stands_at(page, finding["tick"])
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page.locator(".air-note")).to_contain_text(finding["item"]["name"])
    expect(page.locator(".air-note")).to_contain_text("right hand", ignore_case=True)
    keep(page, "reveal-replay", page.locator("#replay"))
    with_air = vermilion(page)
    page.get_by_label("Broken first air").uncheck()
    page.wait_for_function(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
    )
    assert with_air > vermilion(page) + 200, "the broken first air is not to be seen"


def test_a_finding_leads_to_its_moment_by_keyboard(page: Page, server: Server, shielded: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    finding = next(f for f in told(page, server, shielded)["findings"] if f["check"] == "first-air-vial")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.closest('.work-on') !== null"):
            break
    page.keyboard.press("Enter")
    stands_at(page, finding["tick"])
    assert page.evaluate("() => document.activeElement.classList.contains('scrubber')")
    page.keyboard.press("ArrowRight")
    stands_at(page, finding["tick"] + 20)
    expect(page.locator(".air-note")).to_be_visible()
    page.keyboard.press("Shift+ArrowLeft")
    stands_at(page, finding["tick"] - 180)
    expect(page.locator(".air-note")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.locator(".scrubber")).not_to_have_value(str(finding["tick"] - 180))


def test_plates_cost_and_receipt_are_the_servers(page: Page, server: Server, touched: str) -> None:
    page.goto(f"{server.address}/reveal/{touched}")
    page.wait_for_selector("html[data-ready=reveal]")
    reveal = told(page, server, touched)
    plates = page.locator(".plate")
    assert plates.locator(".plate-name").all_text_contents() == [plate["name"] for plate in reveal["plates"]]
    for shown, plate in zip(plates.all(), reveal["plates"], strict=True):
        assert shown.locator("circle.colony").count() == min(plate["drawn_cfu"], 120)
    worst = max(reveal["plates"], key=lambda plate: plate["expected_cfu"])
    plates.nth(reveal["plates"].index(worst)).click()
    detail = page.locator(".plate-detail")
    expect(detail.locator("h3")).to_have_text(worst["name"])
    assert float(detail.locator("strong").first.inner_text()) == pytest.approx(worst["expected_cfu"], rel=0.1)
    expect(detail).to_contain_text(str(worst["drawn_cfu"]))
    keep(page, "reveal-plates", page.locator("#plates"))
    expect(page.locator("#cost")).to_contain_text(f"{reveal['cost']['gbp']['mid']:.0f}")
    expect(page.locator("#reveal")).to_contain_text(reveal["receipt"]["hash"][:12])


def test_trying_again_begins_a_new_seed(page: Page, server: Server, shielded: str) -> None:
    reveal = told(page, server, shielded)
    with page.expect_request("**/api/sessions") as asked:
        page.get_by_role("button", name=re.compile("new variant|again", re.IGNORECASE)).first.click()
    answer = asked.value.response()
    assert answer is not None
    assert answer.status == 201
    page.wait_for_url("**/play/**")
    body = json.loads(asked.value.post_data or "{}")
    assert body["module"] == reveal["outcome"]["module"]
    assert body["seed"] != reveal["outcome"]["seed"]
    assert not page.url.endswith(shielded)


def test_it_reads_well_on_a_phone(page: Page) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.locator(".work-on").get_by_role("button").first.click()
    page.locator(".replay-canvas").wait_for()
    expect(page.locator(".air-note")).to_be_visible(timeout=PATIENCE_MS)
    canvas = page.locator(".replay-canvas").bounding_box()
    assert canvas
    assert canvas["width"] <= NARROW["width"]
    assert canvas["height"] >= 200
    keep(page, "reveal-replay-phone")
