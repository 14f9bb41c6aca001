"""A class joins by its code and plays; its leader sees it happen, closes it, and nothing of a pupil is left."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.classes import assert_only_counts_remain, closes, counts, opens
from tests.journeys.conftest import Server
from tests.journeys.database import Store
from tests.journeys.office import DESK, PHONE, Visitor, at
from tests.journeys.person import PATIENCE_MS
from tests.journeys.pointers import TouchPerson

pytestmark = pytest.mark.journey

CODE = "OPEN-DAY-1"
# A screen drawn by software: fewer pixels spare a machine without a graphics card.
TABLET: dict[str, Any] = {"viewport": {"width": 800, "height": 560}, "locale": "en-GB"}
SMALL_PHONE = {**PHONE, "device_scale_factor": 1}


def joins(pupil: Visitor, code: str) -> str:
    """By the code on the wall; returns the token that the device got."""
    pupil.goes_to("/join")
    pupil.types("Code", code.lower())
    pupil.button("^Join$")
    pupil.told("Part 1 of 2")
    tokens = [cookie["value"] for cookie in pupil.context.cookies() if cookie["name"] == "class"]
    assert len(tokens) == 1
    return tokens[0]


def answers(pupil: Visitor, points: int) -> None:
    pupil.press(pupil.page.locator("label.check").filter(has_text=re.compile(rf"^{points}")))
    pupil.button("^Answer$")
    pupil.told("Thank you. You can still change it")


def begins(pupil: Visitor) -> TouchPerson:
    """Into the plant; returns who stands there."""
    pupil.button("^Start$")
    pupil.page.wait_for_url("**/class/play/*")
    person = TouchPerson(pupil.page, pupil.server)
    person.until("window.resilience?.ready === true")
    person.frames(2)
    return person


def number_of(page: Page) -> str:
    """The session that is played on a page."""
    return page.url.rpartition("/")[2].partition("#")[0]


def finishes(person: TouchPerson) -> str:
    """Ends the session as anybody may at any moment; returns its number."""
    session = number_of(person.page)
    person.press_button("^Finish$")
    person.rate(3)
    person.press_button("^Finish and see")
    person.page.wait_for_url(re.compile(r"/class(#.*)?$"), timeout=PATIENCE_MS)
    person.page.get_by_text("What came of it").wait_for()
    return session


def test_a_class_plays_and_only_counts_remain(browser: Browser, server: Server) -> None:
    store = Store(server)
    with (
        at(browser, server, DESK) as desk,
        at(browser, server, SMALL_PHONE) as phone,
        at(browser, server, TABLET) as tablet,
        at(browser, server, TABLET) as idle,
    ):
        group, code = opens(desk, CODE)
        before = store.everything()
        counts(desk, 0, 0, 0)

        tokens = [joins(pupil, code) for pupil in (phone, tablet, idle)]
        assert len(set(tokens)) == 3
        counts(desk, 3, 0, 0)
        answers(phone, 2)

        sessions = []
        person = begins(phone)
        counts(desk, 3, 1, 0)
        person.press("sanitiser")
        person.until("window.resilience.hands.right.wet === true")
        sessions.append(finishes(person))
        phone.told("Part 2 of 2")
        sessions.append(finishes(begins(phone)))
        phone.told("You have done it")
        answers(phone, 4)
        counts(desk, 3, 1, 1)

        # Another passes the first part over, begins the second, and is in the middle of it when the class ends.
        tablet.button("^Skip this part")
        tablet.told("Part 2 of 2")
        tablet.button("^Start$")
        tablet.page.wait_for_url("**/class/play/*")
        sessions.append(number_of(tablet.page))
        counts(desk, 3, 2, 1)

        closes(desk, 4)
        for pupil in (phone, idle):
            pupil.goes_to("/class")
            pupil.told("Type the code that your teacher or visitor shows you")
        cookies = {cookie["name"] for pupil in (phone, tablet, idle) for cookie in pupil.context.cookies()}
        assert cookies == {"class", "csrftoken"}

    assert store.one(
        "SELECT joined, started, finished, interest_before, interest_after, code FROM programme_classjoin WHERE id = ?",
        group,
    ) == (3, 2, 1, "[]", "[]", None)
    assert store.one(
        "SELECT h.kind, h.number, h.year_group FROM programme_headcount h "
        "JOIN programme_activity a ON a.id = h.activity_id WHERE a.code = ?",
        CODE,
    ) == ("counted", 4, "Year 9")
    assert_only_counts_remain(server, before, tokens, sessions)
