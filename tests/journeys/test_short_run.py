"""The same short run by every device: sanitise, spray a pack, put the spray back, carry the pack in, finish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.conftest import Server
from tests.journeys.keys import KeyboardPerson
from tests.journeys.person import Person, Recorded, open_session, recorded
from tests.journeys.pointers import MousePerson, PointerPerson, TouchPerson

pytestmark = pytest.mark.journey

WORKTOP_SPOT = (0.0, 0.9, -1.5)


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    options: dict[str, Any] = getattr(request, "param", {})
    made = browser.new_context(viewport={"width": 1024, "height": 576}, **options)
    made.add_init_script("localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))")
    yield made
    made.close()


# What the alcohol needs is counted in seconds of the session: whoever waits for it here keeps those rules, on however
# slow a machine, and every device is judged by the same ones.
DRY = "!window.resilience.hands.right.wet && !window.resilience.snapshot.items['vial-pack'].look.wet"
FASTER = "Let time pass faster"


def pointer_run(person: PointerPerson) -> None:
    home = person.sees("window.resilience.snapshot.items.spray.at")
    person.press("sanitiser")
    person.until("window.resilience.hands.right.wet === true")
    person.press("spray")
    person.holding("right", "spray")
    person.press("vial-pack")
    person.until("(window.resilience.snapshot.items['vial-pack'].look.wet ?? 0) > 0")
    person.put_on("trolley-top", *home)
    person.holding("right", None)
    person.press_button(FASTER)
    person.until(DRY)
    person.press_button(FASTER)
    person.menu("vial-pack", "Take with the left hand")
    person.holding("left", "vial-pack")
    person.go("cabinet", "Cabinet")
    person.put_on("worktop", *WORKTOP_SPOT)
    person.holding("left", None)
    person.finish(4)


def assert_short_run(kept: Recorded) -> None:
    """What every device must have brought about, read from the server's record."""
    assert [(a["hand"], a["target"]) for a in kept.of("use")][-1] == ("right", "vial-pack")
    assert [a["item"] for a in kept.of("take")] == ["spray", "vial-pack"]
    assert [a["on"] for a in kept.of("place")] == ["trolley-top", "worktop"]
    assert [a["station"] for a in kept.of("move")] == ["cabinet"]
    assert kept.of("answer")[-1] | {"seq": 0, "tick": 0} == {
        "seq": 0,
        "tick": 0,
        "verb": "answer",
        "question": "self-rating",
        "choice": "4",
    }
    assert kept.actions[-1]["verb"] == "finish"
    assert len(kept.of("pose")) > 20, "the path of the hands is part of the record"
    assert kept.outcome["verdict"] == "not_yet_competent"


@pytest.fixture(scope="module")
def scores() -> dict[str, Any]:
    """Scores and broken rules of the first device that came through: the measure for all others."""
    return {}


def assert_same_score(kept: Recorded, scores: dict[str, Any]) -> None:
    mine = {part: kept.outcome[part] for part in ("checklist", "records")}
    mine["broken"] = sorted({finding["check"] for finding in kept.outcome["findings"]})
    assert scores.setdefault("first", mine) == mine


def clean(person: Person) -> None:
    assert person.complaints == []
    assert person.outside == [], "nothing may be asked of another host"


def test_by_mouse(server: Server, context: BrowserContext, scores: dict[str, Any]) -> None:
    ticket = open_session(server)
    person = MousePerson(context.new_page(), server)
    person.enter(ticket)
    pointer_run(person)
    clean(person)
    kept = recorded(server, ticket)
    assert_short_run(kept)
    assert_same_score(kept, scores)


@pytest.mark.parametrize("context", [{"has_touch": True}], indirect=True)
def test_by_touch(server: Server, context: BrowserContext, scores: dict[str, Any]) -> None:
    ticket = open_session(server)
    person = TouchPerson(context.new_page(), server)
    person.enter(ticket)
    pointer_run(person)
    clean(person)
    kept = recorded(server, ticket)
    assert_short_run(kept)
    assert_same_score(kept, scores)


def test_by_keyboard_alone(server: Server, context: BrowserContext, scores: dict[str, Any]) -> None:
    ticket = open_session(server)
    person = KeyboardPerson(context.new_page(), server)
    person.enter(ticket)
    person.press("sanitiser")
    person.until("window.resilience.hands.right.wet === true")
    person.press("spray")
    person.holding("right", "spray")
    person.press("vial-pack")
    person.until("(window.resilience.snapshot.items['vial-pack'].look.wet ?? 0) > 0")
    person.put_on("trolley-top")
    person.holding("right", None)
    for wait_for in (DRY, "window.resilience.snapshot.pace === 1"):
        person.tab_to(FASTER)
        person.page.keyboard.press("Enter")
        person.until(wait_for)
    person.menu("vial-pack", "Take with the left hand")
    person.holding("left", "vial-pack")
    person.go("cabinet", 2)
    person.put_on("worktop")
    person.holding("left", None)
    person.finish(4)
    clean(person)
    kept = recorded(server, ticket)
    assert_short_run(kept)
    assert_same_score(kept, scores)
