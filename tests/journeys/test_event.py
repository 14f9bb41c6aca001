"""A coordinator's evening course: a messy file, its repair, the door with two phones, one of them offline, the end."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Route

from tests.journeys.conftest import Server
from tests.journeys.database import Store
from tests.journeys.office import DESK, PHONE, Visitor, at

pytestmark = pytest.mark.journey

LOCAL = ZoneInfo("Europe/London")
CODE = "EVENING-1"
OFFLINE = timedelta(minutes=40)
# An order report as it comes: a title above the headings, semicolons, Windows' letters, a heading nobody foresaw, a
# person twice, an address that is none, a row of nobody, a refund.
HEADINGS = ["Order #", "First Name", "Surname", "Where to write", "Attendee Status", "Company"]
ROWS = [
    ["1", "Amina", "Hart", "amina.hart@guests.example", "Attending", "Invented Sterile Ltd"],
    ["1", "Amina", "Hart", "AMINA.HART@guests.example", "Attending", "Invented Sterile Ltd"],
    ["2", "Zoë", "Lind", "zoe.lind@guests.example", "Attending", ""],
    ["3", "Bo", "Vaughan", "bo.vaughan@guests.example", "Attending", ""],
    ["4", "Cerys", "Pugh", "cerys.pugh@", "Attending", ""],
    ["5", "", "", "", "Attending", ""],
    ["6", "Dev", "Rao", "dev.rao@guests.example", "Refunded", ""],
]


def messy(folder: Path) -> Path:
    path = folder / "orders.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["Orders of the evening"], HEADINGS, *ROWS])
    return path


def corrected(table: Path) -> Path:
    """The refused rows as somebody mends them in a spreadsheet: what cannot be mended goes, an address is completed."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file)
    address = headings.index("Where to write")
    mended = [[*row[:address], "cerys.pugh@guests.example", *row[address + 1 :]] for row in rows if row[1] == "Cerys"]
    path = table.with_name("corrected.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *mended])
    return path


def moment(said: str) -> datetime:
    """A time as the database keeps it."""
    return datetime.fromisoformat(said).replace(tzinfo=UTC)


def brings_in(desk: Visitor, file: Path) -> None:
    """From the activity's page to the dry run of a file for it."""
    desk.goes_to(f"/activities/{CODE}")
    desk.link("^Bring in a file")
    assert CODE in desk.page.get_by_label("For which activity").locator("option:checked").inner_text()
    desk.brings("File", file)
    held: list[Route] = []
    desk.page.route("**/imports/upload", lambda route: held.append(route))
    desk.page.get_by_role("button", name="Look into the file").focus()
    # As long as no other page comes, the one that waits asks how far the server is.
    with desk.page.expect_request("**/imports/files/*/progress"):
        desk.page.keyboard.press("Enter")
    held[0].continue_()
    desk.page.unroute("**/imports/upload")
    desk.told("What would become of this file")


def imports(desk: Visitor, store: Store, folder: Path) -> None:
    file = messy(folder)
    brings_in(desk, file)
    # Without an address column nothing is wrong with the addresses; the page's means say what the column is.
    assert desk.figures("Each row in one of three")["refused, with the reason below"] == 2
    desk.chooses("Meaning of Where to write", "E-mail address")
    desk.button("^Look again")
    desk.told("This is no e-mail address")
    assert list(desk.figures("Each row in one of three").values()) == [3, 1, 3, 7]
    assert batches(store) == []
    desk.looks("dry run")

    desk.button("^Import 3 rows")
    desk.told("The file was imported")
    assert batches(store) == [("orders.csv", 7, 3, 1, 3, True)]
    assert registered(store) == ["Amina Hart", "Bo Vaughan", "Zoë Lind"]
    desk.button("^Take this import back")
    desk.told("The import was taken back")
    assert registered(store) == []
    assert store.number("SELECT count(*) FROM people_contact WHERE email LIKE '%@guests.example'") == 0

    brings_in(desk, file)
    assert list(desk.figures("Each row in one of three").values()) == [3, 1, 3, 7], "what a column means is remembered"
    desk.button("^Import 3 rows")
    desk.told("The file was imported")
    table = desk.takes(desk.page.get_by_role("link", name="Take the refused rows away as CSV"), folder)
    brings_in(desk, corrected(table))
    desk.button("^Import 1 row")
    desk.told("The file was imported")
    mended = "SELECT name FROM people_contact WHERE email = ?"
    assert store.one(mended, "cerys.pugh@guests.example") == ("Cerys Pugh",)
    assert batches(store)[1:] == [("orders.csv", 7, 3, 1, 3, True), ("corrected.csv", 1, 1, 0, 0, True)]
    assert registered(store) == ["Amina Hart", "Bo Vaughan", "Cerys Pugh", "Zoë Lind"]


def batches(store: Store) -> list[tuple[object, ...]]:
    """The imports of the activity: file, rows, imported, merged, refused, whether it still stands."""
    return store.rows(
        "SELECT file_name, rows, imported, merged, refused, undone_at IS NULL FROM programme_importbatch b "
        "JOIN programme_activity a ON a.id = b.activity_id WHERE a.code = ? ORDER BY committed_at",
        CODE,
    )


def registered(store: Store) -> list[str]:
    found = store.rows(
        "SELECT c.name FROM programme_registration r JOIN programme_activity a ON a.id = r.activity_id "
        "JOIN people_contact c ON c.person_id = r.person_id WHERE a.code = ? ORDER BY c.name",
        CODE,
    )
    return [name for (name,) in found]


def publishes(desk: Visitor) -> None:
    desk.goes_to(f"/activities/{CODE}")
    desk.link("^Change$")
    desk.chooses("Registration", "Open")
    desk.button("^Change$")
    desk.told("The activity is changed")


def registers(guest: Visitor) -> str:
    """A guest asks for a place on the public page; returns the code that the ticket shows."""
    guest.goes_to(f"/attend/{CODE}")
    guest.types("Name", "Gwen Sato")
    guest.types("E-mail address", "gwen.sato@guests.example")
    guest.button("^Register$")
    guest.told("You have a place")
    return guest.page.locator("code").inner_text()


def opens_the_door(phone: Visitor) -> None:
    phone.signs_in("coordinator", f"/activities/{CODE}")
    phone.link("^Check people in")
    phone.told("Connected. Everything is sent.")
    phone.page.get_by_role("button", name="Check in: Amina Hart").wait_for()


def checks_in(first: Visitor, second: Visitor, code: str) -> None:
    """The second phone is without a network for forty minutes, and a guest is checked in on both."""
    opens_the_door(first)
    second.page.clock.install()
    opens_the_door(second)
    second.told("it opens without a network too")
    second.context.set_offline(True)
    second.page.reload()
    second.types("Code of the ticket", code[:4].lower() + " " + code[4:])
    second.button("^Check$")
    second.told("Gwen Sato is noted. It is sent when there is a network.")
    second.button("^Check in: Amina Hart")
    second.told("Amina Hart is noted")
    second.told("Scans waiting to be sent: 2")
    second.page.clock.fast_forward(int(OFFLINE.total_seconds() * 1000))
    second.press(second.page.get_by_label("leaving"))
    second.types("Search", "amina")
    second.told("Amina Hart")

    # A reader types what the ticket's QR code holds, and ends with Enter.
    first.types("Code of the ticket", f"{first.server.address}/ticket/{code}")
    first.page.keyboard.press("Enter")
    first.told("Gwen Sato is in.")
    first.button("^Check in: Bo Vaughan")
    first.told("Bo Vaughan is in.")
    first.looks("door")

    second.context.set_offline(False)
    second.told("Connected. Everything is sent.")
    second.button("^Check out: Amina Hart")
    second.told("Amina Hart has left.")


def ends(desk: Visitor, at_last: datetime) -> None:
    """It ended early: the coordinator says when, counts who came without a name, and closes it."""
    desk.goes_to(f"/activities/{CODE}")
    desk.link("^Change$")
    desk.sets_time("Ends", at_last)
    desk.button("^Change$")
    desk.told("The activity is changed")
    counted = desk.page.get_by_role("form", name="Write a count down")
    counted.get_by_label("How it is known").select_option(label="counted on the spot")
    desk.types("Heads", "6", counted)
    desk.types("Where it is written down", "Visitors' book, page 12", counted)
    desk.button("^Write down", counted)
    desk.told("The count is written down")
    desk.button("^Close as held")
    desk.told("The activity is closed")


def test_from_a_messy_file_to_a_closed_activity(browser: Browser, server: Server, tmp_path: Path) -> None:
    store = Store(server)
    now = datetime.now(LOCAL).replace(second=0, microsecond=0)
    began = now - timedelta(hours=2)
    before = store.number("SELECT coalesce(max(id), 0) FROM people_trailentry")
    with at(browser, server, DESK) as desk:
        desk.signs_in("coordinator", "/activities")
        desk.plans("Asepsis in the evening", CODE, "Training event", began, now + timedelta(hours=1))
        imports(desk, store, tmp_path)
        publishes(desk)
        with at(browser, server, PHONE) as guest:
            code = registers(guest)
        with at(browser, server, PHONE) as first, at(browser, server, PHONE) as second:
            scanning = datetime.now(UTC)
            checks_in(first, second, code)
        scanned = datetime.now(UTC)
        ended = datetime.now(LOCAL).replace(second=0, microsecond=0)
        ends(desk, ended)

    found = {
        name: (moment(came), minutes, source)
        for name, came, minutes, source in store.rows(
            "SELECT c.name, t.at, t.minutes, t.source FROM programme_attendance t "
            "JOIN programme_meeting m ON m.id = t.meeting_id JOIN programme_activity a ON a.id = m.activity_id "
            "JOIN people_contact c ON c.person_id = t.person_id WHERE a.code = ?",
            CODE,
        )
    }
    assert set(found) == {"Amina Hart", "Bo Vaughan", "Gwen Sato"}, "two had a place and did not come"
    assert {source for _came, _minutes, source in found.values()} == {"check-in"}
    # By the phone that was offline: forty minutes before it found the network again, whatever came in between.
    for name in ("Amina Hart", "Gwen Sato"):
        assert scanning - OFFLINE <= found[name][0] <= scanned - OFFLINE, name
    assert scanning <= found["Bo Vaughan"][0] <= scanned
    assert {name: minutes for name, (_came, minutes, _source) in found.items()} == {
        "Amina Hart": int(OFFLINE.total_seconds() // 60),
        "Bo Vaughan": None,
        "Gwen Sato": None,
    }
    scans = store.rows(
        "SELECT c.name, count(*), count(DISTINCT device), count(DISTINCT nonce) FROM programme_checkin k "
        "JOIN programme_registration r ON r.id = k.registration_id JOIN programme_activity a ON a.id = r.activity_id "
        "JOIN people_contact c ON c.person_id = r.person_id WHERE a.code = ? GROUP BY c.name ORDER BY c.name",
        CODE,
    )
    assert scans == [("Amina Hart", 2, 1, 2), ("Bo Vaughan", 1, 1, 1), ("Gwen Sato", 2, 2, 2)]
    heads = store.rows(
        "SELECT h.kind, h.number, h.source FROM programme_headcount h "
        "JOIN programme_activity a ON a.id = h.activity_id WHERE a.code = ?",
        CODE,
    )
    assert heads == [("counted", 6, "Visitors' book, page 12")]
    status, ends_at = store.one("SELECT status, ends_at FROM programme_activity WHERE code = ?", CODE)
    assert (status, moment(ends_at)) == ("closed", ended.astimezone(UTC))

    trail = store.rows("SELECT what, role, old, new, reason FROM people_trailentry WHERE id > ? ORDER BY id", before)
    assert [what for what, role, *_ in trail if role == "coordinator"] == [
        "activity made",
        "file imported",
        "import undone",
        "file imported",
        "file imported",
        "activity changed",
        "activity changed",
        "heads counted",
        "activity closed",
    ]
    told = str(trail)
    assert not any(name in told for name in ("Amina", "Gwen", "guests.example")), "no name stands in the trail"
