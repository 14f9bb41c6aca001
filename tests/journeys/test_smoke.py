"""The air made visible: smoke that comes straight onto a vial is broken by a hand above it, and none in assessment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.access import violations
from tests.journeys.ahead import SEED, until_filled, work
from tests.journeys.air import COME_DOWN, RAISED, bring_hand, straight_over
from tests.journeys.conftest import Server
from tests.journeys.headset import HeadsetPerson, device_script
from tests.journeys.person import open_session
from tests.journeys.pointers import MousePerson
from tests.journeys.test_budget import EYES, MOST_CALLS, MOST_PROGRAMS, MOST_TRIANGLES

pytestmark = pytest.mark.journey

OPEN_VIAL = "vial-6"
SHOWN = "window.resilience.air.view"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1024, "height": 576})
    made.add_init_script("localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))")
    yield made
    made.close()


def test_a_hand_above_a_vial_breaks_the_smoke_over_it(server: Server, context: BrowserContext) -> None:
    person = MousePerson(context.new_page(), server)
    ticket = open_session(server, mode="practice", seed=SEED)
    work(server, ticket, until_filled(OPEN_VIAL))
    asked: list[str] = []
    person.page.on("request", lambda sent: asked.append(sent.url))
    person.enter(ticket)
    assert person.sees(SHOWN) is None
    assert not [url for url in asked if "cabinet-air" in url or url.endswith(".bin")], "the air costs nothing unasked"
    before = person.sees("window.resilience.renderer")

    person.press_button("^Show the air")
    person.until(f"{SHOWN} === 'filter'")
    person.frames(COME_DOWN)
    points, straight = straight_over(person, OPEN_VIAL)
    assert points >= 8
    assert straight == points
    shown = person.sees("window.resilience.renderer")
    assert shown["calls"] == before["calls"] + 1
    assert shown["calls"] * EYES <= MOST_CALLS
    assert shown["triangles"] * EYES <= MOST_TRIANGLES
    assert shown["programs"] <= MOST_PROGRAMS
    assert violations(person.page) == []

    x, _, z = person.place(OPEN_VIAL, "neck")["world"]
    bring_hand(person, x, z, higher=RAISED)
    person.frames(COME_DOWN)
    assert straight_over(person, OPEN_VIAL)[1] <= 0.3 * straight

    person.page.get_by_role("button", name="Hide the air").click()
    person.until(f"{SHOWN} === null")
    person.frames(2)
    assert person.sees("window.resilience.renderer.calls") == before["calls"]
    assert person.complaints == []


def test_an_assessment_keeps_the_air_invisible_and_says_why(server: Server, context: BrowserContext) -> None:
    person = MousePerson(context.new_page(), server)
    person.enter(open_session(server, mode="assessment", seed=SEED))
    person.page.keyboard.press("a")
    person.page.get_by_text("In an assessment the air stays invisible").first.wait_for()
    assert person.sees(SHOWN) is None
    assert person.page.locator(".air-note").is_hidden()


def test_the_menu_of_a_headset_leads_to_the_air(server: Server, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 180})
    context.add_init_script("localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))")
    context.add_init_script(device_script())
    person = HeadsetPerson(context.new_page(), server)
    person.enter(open_session(server, mode="practice", seed=SEED))
    person.wear()
    person.choose(person.open_ways(), "Show the air")
    person.asked()
    person.choose("form", "Particles from gloves")
    person.until(f"{SHOWN} === 'particles'")
    drawn = person.sees("window.resilience.renderer")
    assert drawn["calls"] <= MOST_CALLS
    assert drawn["triangles"] <= MOST_TRIANGLES
    person.choose(person.open_ways(), "Show the air")
    person.asked()
    person.choose("form", "Hide the air")
    person.until(f"{SHOWN} === null")
    assert person.complaints == []
    context.close()
