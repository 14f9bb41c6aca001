"""Every page of the product, in both languages, light and dark, wide and narrow: nothing stands in anybody's way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.access import clear, in_every_look, played_by, sign_in, violations
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

LANGUAGES = ("en", "cy")
DRAWERS = ("sop", "record", "cabinet", "things")


@pytest.fixture(params=LANGUAGES)
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    made = browser.new_context(locale=request.param, viewport={"width": 1280, "height": 720})
    made.add_init_script("localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))")
    yield made
    made.close()


@pytest.fixture
def language(context: BrowserContext, request: pytest.FixtureRequest) -> str:
    return str(request.node.callspec.params["context"])


def looked_at(page: Page, server: Server, path: str) -> list[str]:
    page.goto(server.address + path)
    return in_every_look(page, path)


def test_the_check_finds_what_is_wrong(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    page.goto(server.address)
    page.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    assert any(found.startswith("button-name") for found in violations(page))


def test_pages_for_everybody(context: BrowserContext, server: Server, language: str) -> None:
    page = context.new_page()
    page.goto(server.address)
    assert page.locator("html").get_attribute("lang") == language
    paths = ["/", "/about/model", "/my", "/account/login/", "/account/password/reset/", "/nowhere"]
    clear(found for path in paths for found in looked_at(page, server, path))


def test_pages_of_a_quality_manager(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    sign_in(page, server, "quality", "/records")
    page.locator("main table a, main li a").first.wait_for()
    first = page.locator("main a[href^='/records/']").first.get_attribute("href")
    assert first is not None
    paths = ["/records", first, "/account/", "/account/password/change/", "/account/email/", "/account/mfa/", "/my"]
    clear(found for path in paths for found in looked_at(page, server, path))


def test_pages_of_an_administrator(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    sign_in(page, server, "administrator", "/people")
    clear(looked_at(page, server, "/people"))


def test_the_reveal(context: BrowserContext, server: Server, shielded: str, language: str) -> None:
    page = context.new_page()
    sign_in(page, server, "trainee", f"/reveal/{shielded}")
    page.wait_for_selector("html[data-ready=reveal]")
    assert page.locator("#reveal").get_attribute("lang") == language
    for details in page.locator("#reveal details").all():
        details.evaluate("details => { details.open = true }")
    clear(in_every_look(page, "reveal"))


@pytest.fixture(scope="session")
def shielded(server: Server) -> str:
    return played_by(server, "hand-over-vial")
