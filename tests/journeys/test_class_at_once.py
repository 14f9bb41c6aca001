"""Thirty devices do the same at the same moment: pages and sockets answer, and the leader's page too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from benchmarks.pupils import all_at_once, play_all
from playwright.sync_api import Browser

from tests.journeys.classes import assert_only_counts_remain, closes, counts, opens
from tests.journeys.conftest import Server
from tests.journeys.database import Store
from tests.journeys.office import DESK, at

pytestmark = pytest.mark.journey

CODE = "OPEN-DAY-30"
DEVICES = 30
SECONDS = 5.0
A_SECOND = 20


def test_thirty_devices_at_once(browser: Browser, server: Server) -> None:
    store = Store(server)
    with at(browser, server, DESK) as desk, ThreadPoolExecutor(1) as class_:
        group, code = opens(desk, CODE, leave_out=["Three vials"])
        before = store.everything()
        # In a thread of its own, so that the leader's page can be looked at meanwhile.
        devices, seen = class_.submit(all_at_once, server.address, code, DEVICES).result()
        counts(desk, DEVICES, DEVICES, 0)
        assert len({device.session for device in devices}) == DEVICES
        begun = "SELECT count(*) FROM programme_classdevice WHERE group_id = ? AND started AND NOT finished"
        assert store.number(begun, group) == DEVICES

        playing = class_.submit(play_all, devices, SECONDS)
        looked = 0
        while not playing.done():
            desk.goes_to(f"/classes/{group}")
            looked += 1
        assert looked > 1, "the leader's page answered while all played"
        assert playing.result() == ["/class"] * DEVICES
        assert seen.frames >= DEVICES * SECONDS * A_SECOND
        # Movements travel after one another: once a session's last action is acknowledged, so are they.
        assert len(seen.action_ms) >= DEVICES * (SECONDS - 1)
        counts(desk, DEVICES, DEVICES, DEVICES)
        desk.looks("class")
        closes(desk, DEVICES)
        desk.looks("closed class")

    found = store.one("SELECT joined, started, finished FROM programme_classjoin WHERE id = ?", group)
    assert found == (DEVICES, DEVICES, DEVICES)
    assert_only_counts_remain(
        server, before, [device.cookies["class"] for device in devices], [device.session for device in devices]
    )
