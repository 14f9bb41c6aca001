"""Pages of results, packs and money: from a headline to its evidence, what may be entered, what is refused and how."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from resilience.people.models import TrailEntry
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme, within
from resilience.results import publications, snapshots
from resilience.results.models import Pack, Publication, Snapshot, Target
from tests.results import programme
from tests.results.programme import NOW, QUARTERS
from tests.site.conftest import People

LAST = QUARTERS[-1]
ENGLISH, WELSH = {"accept-language": "en"}, {"accept-language": "cy"}


@pytest.fixture
def counted(people: People) -> People:
    """A programme with figures of one quarter; five trainees at each activity, so that none is too few to tell."""
    programme.frozen(people.here, (LAST,), people=5)
    return people


@pytest.fixture
def granted(people: People) -> People:
    programme.grant(people.here)
    return people


def get(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers or ENGLISH)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def plain(html: str) -> str:
    """The text of a page without its tags, spaces made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1]).split())


def whole(code: str) -> Snapshot:
    return Snapshot.objects.filter(indicator=code, filters={}).latest("pk")


# --- the overview


def test_the_overview_shows_headlines_with_target_and_a_way_to_their_evidence(counted: People) -> None:
    page = get(counted.client("funder"), "/results")
    text = plain(page)
    assert "Trainees 15" in text
    assert "25 % of 60 by Dec 2026" in text
    assert reverse("results-figure", args=[whole("trainees").pk]) in page
    assert "Students 105" in text
    assert 'alt="Bar chart: Trainees by partner, Here 5, Island College 5, Northern University 5."' in page


def test_a_funders_reader_clicks_from_headline_to_the_activitys_counts(counted: People) -> None:
    client = counted.client("funder")
    figure = re.search(r'href="(/results/figures/\d+)"', get(client, "/results"))
    assert figure is not None
    evidence = get(client, figure[1])
    assert "Different people with an attendance" in evidence
    assert whole("trainees").rows_hash in evidence
    assert "the same rows stand behind this figure" in evidence
    activity = re.search(rf'href="({figure[1]}/activities/[^"]+)"', evidence)
    assert activity is not None
    assert "Different people 5" in plain(get(client, activity[1]))


def test_no_page_of_evidence_names_a_person(counted: People) -> None:
    from resilience.people import persons
    from resilience.programme.models import Attendance, Meeting

    with within(counted.here):
        met = persons.meet(counted.here, "Rhiannon Griffiths", "rhiannon@people.example", NOW)
    with whole_programme("a named attendance"):
        meeting = Meeting.objects.filter(activity__organisation=counted.here).first()
        assert meeting is not None
        Attendance.objects.create(meeting=meeting, person=met, source="check-in", at=meeting.starts_at)
    first = whole("trainees")
    snapshots.freeze(LAST, NOBODY, NOW)
    client = counted.client("funder")
    second = whole("trainees")
    addresses = [
        reverse("results-figure", args=[second.pk]),
        reverse("results-figure-csv", args=[second.pk]),
        reverse("results-difference", args=[first.pk, second.pk]),
        reverse("results-activity", args=[second.pk, "TRN-00"]),
    ]
    for address in addresses:
        page = client.get(address, headers=ENGLISH).content.decode()
        assert "Rhiannon" not in page
        assert met.ref.hex not in page
        assert str(met.ref) not in page


def test_an_analyst_sees_the_diversity_tables_alone(counted: People) -> None:
    text = plain(get(counted.client("analyst"), "/results"))
    assert "Diversity releases" in text
    assert "Trainees" not in text
    assert "GBP" not in text


def test_a_coordinator_sees_their_own_organisations_money_alone(counted: People) -> None:
    client = counted.client("coordinator")
    for page in (get(client, "/results"), get(client, f"/money?quarter={LAST}")):
        spend = page.split("Spend against budget")[-1] if "Spend against budget" in page else page
        assert "2,000,000" in spend
        assert "1,500,000" not in page
    rows = list(csv.DictReader(io.StringIO(get(client, f"/money.csv?quarter={LAST}").lstrip("\ufeff"))))
    assert [row["partner"] for row in rows] == ["Here"]
    drawn = client.get(f"/results/charts/money.light.svg?quarter={LAST}").content.decode()
    assert "270 of 2,000" in drawn
    assert "Northern University" not in drawn
    funder = counted.client("funder").get(f"/results/charts/money.light.svg?quarter={LAST}").content.decode()
    assert "Northern University" in funder


