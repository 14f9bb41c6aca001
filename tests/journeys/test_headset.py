"""From inside a headset: the same short run by two controllers, by one and by bare hands; and all that is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.ahead import SEED, until_filled, work
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


def test_all_that_is_asked_is_answered_by_two_controllers(server: Server, context: BrowserContext) -> None:
    """In the middle of the filling, both hands full: amount, record, report, hint, decision, signature."""
    ticket = open_session(server, mode="guided", seed=SEED)
    work(server, ticket, until_filled("vial-6")[:-1])
    person = HeadsetPerson(context.new_page(), server)
    person.enter(ticket)
    person.wear()

    spec = next(offer["spec"] for offer in person.offers("vial-6") if offer["needs"] == "amount")
    person.press("vial-6", part="neck")
    person.asked()
    person.push("right", 0, 1)
    person.choose("form", "\u2212")
    person.choose("form", "\u2212")
    person.push("left", 1, 0)
    person.choose("form", "Do it")
    person.answered()
    person.settled()

    person.choose(person.open_ways(), "Batch record")
    person.choose("form", "Stoppers used")
    person.type("7")

    person.pull("left", "y-button")
    person.asked()
    person.choose("form", "Report a deviation")
    person.type("a gap")

    person.choose(person.open_ways(), "Hint")
    person.answered()

    person.look_at(person.place("bottle")["world"])
    person.aim("right", person.place("bottle")["world"])
    person.until("window.resilience.pointedAt === 'bottle'")
    person.pull("right", "a-button")
    person.asked()
    assert any("Draw up" in row["label"] for row in person.rows("form"))
    person.choose("form", "Cancel")
    person.answered()

    person.choose(person.open_ways(), "Desk")
    person.standing_at("desk")
    person.choose(person.open_ways(), "Decisions")
    person.choose("form", "label roll")
    person.choose("form", "Yes, use it")
    person.answered()

    person.choose(person.open_ways(), "Batch record")
    person.choose("form", "Batch made as recorded")
    person.choose("form", "I did this work")
    person.answered()
    within_budget(person)
    person.finish(3)
    clean(person)

    kept = recorded(server, ticket)
    drawn = kept.of("use")[-1]
    assert (drawn["hand"], drawn["target"]) == ("right", "vial-6")
    # The stick back, twice the key for less, the other stick to the right: two steps less in all.
    assert drawn["amount"] == pytest.approx(spec["start"] - 2 * spec["step"])
    entered = kept.of("record")[-1]
    assert (entered["field"], entered["value"]) == ("stoppers-used", 7)
    told = kept.of("report")[-1]
    assert (told["to"], told["kind"], told["text"]) == ("supervisor", "deviation", "a gap")
    assert len(kept.of("hint")) == 1
    answers = [(answer["question"], answer["choice"]) for answer in kept.of("answer")[-2:]]
    assert answers == [("labels-ok", "accept"), ("self-rating", "3")]
    assert [(signed["step"], signed["meaning"]) for signed in kept.of("sign")] == [("batch", "performed")]


def test_a_finger_pokes_what_stands_before_it(server: Server, context: BrowserContext) -> None:
    """Bare hands at the menu of the palm, and at the questions that follow: nothing is pinched."""
    ticket = open_session(server, mode="guided", seed=SEED)
    person = HeadsetPerson(context.new_page(), server, hands=True)
    person.enter(ticket)
    person.wear()
    person.turn_palm()
    person.poke("palm", "More")
    person.poke("palm", "Hint")
    person.turn_palm()
    person.poke("palm", "Batch record")
    person.asked()
    person.poke("form", "Start")
    person.poke("form", "time on the wall")
    person.answered()
    person.finish(2)
    clean(person)

    kept = recorded(server, ticket)
    assert len(kept.of("hint")) == 1
    assert [(entered["field"], entered["value"]) for entered in kept.of("record")] == [("start-time", "09:00")]
