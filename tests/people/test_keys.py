"""Keys of people: the same for every partner, and different for different people at one address."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resilience.people import persons
from resilience.people.keys import Details, key_for
from resilience.people.models import Contact, KeyKind, Organisation, Person, PersonMerge
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def partner(store: str) -> Organisation:
    return Organisation.objects.create(name="Partner")


@pytest.fixture
def other(partner: Organisation) -> Organisation:
    return Organisation.objects.create(name="Other partner")


def test_an_address_has_one_key_at_every_partner(partner: Organisation, other: Organisation) -> None:
    key, kind = key_for(" Ann@Example.ORG ", "Ann", partner)
    assert (key, kind) == key_for("ann@example.org", "Somebody", other)
    assert kind is KeyKind.EMAIL
    assert len(key) == 64
    assert "ann" not in key


def test_a_shared_address_needs_the_name_and_a_name_alone_the_partner(
    partner: Organisation, other: Organisation
) -> None:
    ann, kind = key_for("office@example.org", "Ann Ash", partner, shared=True)
    assert kind is KeyKind.SHARED_EMAIL
    assert ann == key_for("office@example.org", "ash, ann", other, shared=True)[0]
    assert ann != key_for("office@example.org", "Bob Ash", partner, shared=True)[0]
    assert key_for("office@example.org", "", partner, shared=True) == key_for("office@example.org", "", partner)
    by_name, kind = key_for("", "Ann Ash", partner)
    assert kind is KeyKind.NAME
    assert by_name != key_for("", "Ann Ash", other)[0]


def test_the_key_depends_on_the_installation(partner: Organisation, settings: Any) -> None:
    before = key_for("ann@example.org", "", partner)
    settings.PEOPLE_KEY = "another key"
    assert key_for("ann@example.org", "", partner) != before


def test_nobody_has_no_key(partner: Organisation) -> None:
    with pytest.raises(ValueError, match="name or an e-mail"):
        key_for("", " - ", partner)
    with pytest.raises(ValueError, match="@"):
        key_for("anonymous", "Ann", partner)


def test_different_names_with_one_address_are_different_people(partner: Organisation) -> None:
    rows = [Details("Ann Ash", "buyer@example.org"), Details("Bob Beech", "buyer@example.org")]
    met = persons.meet_all(partner, rows, NOW)
    assert met[0].person != met[1].person
    assert {one.person.key_kind for one in met} == {KeyKind.SHARED_EMAIL}
    assert [one.person for one in persons.meet_all(partner, rows, NOW)] == [one.person for one in met]
    alone = persons.meet(partner, "Ann Ash", "buyer@example.org", NOW)
    assert alone == met[0].person


def test_spellings_of_one_name_are_one_person(partner: Organisation) -> None:
    spellings = ["Ann Ash", "ASH, ANN", "A. Ash", "Ann Mary Ash", ""]
    met = persons.meet_all(partner, [Details(name, "ann@example.org") for name in spellings], NOW)
    assert len({one.person.pk for one in met}) == 1
    assert [one.new for one in met] == [True, False, False, False, False]


def test_another_name_at_a_known_persons_address_is_somebody_else(partner: Organisation, other: Organisation) -> None:
    ann = persons.meet(partner, "Ann Ash", "ann@example.org", NOW)
    bob = persons.meet(other, "Bob Beech", "ann@example.org", NOW)
    assert bob != ann
    assert persons.meet(other, "Ann Ash", "ann@example.org", NOW) == ann
    assert persons.meet(partner, "Bob Beech", "ann@example.org", NOW) == bob


def test_an_address_of_too_many_names_is_nobodys_own(partner: Organisation) -> None:
    rows = [Details(f"Ann Ash {chr(97 + n)}", "office@example.org") for n in range(20)]
    assert len({one.person.pk for one in persons.meet_all(partner, rows, NOW)}) == 20


ROWS = st.lists(
    st.builds(
        Details,
        name=st.sampled_from(["", "Ann Ash", "A. Ash", "Ann", "Bob Ash", "bob  ASH", "Cy Elm", "Ann Mary Ash"]),
        email=st.sampled_from(["ann@example.org", "ANN@example.org", "office@example.org", "cy@example.org"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, more=ROWS)
def test_meeting_the_same_again_changes_nothing(embedded_store: str, rows: list[Details], more: list[Details]) -> None:
    partner = fresh()
    first = persons.meet_all(partner, rows, NOW)
    counts = Person.objects.count(), contacts(partner)
    again = persons.meet_all(partner, rows, NOW)
    assert [met.person for met in again] == [met.person for met in first]
    assert not any(met.new or met.new_contact for met in again)
    assert (Person.objects.count(), contacts(partner)) == counts
    persons.meet_all(partner, more, NOW)
    both = persons.meet_all(partner, [*rows, *more], NOW)
    assert [met.person for met in persons.meet_all(partner, [*rows, *more], NOW)] == [met.person for met in both]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_nobody_is_two_names_that_cannot_be_one(embedded_store: str, rows: list[Details]) -> None:
    by_person: dict[int, set[str]] = {}
    for met, row in zip(persons.meet_all(fresh(), rows, NOW), rows, strict=True):
        by_person.setdefault(met.person.pk, set()).add(row.name)
    for names in by_person.values():
        assert not {"Ann Ash", "Bob Ash"} <= names
        assert not {"Cy Elm", "Ann"} <= names


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, data=st.data())
def test_a_merge_is_followed_and_can_be_undone(embedded_store: str, rows: list[Details], data: st.DataObject) -> None:
    partner = fresh()
    met = [one.person for one in persons.meet_all(partner, rows, NOW)]
    different = sorted({person.pk for person in met})
    if len(different) < 2:
        return
    kept, gone = data.draw(st.permutations(different))[:2]
    before = Person.objects.count(), contacts(partner)
    row = persons.merge(Person.objects.get(pk=kept), Person.objects.get(pk=gone), NOBODY, "the same")
    assert Person.objects.count() == before[0] - 1
    again = [one.person.pk for one in persons.meet_all(partner, rows, NOW)]
    assert again == [kept if person.pk == gone else person.pk for person in met]
    persons.unmerge(PersonMerge.objects.get(pk=row.pk), NOBODY)
    assert (Person.objects.count(), contacts(partner)) == before
    assert [one.person.pk for one in persons.meet_all(partner, rows, NOW)] == [person.pk for person in met]


def fresh() -> Organisation:
    """A partner in a store without people: the examples of a property share one database."""
    PersonMerge.objects.all().delete()
    Person.objects.all().delete()
    return Organisation.objects.get_or_create(name="Partner")[0]


def contacts(partner: Organisation) -> list[tuple[Any, ...]]:
    with within(partner):
        return list(Contact.objects.order_by("person_id").values_list("person_id", "name", "email"))
