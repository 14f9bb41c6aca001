"""The quarterly pack: everything of the quarter, frozen once, the same bytes from the same data."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date
from typing import Any

import pytest
import typst
from django.utils import translation
from openpyxl import load_workbook

from resilience.footprint import Measure, Session, SiteProfile, account
from resilience.people.models import Organisation, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import money, progress
from resilience.results import footprints, pack, pack_footprint, pack_pdf, pack_words, pack_xlsx
from resilience.results.models import Pack, PackFile
from resilience.training.canonical import canonical, digest
from resilience.training.errors import BadInput
from tests.results import programme
from tests.results.programme import NOW, QUARTERS

LAST = QUARTERS[-1]


@pytest.fixture
def lead(embedded_store: str) -> Organisation:
    made = Organisation.objects.create(name="Lead University")
    programme.frozen(made, QUARTERS[-2:])
    return made


@pytest.fixture
def frozen(lead: Organisation) -> Pack:
    return pack.freeze(LAST, NOBODY, NOW)


KEPT: dict[str, Any] = {}


@pytest.fixture
def data(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The data of a frozen pack to play with, for tests that need no store; frozen once for all of them."""
    if not KEPT:
        KEPT.update(request.getfixturevalue("frozen").data)
    copied: dict[str, Any] = json.loads(json.dumps(KEPT))
    return copied


def test_the_data_tell_the_whole_quarter(frozen: Pack) -> None:
    data = frozen.data
    figures = {one["code"]: one for one in data["indicators"]}
    assert figures["trainees"]["value"] == 24
    assert figures["students"]["value"] == 24 + 180
    assert figures["trainees"]["target"] == ["2026-12-31", 60.0]
    assert figures["trainees"]["history"] == [["2025-12-31", 12.0], ["2026-03-31", 24.0]]
    assert data["regions"]["students"] == {"TLG": 68.0, "TLI": 68.0, "TLM": 68.0}
    assert sum(value for _name, value in data["partners"]["trainees"]) == 24
    assert [row["budget_gbp"] for row in data["money"]] == ["2000000.00", "1500000.00", "1000000.00"]
    assert data["money"][0]["actual_gbp"] == "270000.00"
    assert data["money"][0]["quarter_actual_gbp"] == "90000.00"
    assert data["categories"][0] == {"category": "staff", "forecast_gbp": "900000.00", "actual_gbp": "855000.00"}
    assert [row["standing"] for row in data["work_packages"]] == ["on-plan"] * 3
    assert len(data["risks"]) == 3
    assert [row["decision"] for row in data["changes"]] == ["asked"] * 3
    assert data["footprint"] is None


def test_the_same_data_give_the_same_bytes_and_the_hashes_fit(frozen: Pack) -> None:
    again = pack.made(json.loads(json.dumps(frozen.data)))
    assert set(again) == {"pack.json", "pack.en.xlsx", "pack.cy.xlsx", "pack.en.pdf", "pack.cy.pdf"}
    for name, content in again.items():
        assert bytes(frozen.files.get(name=name).content) == content, name
        assert frozen.file_hashes[name] == hashlib.sha256(content).hexdigest()
    assert frozen.data_hash == frozen.file_hashes["pack.json"]
    assert again["pack.json"] == canonical(frozen.data)


def test_other_data_give_other_bytes(data: dict[str, Any]) -> None:
    before = pack.made(data)
    data["indicators"][0]["value"] += 1
    after = pack.made(data)
    assert all(before[name] != after[name] for name in before)


def test_what_comes_later_does_not_change_a_pack(frozen: Pack, lead: Organisation) -> None:
    grant = money.current_grant()
    assert grant is not None
    with within(lead):
        progress.open_risk(NOBODY, grant, lead, title="New", likelihood=5, impact=5, mitigation="None.", now=NOW)
    assert pack.file_of(Pack.objects.get(), "pack.json") == canonical(frozen.data)
    assert "New" not in json.dumps(Pack.objects.get().data["risks"])


def test_each_thing_that_is_missing_is_named(embedded_store: str) -> None:
    lead = Organisation.objects.create(name="Lead University")
    assert refusal(date(2026, 6, 30)) == "quarter"
    assert refusal(LAST) == "grant"
    programme.grant(lead)
    assert refusal(LAST) == "figures"


def test_a_quarter_is_frozen_once(frozen: Pack) -> None:
    assert refusal(LAST) == "pack"
    assert Pack.objects.count() == 1
    assert TrailEntry.objects.get(what="froze pack").new == frozen.data_hash


def test_a_file_that_was_tampered_with_is_not_handed_out(frozen: Pack) -> None:
    PackFile.objects.filter(name="pack.en.pdf").update(content=b"%PDF-1.7 other")
    with pytest.raises(BadInput, match="not the one that was frozen"):
        pack.file_of(frozen, "pack.en.pdf")
    assert pack.file_of(frozen, "pack.fr.pdf") is None


