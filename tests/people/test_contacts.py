"""Correcting what is known of a person, and handing it over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from resilience.people import contacts, persons
from resilience.people.models import Contact, Organisation, OrganisationKind, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def ann(store: str) -> Contact:
    partner = Organisation.objects.create(name="Partner")
    person = persons.meet(partner, "Ann Ash", "ann@example.org", NOW, job="operator")
    with within(partner):
        return Contact.objects.select_related("person", "organisation").get(person=person)


def test_a_correction_overwrites_and_empties(ann: Contact) -> None:
    changed = contacts.correct(ann, NOBODY, name="Anne Ash", employer="Tees Vaccines", job="", region="TLC")
    ann.refresh_from_db()
    assert (ann.name, str(ann.employer), ann.job, ann.region) == ("Anne Ash", "Tees Vaccines", "", "TLC")
    assert changed == ["name", "employer", "job", "region"]
    assert Organisation.objects.get(name="Tees Vaccines").kind == OrganisationKind.EMPLOYER
    entry = TrailEntry.objects.get()
    assert (entry.what, entry.new) == ("corrected person", changed)


def test_nothing_changed_leaves_no_entry(ann: Contact) -> None:
    assert contacts.correct(ann, NOBODY, name="Ann Ash", employer="", job="operator", region="") == []
    assert not TrailEntry.objects.exists()


def test_handing_over_stands_in_the_trail(ann: Contact) -> None:
    known = contacts.handed_over(ann, NOBODY)
    assert known["held"]["people.Contact"][0]["name"] == "Ann Ash"
    assert TrailEntry.objects.get().what == "exported person"


def test_other_partners_are_a_number(ann: Contact) -> None:
    assert contacts.other_partners(ann) == 0
    persons.meet(Organisation.objects.create(name="Other"), "Ann Ash", "ann@example.org", NOW)
    assert contacts.other_partners(ann) == 1
