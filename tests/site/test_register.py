"""The pages of the register: people met, duplicates, export, erasure, organisations, the trail."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from resilience.people import persons, privacy, trail
from resilience.people.models import (
    Contact,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    PersonMerge,
    TrailEntry,
)
from resilience.people.scopes import whole_programme, within
from resilience.people.services import actor_of, remove_member
from resilience.programme.models import Letter
from resilience.site.pages.register import held
from resilience.site.pages.register.persons import shown
from tests.site.conftest import People

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def client(people: People) -> Client:
    return people.client("coordinator")


def met(people: People, name: str, email: str, **told: Any) -> Person:
    return persons.meet(people.here, name, email, NOW, **told)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_empty_list_says_how_people_get_there(client: Client) -> None:
    assert "Nobody yet" in text(client.get(reverse("persons")))
    assert "Nobody fits" in text(client.get(reverse("persons"), {"search": "ann"}))


def test_people_are_found_by_name_address_and_employer(people: People, client: Client) -> None:
    ash = Organisation.objects.create(name="Ash Medicines", kind=OrganisationKind.EMPLOYER)
    met(people, "Ann Ash", "ann@example.org", employer=ash)
    met(people, "Bob Beech", "bob@example.org")
    persons.meet(people.elsewhere, "Cy Elm", "cy@example.org", NOW)
    everybody = text(client.get(reverse("persons")))
    assert "Ann Ash" in everybody
    assert "Cy Elm" not in everybody
    for search in ("ann@", "ASH", "medicines"):
        found = text(client.get(reverse("persons"), {"search": search}))
        assert "Ann Ash" in found
        assert "Bob Beech" not in found


def test_a_long_list_has_pages(people: People, client: Client) -> None:
    persons.meet_all(people.here, [persons.Details(f"Ann {n:03}", f"ann{n}@example.org") for n in range(60)], NOW)
    first, second = (text(client.get(reverse("persons"), {"page": page})) for page in ("1", "2"))
    assert "Ann 049" in first
    assert "Ann 050" not in first
    assert "Ann 059" in second
    assert "Page 2 of 2" in second
    assert "Ann 059" in text(client.get(reverse("persons"), {"page": "99"}))


def test_another_partners_person_is_not_there(people: People, client: Client) -> None:
    ref = persons.meet(people.elsewhere, "Cy Elm", "cy@example.org", NOW).ref
    for name in ("met", "met-export", "met-erase"):
        assert client.get(reverse(name, args=[ref])).status_code == 404


def test_a_person_is_corrected(people: People, client: Client) -> None:
    ref = met(people, "Ann Ash", "ann@example.org").ref
    address = reverse("met", args=[ref])
    assert client.post(address, {"name": "Anne Ash", "employer": "Ash Medicines Ltd"}).status_code == 302
    page = text(client.get(address))
    assert "Anne Ash" in page
    assert 'value="Ash Medicines Ltd"' in page
    wrong = client.post(address, {"name": "Ann\x07"})
    assert wrong.status_code == 422
    assert "U+0007" in text(wrong)


def test_the_export_is_a_file_with_everything(people: People, client: Client) -> None:
    ann = met(people, "Ann Ash", "ann@example.org", job="operator")
    answer = client.get(reverse("met-export", args=[ann.ref]))
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["held"]["people.Contact"][0]["job"] == "operator"
    assert TrailEntry.objects.get(what="exported person").about == f"person:{ann.ref}"


def test_erasing_needs_a_reason_and_to_be_sure(people: People, client: Client) -> None:
    ann = met(people, "Ann Ash", "ann@example.org")
    persons.meet(people.elsewhere, "Ann Ash", "ann@example.org", NOW)
    address = reverse("met-erase", args=[ann.ref])
    assert "1 other partner" in text(client.get(address))
    assert client.post(address, {"reason": "she asked"}).status_code == 422
    told = client.post(address, {"reason": "ann@example.org asked", "sure": "on"})
    assert told.status_code == 422
    assert "Leave e-mail addresses out" in text(told)
    assert client.post(address, {"reason": "she asked", "sure": "on"}).status_code == 302
    assert client.get(reverse("met", args=[ann.ref])).status_code == 404
    with whole_programme("test"):
        assert not Contact.objects.exists()


def test_who_signs_in_loses_the_role_before_they_are_erased(people: People, client: Client) -> None:
    account = people.accounts["owner"]
    ann = persons.meet(people.here, account.name, account.email, NOW, account=account)
    address = reverse("met-erase", args=[ann.ref])
    assert "takes the role away first" in text(client.get(address))
    refused = client.post(address, {"reason": "she asked", "sure": "on"})
    assert refused.status_code == 422
    assert "takes the role away first" in text(refused)
    assert client.get(reverse("met", args=[ann.ref])).status_code == 200
    with within(people.here):
        remove_member(Membership.objects.get(account=account))
    assert client.post(address, {"reason": "she asked", "sure": "on"}).status_code == 302
    with whole_programme("a test"):
        assert not Contact.objects.exists()


def test_two_are_merged_with_a_reason_and_undone(people: People, client: Client) -> None:
    ann, twin = met(people, "Ann Ash", "ann@example.org"), met(people, "Ann Ash", "a.ash@example.org")
    pairs = text(client.get(reverse("persons-alike")))
    address = reverse("met-merge", args=[ann.ref, twin.ref])
    assert address in pairs
    assert "a.ash@example.org" in text(client.get(address))
    assert client.post(address, {"reason": " \u200b"}).status_code == 422
    assert client.post(address, {"reason": "met twice"}).status_code == 302
    assert client.get(reverse("met", args=[twin.ref])).status_code == 404
    merge = PersonMerge.objects.get()
    assert "met twice" in text(client.get(reverse("met", args=[ann.ref])))
    assert client.post(reverse("merge-undo", args=[merge.pk])).status_code == 302
    assert client.get(reverse("met", args=[twin.ref])).status_code == 200
    assert client.post(reverse("merge-undo", args=[10**6])).status_code == 404
    assert client.post(reverse("met-merge", args=[ann.ref, ann.ref]), {"reason": "x"}).status_code == 422


def test_two_who_are_two_are_not_shown_again(people: People, client: Client) -> None:
    ann, twin = met(people, "Ann Ash", "ann@example.org"), met(people, "Ann Ash", "a.ash@example.org")
    apart = reverse("met-apart", args=[ann.ref, twin.ref])
    assert apart in text(client.get(reverse("met-merge", args=[ann.ref, twin.ref])))
    told = text(client.post(apart, follow=True))
    assert "This pair is not shown again" in told
    assert "No pair looks like one person" in told
    assert client.post(reverse("met-apart", args=[ann.ref, UUID(int=7)])).status_code == 404


def test_two_organisations_that_are_two_are_not_shown_again(people: People, client: Client) -> None:
    one = Organisation.objects.create(name="Tees Vaccines", kind="employer")
    other = Organisation.objects.create(name="TeesVaccines UK Ltd", kind="employer")
    apart = reverse("organisation-apart", args=[one.pk, other.pk])
    assert apart in text(client.get(reverse("organisation-join", args=[one.pk, other.pk])))
    assert "No two organisations look like one" in text(client.post(apart, follow=True))


def test_an_invitation_is_shown_once_and_opens_the_form(people: People, client: Client) -> None:
    ann = met(people, "Ann Ash", "ann@example.org")
    answer = text(client.post(reverse("met-invite", args=[ann.ref]), {"strand": "training"}))
    link = answer.split('<code class="address">')[1].split("</code>")[0]
    assert 'value="Ann Ash"' in answer
    assert people.client("nobody").get(link.removeprefix("http://testserver")).status_code == 200
    assert link not in text(client.get(reverse("met", args=[ann.ref])))
    assert client.post(reverse("met-invite", args=[ann.ref]), {"strand": "gossip"}).status_code == 302


def test_an_invitation_by_letter_shows_no_address(people: People, client: Client) -> None:
    ann = met(people, "Ann Ash", "ann@example.org")
    by_letter = {"strand": "training", "by": "letter"}
    answer = text(client.post(reverse("met-invite", args=[ann.ref]), by_letter, follow=True))
    assert "The letter is in the outbox" in answer
    assert "/diversity/form/" not in answer
    with within(people.here):
        letter = Letter.objects.get()
        assert letter.person == ann
        assert "/diversity/form/" not in letter.text
    nameless = met(people, "Bob Box", "")
    assert "Invite by letter" not in text(client.get(reverse("met", args=[nameless.ref])))
    answer = text(client.post(reverse("met-invite", args=[nameless.ref]), by_letter, follow=True))
    assert "No letter was written" in answer


def test_organisations_are_listed_by_kind_and_any_spelling(people: People, client: Client) -> None:
    client.post(reverse("organisations"), {"name": "Tees Vaccines Ltd", "kind": "employer", "region": "TLC"})
    tees = Organisation.objects.get(name="Tees Vaccines Ltd")
    client.post(reverse("organisation-spellings", args=[tees.pk]), {"spelling": "TVX"})
    listed = text(client.get(reverse("organisations"), {"search": "tvx", "kind": "employer"}))
    assert "Tees Vaccines Ltd" in listed
    assert "North East" in listed
    assert "No organisation fits" in text(client.get(reverse("organisations"), {"search": "tvx", "kind": "school"}))
    again = client.post(reverse("organisations"), {"name": "tees vaccines", "kind": "employer"})
    assert again.status_code == 422
    assert "spelling of Tees Vaccines Ltd" in text(again)


def test_a_spelling_is_forgotten_and_the_own_name_stays(people: People, client: Client) -> None:
    tees = Organisation.objects.create(name="Tees Vaccines", kind="employer")
    address = reverse("organisation-spellings", args=[tees.pk])
    client.post(address, {"spelling": "TVX"})
    taken = client.post(address, {"spelling": "T.V.X."})
    assert taken.status_code == 422
    for alias in list(tees.aliases.all()):
        assert client.post(address, {"forget": str(alias.pk)}).status_code == 302
    assert [alias.name for alias in tees.aliases.all()] == ["Tees Vaccines"]
    for nonsense in ("x", "9" * 40, "-1"):
        assert client.post(address, {"forget": nonsense}).status_code == 404


def test_a_coordinator_corrects_employers_and_not_other_partners(people: People, client: Client) -> None:
    tees = Organisation.objects.create(name="Tees Vaccines", kind="employer")
    client.post(reverse("organisation", args=[tees.pk]), {"name": "Tyne Vaccines", "kind": "employer", "size": "small"})
    tees.refresh_from_db()
    assert (tees.name, tees.size) == ("Tyne Vaccines", "small")
    asked = {"name": "Mine", "kind": "partner"}
    assert client.post(reverse("organisation", args=[people.elsewhere.pk]), asked).status_code == 403
    assert client.post(reverse("organisation", args=[tees.pk]), asked).status_code == 422
    lead = people.client("lead")
    assert lead.post(reverse("organisation", args=[people.elsewhere.pk]), asked).status_code == 302


def test_two_organisations_are_joined_with_a_reason(people: People, client: Client) -> None:
    kept = Organisation.objects.create(name="Tees Vaccines", kind="employer")
    other = Organisation.objects.create(name="TeesVaccines UK Ltd", kind="employer")
    address = reverse("organisation-join", args=[kept.pk, other.pk])
    assert "TeesVaccines UK Ltd" in text(client.get(reverse("organisations-alike")))
    assert "TeesVaccines UK Ltd" in text(client.get(address))
    assert client.post(address, {"reason": "one company"}).status_code == 302
    assert "TeesVaccines UK Ltd" in text(client.get(reverse("organisation", args=[kept.pk])))
    assert client.get(reverse("organisation", args=[other.pk])).status_code == 404
    mine = reverse("organisation-join", args=[kept.pk, people.here.pk])
    told = client.post(mine, {"reason": "one company"})
    assert told.status_code == 422
    assert "accounts of its own" in text(told)


def test_a_refusal_stands_in_the_trail_without_what_was_secret(people: People) -> None:
    trainee = people.client("trainee")
    ref = met(people, "Ann Ash", "ann@example.org").ref
    trainee.get(reverse("met", args=[ref]))
    trainee.get(reverse("api:log", args=[people.unfinished]))
    people.client("nobody").get(reverse("api:log", args=[people.unfinished]))
    entries = [
        (entry.what, entry.about, entry.new, entry.role) for entry in TrailEntry.objects.filter(what="was refused")
    ]
    assert ("was refused", f"page:met:{ref}", "GET", "trainee") in entries
    assert all(people.unfinished not in about for _, about, _, _ in entries)
    shown = text(people.client("administrator").get(reverse("trail")))
    assert "A trainee" in shown
    assert f"page:met:{ref}" in shown


def test_the_trail_is_of_the_own_organisation_and_names_nobody(people: People) -> None:
    met(people, "Ann Ash", "ann@example.org")
    people.client("outsider").get(reverse("people"))
    assert "page:people" not in text(people.client("administrator").get(reverse("trail")))
    people.client("coordinator").get(reverse("people"))
    assert "page:people" in text(people.client("administrator").get(reverse("trail")))
    filtered = text(people.client("administrator").get(reverse("trail"), {"about": "page:nothing"}))
    assert "Nothing yet" in filtered
    for entry in TrailEntry.objects.all():
        told = json.dumps([entry.what, entry.about, entry.old, entry.new, entry.reason])
        assert "@" not in told
        assert "Ash" not in told


def test_the_trail_tells_times_in_utc(people: People) -> None:
    actor = actor_of(people.accounts["administrator"])
    trail.add(actor, "did", "x", at=datetime(2026, 7, 1, 9, 30, tzinfo=UTC))
    assert "2026-07-01 09:30:00" in text(people.client("administrator").get(reverse("trail")))


def test_the_pages_speak_welsh(people: People, client: Client) -> None:
    ref = met(people, "Ann Ash", "ann@example.org").ref
    client.post(reverse("set_language"), {"language": "cy"})
    assert "Pobl a gwrddwyd" in text(client.get(reverse("persons")))
    assert "Yr hyn sy’n hysbys" in text(client.get(reverse("met", args=[ref])))
    assert "Sefydliadau" in text(client.get(reverse("organisations")))


def test_what_somebody_typed_is_shown_as_text(people: People, client: Client) -> None:
    ref = met(people, "<script>alert(1)</script>", "ann@example.org").ref
    for page in (reverse("persons"), reverse("met", args=[ref]), reverse("met-erase", args=[ref])):
        assert "<script>alert" not in text(client.get(page))


def test_every_column_of_somebodys_record_has_a_word_in_both_languages() -> None:
    told = {
        name
        for holder in privacy.all_holders()
        if holder.table is not Contact
        for column in holder.table._meta.concrete_fields
        if not column.primary_key
        and (name := column.name) not in {getattr(holder, "by", ""), *getattr(holder, "left_out", ())}
    } | {name for holder in privacy.all_holders() for name in getattr(holder, "also", ())}
    assert told - held.LEFT_OUT - set(held.WORDS) == set()
    with translation.override("cy"):
        assert held.word("registered_at") == "Cofrestrwyd ar"
        assert (shown(True), shown(False), shown(None)) == ("ie", "na", "–")
    with translation.override("en"):
        assert held.word("something__added_since") == "something added since"
