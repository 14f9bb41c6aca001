"""The same short run from inside a headset: by two controllers, by one, and by bare hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.conftest import Server
from tests.journeys.headset import HeadsetPerson, device_script
from tests.journeys.person import open_session, recorded
from tests.journeys.test_short_run import WORKTOP_SPOT, assert_short_run, clean

pytestmark = pytest.mark.journey

# What a standalone headset draws without dropping frames, both eyes together.
BUDGET = {"calls": 100, "triangles": 300_000, "textures": 40, "programs": 20}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    # An emulated headset draws both eyes into the page: few pixels spare a machine without a graphics card.
    made = browser.new_context(viewport={"width": 320, "height": 180})
    made.add_init_script("localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))")
    made.add_init_script(device_script())
    yield made
    made.close()


def at_the_trolley(person: HeadsetPerson) -> None:
    """Sanitises, sprays the pack, and puts the spray back where it stood."""
    home = person.sees("window.resilience.snapshot.items.spray.at")
    person.press("sanitiser")
    person.until("window.resilience.hands.right.wet === true")
    person.press("spray")
    person.holding("right", "spray")
    person.press("vial-pack")
    person.until("(window.resilience.snapshot.items['vial-pack'].look.wet ?? 0) > 0")
    person.put_on("right", *home)


def within_budget(person: HeadsetPerson) -> None:
    drawn = person.sees("window.resilience.renderer")
    assert {name: drawn[name] for name, most in BUDGET.items() if drawn[name] > most} == {}


def run(person: HeadsetPerson, take: Callable[[HeadsetPerson], None], go: Callable[[HeadsetPerson], None]) -> None:
    person.wear()
    at_the_trolley(person)
    within_budget(person)
    take(person)
    person.holding("left", "vial-pack")
    person.rest("left")
    go(person)
    within_budget(person)
    person.put_on("left" if "left" in person.sides else "right", *WORKTOP_SPOT)
    person.finish(4)
    clean(person)


def test_by_two_controllers(server: Server, context: BrowserContext) -> None:
    ticket = open_session(server)
    person = HeadsetPerson(context.new_page(), server)
    person.enter(ticket)
    run(person, lambda one: one.press("vial-pack", "left"), lambda one: one.stick_to("cabinet"))
    assert_short_run(recorded(server, ticket))


def test_by_one_controller(server: Server, context: BrowserContext) -> None:
    ticket = open_session(server)
    person = HeadsetPerson(context.new_page(), server, sides=("right",))
    person.enter(ticket)

    def by_menu(one: HeadsetPerson) -> None:
        one.long_press("vial-pack")
        one.choose("form", "Take with the left hand")

    run(person, by_menu, lambda one: one.stick_to("cabinet"))
    assert_short_run(recorded(server, ticket))


def test_by_bare_hands(server: Server, context: BrowserContext) -> None:
    ticket = open_session(server)
    person = HeadsetPerson(context.new_page(), server, hands=True)
    person.enter(ticket)
    run(person, lambda one: one.press("vial-pack", "left"), lambda one: one.look_and_pinch("cabinet"))
    assert_short_run(recorded(server, ticket))


def test_entering_and_leaving_again_keeps_the_memory_as_it_was(server: Server, context: BrowserContext) -> None:
    person = HeadsetPerson(context.new_page(), server)
    person.enter(open_session(server))
    kept: list[dict[str, Any]] = []
    for _ in range(3):
        person.wear()
        person.frames(3)
        within_budget(person)
        drawn = person.sees("window.resilience.renderer")
        kept.append({name: drawn[name] for name in ("geometries", "textures", "programs")})
        person.take_off()
    assert kept[1] == kept[2]
    assert drawn["calls"] > 0, "something must have been drawn"
    clean(person)
