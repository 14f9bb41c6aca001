"""Every page of the programme and its results, by each role, in both languages and every look: nothing in the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.access import clear, in_every_look, sign_in
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

# For each role: where it goes, and on each page the links of which the first is followed too.
ROUNDS: dict[str, dict[str, tuple[str, ...]]] = {
    "lead": {
        "/activities": ("main tbody a[href^='/activities/']",),
        "/activities/new": (),
        "/classes": (),
        "/persons": ("main tbody a[href^='/persons/']",),
        "/persons/alike": (),
        "/organisations": ("main tbody a[href^='/organisations/']",),
        "/organisations/alike": (),
        "/imports": ("main a[href^='/imports/']",),
        "/leadership": ("main tbody a[href^='/leadership/']",),
        "/skills": (),
        "/skills/roles": (),
        "/skills/pipeline": (),
        "/footprint": (),
        "/footprint/method": (),
        "/money": ("main a[href^='/money/spend/']", "main a[href^='/money/work-packages/']"),
        "/money/risks/new": (),
        "/trail": (),
        "/results": ("main a[href^='/results/figures/']",),
        "/results/definitions": ("main a[href^='/results/definitions/']",),
        "/results/freeze": (),
        "/results/targets": (),
        "/results/publications": ("main a[href^='/results/publications/']",),
        "/results/packs": ("main a[href^='/results/packs/']",),
    },
    "coordinator": {
        "/activities": ("main tbody a[href^='/activities/']",),
        "/imports": (),
        "/money": (),
        "/results": (),
    },
    "funder": {"/results": ("main a[href^='/results/figures/']",), "/results/packs": (), "/footprint": ()},
    "analyst": {"/results": ()},
}
PUBLIC = {"/published": ("main a[href^='/published/']",), "/join": (), "/diversity/withdraw": ()}


@pytest.fixture(params=["en", "cy"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(locale=request.param, viewport={"width": 1280, "height": 720})
    yield context.new_page()
    context.close()


def looked_at(page: Page, server: Server, rounds: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """What is wrong with the pages of a round; a link that is looked for and not there is wrong too."""
    for path, links in rounds.items():
        answer = page.goto(server.address + path)
        if answer is None or answer.status != 200:
            yield f"{path}: answered {answer and answer.status}"
            continue
        yield from in_every_look(page, path)
        for link in links:
            page.goto(server.address + path)
            found = page.locator(link)
            if not found.count():
                yield f"{path}: no link {link}"
                continue
            target = found.first.get_attribute("href")
            answer = page.goto(server.address + str(target))
            if answer is None or answer.status != 200:
                yield f"{target}: answered {answer and answer.status}"
                continue
            yield from in_every_look(page, f"{path} > {target}")


@pytest.mark.parametrize("role", list(ROUNDS))
def test_pages_of_a_role(page: Page, server: Server, role: str) -> None:
    sign_in(page, server, role, "/results")
    clear(looked_at(page, server, ROUNDS[role]))


def test_pages_without_an_account(page: Page, server: Server) -> None:
    clear(looked_at(page, server, PUBLIC))
