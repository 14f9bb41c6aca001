"""A funder's reader on a narrow screen, with the keyboard alone: from a headline to its evidence, and not beyond it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Server
from tests.journeys.database import Store
from tests.journeys.office import NARROW, Visitor, at

pytestmark = pytest.mark.journey

# Pages of partners, by role or by somebody's name: a funder's reader may ask, and is refused.
BEYOND = ("/activities", "/persons", "/imports", "/classes", "/trail", "/results/freeze", "/skills")
# Where the focus stands, and whether it can be seen: outlined, on the screen, with nothing over it.
FOCUS = """() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const line = one.getClientRects()[0] ?? box;
    const top = document.elementFromPoint(line.x + line.width / 2, line.y + line.height / 2);
    return {
        name: (one.getAttribute('aria-label') ?? one.textContent ?? '').replace(/\\s+/g, ' ').trim(),
        kind: one.tagName,
        box: [line.left, line.top, line.right, line.bottom],
        seen: line.top >= 0 && line.bottom <= innerHeight && line.left >= 0 && line.right <= innerWidth,
        marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        free: top !== null && (one.contains(top) || top.contains(one)),
    };
}"""


def tab_to(reader: Visitor, name: str) -> dict[str, Any]:
    """Tab until a link or button of that name has the focus; on the way the focus is always to be seen."""
    for _ in range(200):
        reader.page.keyboard.press("Tab")
        found: dict[str, Any] = reader.page.evaluate(FOCUS)
        if found["kind"] in ("A", "BUTTON", "SUMMARY"):
            assert found["seen"], f"out of sight: {found}"
            assert found["marked"], f"not marked: {found}"
            assert found["free"], f"covered: {found}"
        if re.search(name, found["name"]):
            return found
    raise AssertionError(f"Tab never came to {name!r}")


def enter(reader: Visitor, name: str, address: str) -> None:
    tab_to(reader, name)
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(re.compile(address))


def skips_to_the_content(reader: Visitor) -> None:
    tab_to(reader, "^Skip to the content$")
    reader.page.keyboard.press("Enter")


def test_from_a_headline_to_its_evidence_and_not_beyond(browser: Browser, server: Server) -> None:
    store = Store(server)
    private = {
        str(text)
        for row in store.rows(
            "SELECT c.name, c.email, p.ref FROM people_contact c JOIN people_person p ON p.id = c.person_id"
        )
        for text in row
        if text
    }
    assert len(private) > 2000
    (value,) = store.one(
        "SELECT value FROM results_snapshot WHERE indicator = 'trainees' AND filters = '{}' "
        "ORDER BY as_of DESC, id DESC LIMIT 1"
    )
    read: dict[str, str] = {}
    with at(browser, server, NARROW) as reader:
        reader.signs_in("funder", "/results")

        def look() -> None:
            read[reader.page.url] = reader.page.content()
            wide = reader.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{reader.page.url} is {wide} px wider than the screen"

        look()
        skips_to_the_content(reader)
        enter(reader, f"^{value:,.0f}, Trainees: what stands behind it$", r"/results/figures/\d+$")
        look()
        held = reader.page.locator("main tbody a").first.inner_text()
        skips_to_the_content(reader)
        enter(reader, f"^{held}$", f"/activities/{held}$")
        reader.told("How many were there")
        look()
        told = dict(
            zip(
                reader.page.locator("main dt").all_inner_texts(),
                reader.page.locator("main dd").all_inner_texts(),
                strict=True,
            )
        )
        people, places = counted(store, held)
        assert told["Different people"] == shown(people)
        assert told["Confirmed places"] == shown(places)
        # Back by the crumbs, and on by the tabs to the other pages of a reader.
        enter(reader, "^Trainees$", r"/results/figures/\d+$")
        enter(reader, "^Results$", r"/results(\?.*)?$")
        enter(reader, "^Quarterly packs$", "/results/packs$")
        look()
        enter(reader, "^Footprint$", "/footprint$")
        look()
        enter(reader, "^Publications$", "/results/publications$")
        look()

        for address, page in read.items():
            assert not {text for text in private if text in page}, f"{address} names somebody"
        links = {link for page in read.values() for link in re.findall(r'href="(/[^"?#]*)', page)}
        assert not {link for link in links if link.startswith(BEYOND)}, "no page leads where a reader may not go"

        before = store.number("SELECT coalesce(max(id), 0) FROM people_trailentry")
        for address in BEYOND:
            answer = reader.context.request.get(server.address + address, max_redirects=0)
            assert answer.status == 403, f"{address} answered {answer.status}"
        refused = store.rows("SELECT what, role FROM people_trailentry WHERE id > ? ORDER BY id", before)
        assert refused == [("was refused", "funder")] * len(BEYOND)


def counted(store: Store, code: str) -> tuple[int, int]:
    """Different people at an activity, and its confirmed places."""
    people = store.number(
        "SELECT count(DISTINCT t.person_id) FROM programme_attendance t "
        "JOIN programme_meeting m ON m.id = t.meeting_id "
        "JOIN programme_activity a ON a.id = m.activity_id WHERE a.code = ?",
        code,
    )
    places = store.number(
        "SELECT count(*) FROM programme_registration r JOIN programme_activity a ON a.id = r.activity_id "
        "WHERE a.code = ? AND r.status = 'confirmed'",
        code,
    )
    return people, places


def shown(number: int) -> str:
    """A number as the page gives it: few people are not told apart."""
    return f"{number:,}" if number >= 5 else "fewer than 5" if number else "–"
