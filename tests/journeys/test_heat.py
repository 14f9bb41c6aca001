"""The heat map of the debrief: cells are the server's numbers, and each leads to its moment, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.access import NARROW, played_by, sign_in
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

PATIENCE_MS = 60_000
ROUTES = ("air", "surface", "liquid")
# What a finger meets is at least so wide (WCAG 2.2, 2.5.8), CSS pixels.
FINGER = 24


@pytest.fixture(scope="module")
def touched(server: Server) -> str:
    return played_by(server, "sleeve-on-neck")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, server: Server, touched: str) -> Page:
    opened = context.new_page()
    sign_in(opened, server, "trainee", f"/reveal/{touched}")
    opened.wait_for_selector("html[data-ready=reveal]")
    return opened


def told(page: Page, server: Server, session: str) -> dict[str, Any]:
    answer = page.request.get(f"{server.address}/api/sessions/{session}/reveal")
    found: dict[str, Any] = answer.json()
    return found


def percent(share: float) -> str:
    return "–" if share == 0 else "< 1%" if share < 0.01 else f"{share:.0%}"


def test_shares_and_colours_are_the_servers(page: Page, server: Server, touched: str) -> None:
    reveal = told(page, server, touched)
    rows = reveal["exposure"]["rows"]
    by_row = [sum(sum(row[route]) for route in ROUTES) for row in rows]
    shares = page.locator(".heat-row:not(.heat-head) .heat-share").all_inner_texts()
    assert shares == [percent(total / sum(by_row)) for total in by_row]
    names = page.locator(".heat-row [role=rowheader]").all_inner_texts()
    assert [name.lower() for name in names] == [plate["name"].lower() for plate in reveal["plates"]]

    worst = by_row.index(max(by_row))
    darkest = page.locator(".heat-cell[data-class='7']").first
    assert darkest.get_attribute("data-at", timeout=5000) is not None
    assert str(darkest.get_attribute("data-at")).split(",")[0] == str(worst)

    page.locator("#heat").get_by_label("air", exact=True).check()
    air = [sum(row["air"]) for row in rows]
    shares = page.locator(".heat-row:not(.heat-head) .heat-share").all_inner_texts()
    assert shares == [percent(total / sum(air)) for total in air]


def test_a_cell_leads_to_its_moment(page: Page, server: Server, touched: str) -> None:
    reveal = told(page, server, touched)
    plate = max(reveal["plates"], key=lambda one: one["expected_cfu"])
    page.locator(".heat-cell[data-class='7']").first.click()
    expect(page.locator(".scrubber")).to_have_value(str(plate["largest"][0]["tick"]), timeout=PATIENCE_MS)
    assert page.locator(".replay-canvas").is_visible()


def test_the_cells_are_walked_by_keyboard(page: Page) -> None:
    at = "document.activeElement.dataset.at ?? null"
    page.locator("#heat input[type=radio]:checked").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(f"() => {at}") == "0,0"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"() => {at}") == "1,1"
    expect(page.locator(".heat-said")).to_contain_text("Vial 2", ignore_case=True)
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    last = page.locator(".heat-row").nth(2).locator(".heat-cell").count() - 1
    assert page.evaluate(f"() => {at}") == f"1,{last}"
    page.keyboard.press("Tab")
    assert page.evaluate(f"() => {at}") is None
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(f"() => {at}") == f"1,{last}"
    page.keyboard.press("Enter")
    expect(page.locator(".scrubber")).not_to_have_value("0", timeout=PATIENCE_MS)
    assert int(page.locator(".scrubber").input_value()) > 0


def test_a_finger_meets_every_cell_of_a_narrow_page(page: Page) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.wait_for_function(
        f"() => [...document.querySelectorAll('.heat-cell')].every(cell => cell.offsetWidth >= {FINGER})"
    )
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
