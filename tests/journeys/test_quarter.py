"""A programme lead's quarter: a report that comes late, figures frozen anew, why one changed, and the pack."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zlib
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Server
from tests.journeys.database import Store
from tests.journeys.office import DESK, Visitor, at

pytestmark = pytest.mark.journey

# The report as Microsoft Forms gives it, of two people nobody knew of and one of no use.
REPORT = [
    ["Id", "Start time", "Completion time", "Email", "Name", "Full name", "Work e-mail", "Did you attend?"],
    ["1", "4/2/26 9:58:11", "4/2/26 9:59:02", "anonymous", "", "Ines Okafor", "ines.okafor@late.example", "Yes"],
    ["2", "4/2/26 9:58:30", "4/2/26 9:59:40", "anonymous", "", "Huw Marsh", "huw.marsh@late.example", "Yes"],
    [
        "3",
        "4/2/26 10:01:00",
        "4/2/26 10:02:10",
        "anonymous",
        "",
        "Late Cancel",
        "late.cancel@late.example",
        "Cancelled",
    ],
]
NEW = 2
CHAPTERS = {"Indicators", "Spend against forecast", "Risks", "Changes", "Diversity", "Footprint of the practice"}


def late_report(folder: Path) -> Path:
    path = folder / "Attendance late.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(REPORT)
    return path


def brings_the_report(lead: Visitor, held: str, file: Path) -> None:
    lead.goes_to(f"/activities/{held}")
    lead.link("^Bring in a file")
    lead.brings("File", file)
    lead.button("^Look into the file")
    lead.told("Microsoft Forms")
    lead.button(f"^Import {NEW} rows")
    lead.told("The file was imported")


def headings(pdf: bytes) -> list[str]:
    """The titles of a PDF's outline, from its objects as they lie in it. Raises where it is no PDF."""
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    texts = []
    for stream in streams:
        try:
            texts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    titles = re.findall(rb"/Title ?\(((?:[^()\\]|\\.)*)\)", b"\n".join([pdf, *texts]))
    return [title.decode("latin-1") for title in titles]


def taken(lead: Visitor, kind: str, language: str, folder: Path) -> bytes:
    """A file of the pack; it is the one whose hash stands beside it."""
    row = lead.page.get_by_role("row").filter(has_text=kind).filter(has_text=language)
    content = lead.takes(row.get_by_role("link"), folder).read_bytes()
    assert hashlib.sha256(content).hexdigest() == row.locator("code").inner_text().strip()
    return content


def test_a_quarter_is_frozen_explained_and_taken_away(browser: Browser, server: Server, tmp_path: Path) -> None:
    store = Store(server)
    day, first, before = store.one(
        "SELECT as_of, id, numerator FROM results_snapshot WHERE indicator = 'trainees' AND filters = '{}' "
        "ORDER BY as_of DESC, id DESC LIMIT 1"
    )
    (held,) = store.one(
        "SELECT a.code FROM programme_activity a JOIN people_organisation o ON o.id = a.organisation_id "
        "WHERE o.kind = 'lead' AND a.kind = 'training' AND a.status = 'closed' AND a.starts_at < ? "
        "ORDER BY a.starts_at DESC LIMIT 1",
        day,
    )
    with at(browser, server, DESK) as lead:
        lead.signs_in("lead", "/results")
        brings_the_report(lead, held, late_report(tmp_path))
        lead.goes_to(f"/results/figures/{first}")
        lead.told("other rows stand behind it")
        lead.link("^Freeze this day again")
        lead.button("^Count and freeze")
        lead.told("figures are frozen")

        (second, after) = store.one(
            "SELECT id, numerator FROM results_snapshot WHERE indicator = 'trainees' AND filters = '{}' AND as_of = ? "
            "AND id > ?",
            day,
            first,
        )
        assert after == before + NEW
        assert store.one("SELECT numerator FROM results_snapshot WHERE id = ?", first) == (before,), "frozen is frozen"

        lead.link(f"^{after:,.0f} ?, Trainees")
        lead.told("the same rows stand behind this figure")
        why = lead.page.get_by_role("region", name="Why it changed")
        lead.press(why.locator(f"a[href$='/{first}/to/{second}']"))
        lead.told(f"the rows below add up to {NEW}")
        rows = lead.page.get_by_role("group", name="Row by row").locator("tbody tr")
        assert rows.count() == NEW
        for row in rows.all_inner_texts():
            assert "a person" in row.lower(), row
            assert held in row, row
        page = lead.page.content()
        assert "Okafor" not in page
        assert "late.example" not in page

        lead.looks("difference")
        lead.goes_to("/results/packs")
        quarter = lead.page.get_by_label("Quarter").locator("option").first.get_attribute("value")
        assert quarter == day
        lead.button("^Freeze the pack")
        lead.told("The pack is frozen")
        pdf = taken(lead, "PDF", "English", tmp_path)
        workbook = taken(lead, "Workbook", "English", tmp_path)
        data = taken(lead, "Data", "both", tmp_path)

    titles = headings(pdf)
    assert {*CHAPTERS, "Headlines", "Progress against work packages"} <= set(titles)
    assert any(title.startswith("Quarterly pack: ") for title in titles)
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    assert {*CHAPTERS, "Work package"} <= set(book.sheetnames)
    said = json.loads(data)
    assert said["quarter"] == day
    assert [one["value"] for one in said["indicators"] if one["code"] == "trainees"] == [after]
    assert not any(b"late.example" in content for content in (pdf, workbook, data))
