"""Every page of the product, in both languages, light and dark, wide and narrow: nothing stands in anybody's way."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.access import WIDE, clear, in_every_look, played_by, sign_in, violations
from tests.journeys.conftest import Server
from tests.journeys.person import Person, Ticket

pytestmark = pytest.mark.journey

LANGUAGES = ("en", "cy")
# Names, and two words that Welsh has as English has them.
SAME_IN_BOTH = re.compile(r"Resilience|Cymraeg|English|Invented trainee|cabinet|intercom", re.IGNORECASE)
# What a person opens in a session, by what is pressed; each stays open until Escape.
OPENED = {
    "procedure": "[aria-keyshortcuts=P]",
    "batch record": "[aria-keyshortcuts=R]",
    "cabinet": "[aria-keyshortcuts=C]",
    "decisions": "[data-tool=decide]",
    "within reach": "[aria-keyshortcuts=T]",
    "settings": "[data-tool=settings]",
    "help": "[aria-keyshortcuts=F1]",
    "menu of a hand": ".hand-right",
    "pause": ".bar-end .icon-only",
    "finish": ".bar-end .finish",
}
# Everything a person can read or be read: text, names and descriptions.
READ = """() => {
    const found = new Set();
    const told = ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'];
    const kinds = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;
    const walk = document.createTreeWalker(document.body, kinds);
    const keep = text => {
        const words = (text ?? '').trim();
        if (/[a-z]{4}/i.test(words)) found.add(words);
    };
    for (let node = walk.currentNode; node; node = walk.nextNode()) {
        const around = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        if (around.closest('script, style, noscript, [lang="en"]:not(html), [hidden]')) continue;
        if (node.nodeType === Node.TEXT_NODE) keep(node.data);
        else for (const name of told) keep(node.getAttribute(name));
    }
    return [...found];
}"""


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


def play_opened(page: Page, server: Server, language: str) -> Iterator[str]:
    """A guided session, as it stands and with each thing open that can be opened."""
    made = server.post(
        "/api/sessions", {"module": "aseptic-filling", "mode": "guided", "seed": 3, "language": language}
    )
    person = Person(page, server)
    person.enter(Ticket(made["id"], made["token"], made["play"]))
    yield "play"
    for name, button in OPENED.items():
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.locator(button).first.click()
        page.locator(".drawer:not([hidden]), .menu, .dialog").first.wait_for()
        yield f"play, {name}"
        page.keyboard.press("Escape")
        page.locator(".drawer:not([hidden]), .menu, .dialog").first.wait_for(state="hidden")
    assert person.complaints == []


def test_a_session(context: BrowserContext, server: Server, language: str) -> None:
    page = context.new_page()
    clear(found for state in play_opened(page, server, language) for found in in_every_look(page, state))


def test_a_session_and_its_reveal_are_wholly_in_welsh(browser: Browser, server: Server, shielded: str) -> None:
    """Nothing that is read in the Welsh session is read word for word in the English one, save names and marks."""
    read: dict[str, set[str]] = {}
    for language in LANGUAGES:
        made = browser.new_context(locale=language, viewport={"width": 1280, "height": 720})
        made.add_init_script("localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))")
        page = made.new_page()
        found: set[str] = set()
        for _ in play_opened(page, server, language):
            found |= set(page.evaluate(READ))
        sign_in(page, server, "trainee", f"/reveal/{shielded}")
        page.wait_for_selector("html[data-ready=reveal]")
        found |= set(page.evaluate(READ))
        read[language] = found
        made.close()
    assert len(read["cy"]) > 150, "too little was read to tell"
    clear(sorted(text for text in read["cy"] & read["en"] if not SAME_IN_BOTH.fullmatch(text)))


@pytest.fixture(scope="session")
def shielded(server: Server) -> str:
    return played_by(server, "hand-over-vial")
