"""What lies on things, made visible: as the record has it, never in an assessment, in a headset, in the replay."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from websockets.sync.client import connect

from resilience.training import modules
from resilience.training.session import Session
from tests.journeys.access import played_by, sign_in, violations
from tests.journeys.ahead import MODULE, SEED
from tests.journeys.conftest import Server
from tests.journeys.headset import HeadsetPerson, device_script
from tests.journeys.keys import KeyboardPerson
from tests.journeys.person import PATIENCE_MS, Person, open_session, recorded
from tests.journeys.test_headset import within_budget

pytestmark = pytest.mark.journey

UV = "window.resilience.uv"
COACHED = "localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))"
# Mean of the picture's colours, 0 to 255.
BRIGHTNESS = """async bytes => {
    const raw = Uint8Array.from(atob(bytes), c => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([raw], {type: 'image/png'}));
    const paper = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    paper.drawImage(picture, 0, 0);
    const { data } = paper.getImageData(0, 0, picture.width, picture.height);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum += data[i] + data[i + 1] + data[i + 2];
    return sum / (0.75 * data.length);
}"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1024, "height": 576}, locale="en-GB")
    made.add_init_script(COACHED)
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def worn(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 320, "height": 180}, locale="en-GB")
    made.add_init_script(COACHED)
    made.add_init_script(device_script())
    yield made
    made.close()


def brightness(page: Page, canvas: Locator) -> float:
    """Of the middle of the scene, where nothing stands over it."""
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    part = {"x": box["x"] + 0.4 * box["width"], "y": box["y"] + 0.3 * box["height"]}
    clip = {**part, "width": 0.25 * box["width"], "height": 0.35 * box["height"]}
    shot = base64.b64encode(page.screenshot(clip=clip)).decode()  # type: ignore[arg-type]
    mean: float = page.evaluate(BRIGHTNESS, shot)
    return mean


def lit(person: Person, owner: str) -> float:
    """What the page was told lies on the glove of a hand, CFU."""
    faces: list[list[Any]] = person.sees(f"{UV}.faces")
    return float(next(cfu for who, part, cfu in faces if who == owner and part != "skin"))


def test_what_a_glove_takes_up_is_seen_as_the_record_has_it(server: Server, context: BrowserContext) -> None:
    person = KeyboardPerson(context.new_page(), server)
    ticket = open_session(server, mode="practice", seed=SEED)
    person.enter(ticket)
    canvas = person.page.locator("canvas").first
    by_day, drawn = brightness(person.page, canvas), person.sees("window.resilience.renderer")
    person.page.keyboard.press("u")
    person.until(f"{UV}.on && {UV}.dusk === 1 && {UV}.faces.length > 0")
    person.frames(2)
    assert brightness(person.page, canvas) < 0.6 * by_day
    assert person.sees("window.resilience.renderer.calls") == drawn["calls"], "the light costs no call"
    expect(person.page.locator(".uv-note")).to_contain_text("Relative risk, simulated")
    assert violations(person.page) == []

    before = lit(person, "hand:right")
    person.press("spray")
    person.holding("right", "spray")
    person.until(f"{UV}.faces.find(([who, part]) => who === 'hand:right' && part !== 'skin')[2] !== {before}")
    after = lit(person, "hand:right")
    person.page.keyboard.press("u")
    person.until(f"!{UV}.on && {UV}.dusk === 0")
    assert person.sees(f"{UV}.faces") == []
    person.finish(3)
    assert person.complaints == []

    kept = recorded(server, ticket)
    session = Session(modules.load(MODULE), SEED, "practice")
    loads = []
    for action in kept.actions:
        session.act(action)
        if action["verb"] in ("take", "pose"):
            told = {(who, part): cfu for who, part, cfu in session.lying(0.0)}
            loads.append((action["verb"], told["hand:right", "glove"]))
    taken = next(n for n, (verb, _) in enumerate(loads) if verb == "take")
    assert loads[taken - 1][1] == pytest.approx(before, rel=0.01)
    assert loads[taken][1] == pytest.approx(after, rel=0.01)
    assert after != pytest.approx(before, rel=0.01)


def test_an_assessment_keeps_it_invisible_and_the_server_refuses(server: Server, context: BrowserContext) -> None:
    person = Person(context.new_page(), server)
    person.enter(open_session(server, mode="assessment", seed=SEED))
    person.page.keyboard.press("u")
    person.page.get_by_text("In an assessment what lies on things stays invisible").first.wait_for()
    assert person.sees(f"{UV}.on") is False
    assert person.page.locator(".uv-note").is_hidden()

    ticket = open_session(server, mode="assessment", seed=SEED)
    with connect(server.address.replace("http", "ws") + f"/live/{ticket.id}") as line:
        line.send(json.dumps({"t": "hello", "protocol": 1, "token": ticket.token, "have": 0}))
        line.send(json.dumps({"t": "look"}))
        said = [json.loads(line.recv(timeout=30)) for _ in range(2)]
    assert [message["t"] for message in said] == ["welcome", "error"]
    assert "assessment" in said[1]["what"]


def test_the_menu_of_a_headset_leads_to_it(server: Server, worn: BrowserContext) -> None:
    person = HeadsetPerson(worn.new_page(), server)
    person.enter(open_session(server, mode="practice", seed=SEED))
    person.wear()
    person.choose(person.open_ways(), "Ultraviolet")
    person.asked()
    person.choose("form", "Ultraviolet light")
    person.until(f"{UV}.on && {UV}.dusk === 1 && {UV}.faces.length > 0")
    within_budget(person)
    assert person.complaints == []


def test_the_replay_is_seen_by_the_same_light(server: Server, context: BrowserContext) -> None:
    session = played_by(server, "sleeve-on-neck")
    page = context.new_page()
    sign_in(page, server, "trainee", f"/reveal/{session}")
    page.wait_for_selector("html[data-ready=reveal]")
    page.get_by_role("button", name="Open the 3D replay").click()
    canvas = page.locator(".replay-canvas")
    canvas.wait_for()
    page.locator(".replay-controls").wait_for()
    page.get_by_role("button", name="Pause", exact=True).click()
    by_day = brightness(page, canvas)
    page.get_by_label("Light").select_option("lying")
    expect(page.locator(".uv-worst li").first).to_be_visible()
    page.wait_for_timeout(1500)
    assert brightness(page, canvas) < 0.6 * by_day

    told = page.request.get(f"{server.address}/api/sessions/{session}/replay").json()["lying"]
    step = int(page.locator(".scrubber").input_value()) // int(20 * told["step_s"])
    left = next(face["cfu"] for face in told["faces"] if (face["item"], face["part"]) == ("hand:left", "glove"))
    shown = page.locator(".uv-worst li", has_text="Left hand").locator("strong").inner_text()
    assert float(shown.removeprefix("× ")) == pytest.approx(left[step], rel=0.06)
