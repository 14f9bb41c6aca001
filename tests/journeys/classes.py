"""A class and who leads it: opening it, watching it fill, closing it; and what may be left of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from resilience.classroom import segments
from resilience.classroom.segments import ENDED, Kind
from tests.journeys.conftest import Server
from tests.journeys.database import Rows, Store
from tests.journeys.office import Visitor
from tests.journeys.person import PATIENCE_MS

LOCAL = ZoneInfo("Europe/London")
# What may differ once a class is over: its own row, its heads, that it was closed, and how many rows a table has had.
COUNTS = {"programme_classjoin", "programme_headcount", "people_trailentry", "sqlite_sequence"}


def opens(desk: Visitor, code: str, leave_out: Iterable[str] = ()) -> tuple[int, str]:
    """An outreach activity with a class; returns the class's number and the code that it shows on the wall."""
    now = datetime.now(LOCAL).replace(second=0, microsecond=0)
    desk.signs_in("coordinator", "/activities")
    desk.plans("Open day", code, "Outreach", now - timedelta(minutes=5), now + timedelta(hours=2), "open")
    desk.goes_to("/classes")
    desk.chooses("Activity", code)
    desk.types("Year group", "Year 9")
    for module in leave_out:
        desk.press(desk.page.locator("label.check").filter(has_text=module))
    desk.button("^Open it and show the code")
    desk.page.wait_for_url(re.compile(r"/classes/\d+$"))
    return int(desk.page.url.rpartition("/")[2]), desk.page.locator(".join-code").inner_text()


def counts(desk: Visitor, joined: int, started: int, finished: int) -> None:
    """Waits until the page on the wall says so by itself."""
    for name, number in (("joined", joined), ("started", started), ("finished", finished)):
        expect(desk.page.locator(f"[data-count={name}]")).to_have_text(str(number), timeout=PATIENCE_MS)


def closes(desk: Visitor, heads: int) -> None:
    field = desk.page.get_by_label("How many pupils were there?")
    desk.press(field)
    desk.page.keyboard.press("Control+A")
    desk.page.keyboard.type(str(heads))
    desk.chooses("How is that known?", "counted on the spot")
    desk.button("^Close the class")
    desk.told("Only its counts remain")


def assert_only_counts_remain(server: Server, before: Rows, tokens: Iterable[str], sessions: Iterable[str]) -> None:
    """Nothing of these devices and of what was played on them stands in any table or in the journal."""
    store = Store(server)
    after = store.everything()
    assert {table for table in after if after[table] != before.get(table)} <= COUNTS
    assert not after["programme_classdevice"]
    (closed,) = (after["people_trailentry"] - before["people_trailentry"]).elements()
    assert "class closed" in closed
    devices = {text for token in tokens for text in (token, hashlib.sha256(token.encode()).hexdigest())}
    said = "\n".join(repr(row) for rows in after.values() for row in rows)
    assert not {text for text in (*devices, *sessions) if text in said}
    kept: dict[bytes, list[Kind]] = {UUID(session).bytes: [] for session in sessions}
    for path in sorted((server.data / "journal").glob("*.journal")):
        data = path.read_bytes()
        assert not {text for text in devices if text.encode() in data}
        for _offset, record in segments.scan(data):
            if record.session in kept:
                kept[record.session].append(record.kind)
    for kinds in kept.values():
        assert kinds[0] is Kind.CREATED
        assert Kind.POSE not in kinds, "how a pupil moves is written nowhere"
        assert kinds[-1] in ENDED