def test_an_empty_overview_says_what_comes_next(people: People) -> None:
    assert "The programme lead freezes the figures" in get(people.client("funder"), "/results")
    assert "/results/freeze" in get(people.client("lead"), "/results")


def test_the_overview_reads_snapshots_and_counts_nothing(counted: People, monkeypatch: pytest.MonkeyPatch) -> None:
    from resilience.results.ground import Ground

    def refuse(*_given: Any) -> None:
        raise AssertionError("the overview counted rows")

    monkeypatch.setattr(Ground, "__init__", refuse)
    assert "Trainees 15" in plain(get(counted.client("lead"), "/results"))


def test_a_chart_is_a_picture_that_may_load_nothing(counted: People) -> None:
    client = counted.client("lead")
    answer = client.get(f"/results/charts/trend.dark.svg?of=trainees&as_of={LAST}")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert ">15<" in answer.content.decode()
    assert client.get(f"/results/charts/trend.blue.svg?of=trainees&as_of={LAST}").status_code == 404
    assert client.get("/results/charts/trend.dark.svg?of=trainees&as_of=2020-01-01").status_code == 404
    assert client.get(f"/results/charts/trend.dark.svg?of=nothing&as_of={LAST}").status_code == 404


# --- freezing, targets, differences


def test_a_day_that_has_not_come_is_not_frozen(people: People) -> None:
    answer = people.client("lead").post("/results/freeze", {"as_of": "2999-12-31"}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "This day has not come" in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_the_difference_is_told_row_by_row(counted: People) -> None:
    from resilience.programme.models import Activity

    first = whole("trainees")
    with whole_programme("calling an activity off"):
        Activity.objects.filter(code="TRN-00").update(status="cancelled")
    snapshots.freeze(LAST, NOBODY, NOW)
    text = plain(get(counted.client("funder"), reverse("results-difference", args=[first.pk, whole("trainees").pk])))
    assert "-5" in text
    assert text.count("A person") == 5
    assert "the rows below add up to -5" in text
    other = whole("students")
    assert counted.client("funder").get(f"/results/figures/{first.pk}/to/{other.pk}").status_code == 404


def test_a_figure_whose_rows_changed_says_so(counted: People) -> None:
    from resilience.programme.models import Activity

    with whole_programme("calling an activity off"):
        Activity.objects.filter(code="TRN-00").update(status="cancelled")
    held = whole("trainees")
    page = get(counted.client("funder"), reverse("results-figure", args=[held.pk]))
    assert "other rows stand behind it" in page
    assert "results/freeze" not in page
    again = f"/results/freeze?as_of={held.as_of.isoformat()}"
    assert again in get(counted.client("lead"), reverse("results-figure", args=[held.pk]))
    assert f'value="{held.as_of.isoformat()}"' in get(counted.client("lead"), again)


def test_a_target_is_set_and_taken_away(people: People) -> None:
    client = people.client("lead")
    client.post("/results/targets", {"indicator": "leaders", "due_on": "2026-12-31", "value": "75"})
    target = Target.objects.get()
    assert "Future leaders" in get(client, "/results/targets")
    client.post(reverse("results-target-remove", args=[target.pk]))
    assert not Target.objects.exists()
    refused = client.post("/results/targets", {"indicator": "leaders", "due_on": "2026-12-31", "value": "0"})
    assert refused.status_code == 422


# --- publications


def drafted(client: Client, snapshot: Snapshot, printed: str) -> Publication:
    body = {"text_en": f"{printed} people", "text_cy": f"{printed} o bobl", "printed": printed}
    assert client.post(reverse("results-publish", args=[snapshot.pk]), body).status_code == 302
    return Publication.objects.latest("pk")


def test_what_is_approved_is_public_with_its_method_one_click_away(counted: People) -> None:
    lead, reader = counted.client("lead"), counted.client("nobody")
    made = drafted(lead, whole("trainees"), "15")
    assert "15 people" not in plain(get(reader, "/published"))
    assert reader.get(reverse("published-method", args=[made.pk])).status_code == 404
    assert counted.client("funder").get(reverse("results-publication", args=[made.pk])).status_code == 404
    lead.post(reverse("results-publication", args=[made.pk]), {"do": "approve"})
    page = get(reader, "/published")
    assert "15 people" in plain(page)
    assert "Approved by A lead" in plain(page)
    method = get(reader, reverse("published-method", args=[made.pk]))
    assert made.snapshot.rows_hash in method
    assert "Different people with an attendance" in method
    assert "/results/figures" not in method
    assert get(reader, reverse("results-definition", args=["trainees", 1]))


def test_a_withdrawn_figure_leaves_the_public_page_and_its_method_says_so(counted: People) -> None:
    lead = counted.client("lead")
    made = drafted(lead, whole("trainees"), "15")
    address = reverse("results-publication", args=[made.pk])
    lead.post(address, {"do": "approve"})
    without = lead.post(address, {"do": "withdraw", "reason": " "}, headers=ENGLISH)
    assert without.status_code == 422
    assert "Say why" in without.content.decode()
    lead.post(address, {"do": "withdraw", "reason": "Counted twice"})
    assert "15 people" not in plain(get(counted.client("nobody"), "/published"))
    assert "Do not quote it" in get(counted.client("nobody"), reverse("published-method", args=[made.pk]))
    assert TrailEntry.objects.get(what="withdrew publication").reason == "Counted twice"


def claim(printed: str) -> dict[str, str]:
    return {
        "text_en": f"{printed} people saved waste",
        "text_cy": f"{printed} o bobl, llai o wastraff",
        "printed": printed,
    }


def test_a_claim_that_the_account_does_not_carry_is_stopped_beside_its_sentence(counted: People) -> None:
    lead = counted.client("lead")
    before = Publication.objects.count()
    refused = lead.post(reverse("results-publish", args=[whole("trainees").pk]), claim("15"), headers=ENGLISH)
    assert refused.status_code == 422
    assert "below evidence T2 say" in refused.content.decode()
    assert Publication.objects.count() == before


def test_a_claim_whose_evidence_was_taken_back_is_not_approved_and_is_marked_where_it_stands(
    counted: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, reader = counted.client("lead"), counted.client("nobody")
    with monkeypatch.context() as then:
        then.setattr(publications, "claim_objections", lambda text, until: {})
        for _ in range(2):
            lead.post(reverse("results-publish", args=[whole("trainees").pk]), claim("15"))
        standing, waiting = Publication.objects.order_by("pk")
        lead.post(reverse("results-publication", args=[standing.pk]), {"do": "approve"})
        assert "does not carry" not in get(reader, "/published")
    refused = lead.post(reverse("results-publication", args=[waiting.pk]), {"do": "approve"}, headers=ENGLISH)
    assert refused.status_code == 422
    assert "below evidence T2 say" in refused.content.decode()
    waiting.refresh_from_db()
    assert waiting.approved_at is None
    for address in ("/published", reverse("published-method", args=[standing.pk])):
        assert "does not carry" in get(reader, address)
    assert "does not carry" in get(lead, "/results/publications")
    assert "does not carry" in get(lead, reverse("results-publication", args=[standing.pk]))


def test_another_figure_than_the_snapshots_is_not_approved(counted: People) -> None:
    lead = counted.client("lead")
    made = drafted(lead, whole("trainees"), "1,500")
    answer = lead.post(reverse("results-publication", args=[made.pk]), {"do": "approve"}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "it has 15" in answer.content.decode()
    assert not publications.published()


@pytest.mark.parametrize(("language", "words"), [("en", "66 % cannot come from 75"), ("cy", "Ni all 66 % ddod o 75")])
def test_a_percentage_that_its_base_cannot_give_is_refused_in_words(people: People, language: str, words: str) -> None:
    held = Snapshot.objects.create(
        indicator="leaders_female_percent",
        version=1,
        as_of=LAST,
        value=66,
        numerator=50,
        denominator=75,
        partners=[],
        rows_hash="0" * 64,
        code_version="x",
        taken_at=NOW,
    )
    lead = people.client("lead")
    made = drafted(lead, held, "66 %")
    address = reverse("results-publication", args=[made.pk])
    refused = lead.post(address, {"do": "approve"}, headers={"accept-language": language})
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert "49" in refused.content.decode()
    assert "65.3" in refused.content.decode()


def test_a_sentence_without_its_figure_is_refused_beside_the_sentence(counted: People) -> None:
    body = {"text_en": "Many people", "text_cy": "15 o bobl", "printed": "15"}
    address = reverse("results-publish", args=[whole("trainees").pk])
    answer = counted.client("lead").post(address, body, headers=ENGLISH)
    assert answer.status_code == 422
    assert 'id="id_text_en_error"' in answer.content.decode()


# --- packs


def test_a_pack_is_frozen_read_and_downloaded_with_its_hashes(counted: People) -> None:
    lead, funder = counted.client("lead"), counted.client("funder")
    assert lead.post("/results/packs", {"quarter": LAST.isoformat()}).status_code == 302
    pack = Pack.objects.get()
    page = get(funder, f"/results/packs/{LAST}")
    for name, value in pack.file_hashes.items():
        assert value in page
        answer = funder.get(f"/results/packs/{LAST}/{name}")
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'attachment; filename="{LAST}-{name}"'
    assert funder.get(f"/results/packs/{LAST}/pack.fr.pdf").status_code == 404
    assert funder.get("/results/packs/2019-12-31").status_code == 404
    again = lead.post("/results/packs", {"quarter": LAST.isoformat()}, headers=ENGLISH)
    assert "frozen already" in again.content.decode()


def test_a_pack_leads_to_why_its_headlines_changed_since_the_pack_before(people: People) -> None:
    programme.frozen(people.here, QUARTERS[-2:], people=5)
    lead, funder = people.client("lead"), people.client("funder")
    for quarter in QUARTERS[-2:]:
        assert lead.post("/results/packs", {"quarter": quarter.isoformat()}).status_code == 302
    assert "Why it changed" not in get(funder, f"/results/packs/{QUARTERS[-2]}")
    page = get(funder, f"/results/packs/{LAST}")
    found = re.search(r'href="(/results/figures/\d+/to/\d+)">Why it changed since', page)
    assert found is not None
    assert "Trainees: why it changed" in get(funder, found[1])


@pytest.mark.parametrize(
    ("quarter", "words"),
    [
        ("2999-12-31", "not over"),
        ("2020-12-31", "no grant"),
        (LAST.isoformat(), "No figures"),
        ("x", "Choose a quarter"),
    ],
)
def test_a_pack_that_cannot_be_frozen_says_what_is_missing(granted: People, quarter: str, words: str) -> None:
    answer = granted.client("lead").post("/results/packs", {"quarter": quarter}, headers=ENGLISH)
    assert answer.status_code == 422
    assert words in answer.content.decode()


# --- both languages, whole pages


PAGES = (
    "/results",
    "/results/freeze",
    "/results/targets",
    "/results/definitions",
    "/results/definitions/students/1",
    "/results/figures/{snapshot}",
    "/results/figures/{snapshot}/activities/TRN-00",
    "/results/figures/{snapshot}/publish",
    "/results/publications",
    "/results/packs",
    "/published",
    "/money",
    "/money/grant",
    f"/money/spend/{LAST}",
    "/money/risks/new",
    "/money/changes/new",
)


def test_each_page_is_whole_in_both_languages(counted: People) -> None:
    client = counted.client("lead")
    for address in PAGES:
        address = address.format(snapshot=whole("trainees").pk)
        english, welsh = get(client, address, **ENGLISH), get(client, address, **WELSH)
        assert plain(english) != plain(welsh), address
        for page in (english, welsh):
            assert page.count("<h1") == 1, address
            assert not re.findall(r"<img(?![^>]*\balt=\"[^\"]+)", page), address
            assert not re.findall(r"\sstyle=|<script>|<style", page), address
            identities = re.findall(r'\sid="([^"]+)"', page)
            assert len(identities) == len(set(identities)), address
            assert set(re.findall(r'<label[^>]* for="([^"]+)"', page)) <= set(identities), address