def test_the_workbook_holds_numbers_as_numbers_and_no_formula(data: dict[str, Any]) -> None:
    data["risks"][0]["title"] = '=HYPERLINK("http://x.example","click")'
    data["risks"][1]["title"] = "+1\x07"
    data["changes"] = [{"title": "@SUM(A1)", "partner": "-2", "reason": "r", "decision": "agreed"}]
    data["changes"][0] |= {"asked_on": "2026-03-01", "decided_on": "2026-03-02"}
    with translation.override("en"):
        book = load_workbook(io.BytesIO(pack_xlsx.workbook(data, "en", {"pack.json": "ab"})))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value[0] in "=+-@"]
    assert [cell.value for cell in risky] == ['=HYPERLINK("http://x.example","click")', "+1", "@SUM(A1)", "-2"]
    assert all(cell.quotePrefix for cell in risky)
    indicators = {row[1].value: row[3].value for row in book["Indicators"].iter_rows(min_row=2)}
    assert indicators["trainees"] == 24


def test_the_workbook_speaks_the_language(data: dict[str, Any]) -> None:
    files = pack.made(data)
    english, welsh = (load_workbook(io.BytesIO(files[f"pack.{language}.xlsx"])) for language in ("en", "cy"))
    assert english.sheetnames[0] == "Quarterly pack"
    assert welsh.sheetnames[0] == "Pecyn chwarterol"
    assert len(english.sheetnames) == len(welsh.sheetnames)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_pdf_is_accessible_and_in_the_language(data: dict[str, Any], language: str) -> None:
    content = pack.made(data)[f"pack.{language}.pdf"]
    assert content.startswith(b"%PDF")
    assert b"/Lang" in content
    assert f"({language}".encode() in content
    assert b"pdfuaid" in content


def test_the_pdf_prints_hashes_of_the_other_files_and_says_what_is_empty(
    data: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}

    def caught(source: bytes, **options: Any) -> bytes:
        given.update(json.loads(options["sys_inputs"]["pack"]))
        return b""

    monkeypatch.setattr(pack_pdf.typst, "compile", caught)
    pack.made(data)
    named = dict(given["hashes"])
    assert set(named) == {"pack.json", "pack.cy.xlsx"}
    assert named["pack.json"] == digest(data)
    assert given["footprint"] is None
    assert given["head"]["no_footprint"].startswith("Nid oes sesiynau")
    assert given["head"]["no_diversity"]


def test_what_people_wrote_is_never_read_as_markup(data: dict[str, Any]) -> None:
    data["risks"][0]["title"] = '#panic("run") *bold* $x$ = heading \\'
    data["programme"]["title"] = '#include "/etc/passwd"'
    with translation.override("en"):
        assert pack_pdf.document(data, "en", {}).startswith(b"%PDF")


def test_a_footprint_is_told_with_its_ranges_its_words_and_what_stands_against_it(data: dict[str, Any]) -> None:
    sessions = [Session(module="gowning", site="here", year=2026, device_hours=0.75) for _each in range(3)]
    profile = SiteProfile(site="here", name="Here", garments="disposable")
    found = account(sessions, [profile], draws=10_000, seed=0)
    data["footprint"] = pack_footprint.told(footprints.Told(found, LAST, 0, "ab"))
    with translation.override("en"):
        section = pack_pdf.footprint(data, "en")
        assert pack_pdf.document(data, "en", {}).startswith(b"%PDF")
        book = load_workbook(io.BytesIO(pack_xlsx.workbook(data, "en", {})))
    assert section is not None
    # Nobody declared that these sessions replaced anything: they only cost.
    carbon = next(row for row in section["rows"] if row[0] == "Carbon, kg CO2e")
    assert carbon[1].startswith("−")
    assert carbon[3] == "0 %"
    assert section["headlines"] == list(found.wording("en").headlines.values())
    assert list(found.wording("en").caveats) == section["caveats"]
    medians = {row[0].value: row[1].value for row in book["Footprint of the practice"].iter_rows(min_row=2, max_row=4)}
    assert medians["Carbon, kg CO2e"] == pytest.approx(found.figures[Measure.CARBON].median)


def test_numbers_are_rounded_not_cut() -> None:
    with translation.override("en"):
        assert pack_words.number(1655.6) == "1,656"
        assert pack_words.gbp("1234.99") == "1,235"
        assert pack_words.number(4.187, 2) == "4.19"
        assert pack_words.number(24.5) == "25"
        assert pack_words.number(1.005, 2) == "1.01"
        assert pack_words.number(None) == "–"


def test_the_template_finds_its_typeface() -> None:
    """Where a letter or a face is missing the typesetter warns; here it may not."""
    source = b'#set text(font: "Atkinson Hyperlegible Next")\nGr\xc5\xb5p, t\xc5\xb7, 5 \xe2\x88\x92 2, \xe2\x80\x93'
    _made, warnings = typst.compile_with_warnings(source, font_paths=[str(pack_pdf.FONTS)], ignore_system_fonts=True)
    assert warnings == []


def refusal(quarter: date) -> str:
    with pytest.raises(BadInput) as found:
        pack.freeze(quarter, NOBODY, NOW)
    return found.value.where
