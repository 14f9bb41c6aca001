"""The register of organisations: pairs that look like one, joining them, and who may change what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from resilience.people import names, persons, register
from resilience.people.folding import relations
from resilience.people.models import Account, Contact, Membership, NameTakenError, Organisation, Role, TrailEntry
from resilience.people.permissions import NOBODY, Actor
from resilience.people.scopes import whole_programme, within
from resilience.programme.models import Activity, Call, JobPost

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def made(name: str, kind: str = "employer", **fields: str) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind, **fields)


def pairs() -> set[frozenset[str]]:
    return {frozenset({pair.one.name, pair.other.name}) for pair in register.suggestions()}


def test_names_that_are_close_are_suggested(store: str) -> None:
    made("Tees Vaccines")
    made("TeesVaccines UK Ltd")
    made("Tees Vaccinnes Group")
    made("Rankine Sterile Products")
    assert pairs() == {
        frozenset({"Tees Vaccines", "TeesVaccines UK Ltd"}),
        frozenset({"Tees Vaccines", "Tees Vaccinnes Group"}),
        frozenset({"TeesVaccines UK Ltd", "Tees Vaccinnes Group"}),
    }
    assert register.suggestions()[0].likeness == 100
    assert len(register.suggestions(most=1)) == 1


def test_known_regions_that_differ_rule_a_pair_out(store: str) -> None:
    made("St Mary's School Leeds", "school", region="TLE")
    made("St Mary's School Leedes", "school", region="TLJ")
    assert pairs() == set()


def test_an_empty_register_suggests_nothing(store: str) -> None:
    assert register.suggestions() == []


def test_joining_moves_everything_and_keeps_the_name_as_a_spelling(store: str) -> None:
    partner, kept, other = made("Partner", "partner"), made("Tees Vaccines"), made("TeesVaccines UK", region="TLC")
    ann = persons.meet(partner, "Ann Ash", "ann@example.org", NOW, employer=other)
    JobPost.objects.create(
        organisation=partner, employer=other, role="operator", region="TLC", people_needed=2, stated_on=NOW.date()
    )
    # Both have met the same person: one contact can be left.
    persons.meet(kept, "", "ann@example.org", NOW)
    persons.meet(other, "Ann Ash", "ann@example.org", NOW)
    register.join(kept, other, NOBODY, "the same company", NOW)
    assert names.resolve("teesvaccines uk") == names.resolve("Tees Vaccines") == kept
    kept.refresh_from_db()
    assert kept.region == "TLC"
    with whole_programme("test"):
        assert JobPost.objects.get().employer == kept
        assert Contact.objects.get(organisation=partner).employer == kept
        assert Contact.objects.get(organisation=kept).name == "Ann Ash"
        assert Contact.objects.filter(person=ann).count() == 2
    entry = TrailEntry.objects.get()
    assert (entry.what, entry.about, entry.reason) == (
        "joined organisations",
        f"organisation:{kept.pk}",
        "the same company",
    )
    assert entry.old["id"] == str(other.pk)


def test_nothing_refers_to_an_organisation_that_was_joined(store: str) -> None:
    kept, other = made("Tees Vaccines"), made("TeesVaccines UK")
    Activity.objects.create(
        organisation=other,
        code="HELD",
        kind="training",
        format="online",
        title="x",
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
    )
    Call.objects.create(organisation=other, code="CALL", title="x", opens_at=NOW, closes_at=NOW, places=3)
    gone = other.pk
    register.join(kept, other, NOBODY, "one", NOW)
    for table, column in relations(Organisation):
        assert not table._base_manager.filter(**{column.attname: gone}).exists()
    with within(kept):
        assert (Activity.objects.count(), Call.objects.count()) == (1, 1)


def test_an_organisation_with_accounts_is_not_joined_to_another(store: str) -> None:
    kept, other = made("Tees Vaccines"), made("TeesVaccines UK", "partner")
    Membership.objects.create(organisation=other, account=Account.objects.create_user("a@example.org"), role="lead")
    with pytest.raises(register.CannotJoinError, match="accounts"):
        register.join(kept, other, NOBODY, "one", NOW)
    with pytest.raises(register.CannotJoinError, match="already"):
        register.join(kept, kept, NOBODY, "one", NOW)
    register.join(other, kept, NOBODY, "one", NOW)
    assert Organisation.objects.get() == other


def test_changes_stand_in_the_trail_with_old_and_new(store: str) -> None:
    tees = register.add("Tees Vaccines", "employer", NOBODY, region="TLC")
    register.change(tees, NOBODY, name="Tyne Vaccines", size="small")
    register.change(tees, NOBODY, name="Tyne Vaccines")
    assert [entry.what for entry in TrailEntry.objects.order_by("pk")] == ["added organisation", "changed organisation"]
    changed = TrailEntry.objects.order_by("pk").last()
    assert changed is not None
    assert (changed.old["name"], changed.new["name"], changed.new["size"]) == (
        "Tees Vaccines",
        "Tyne Vaccines",
        "small",
    )
    assert names.resolve("Tees Vaccines") == tees


def test_spellings_are_added_and_forgotten(store: str) -> None:
    tees, other = made("Tees Vaccines"), made("Rankine Sterile")
    alias = register.add_alias(tees, "TVX", NOBODY)
    assert names.resolve("tvx ltd") == tees
    with pytest.raises(NameTakenError, match="Tees Vaccines"):
        register.add_alias(other, "T.V.X.", NOBODY)
    assert register.remove_alias(alias, NOBODY)
    assert names.resolve("tvx") is None
    assert not register.remove_alias(tees.aliases.get(), NOBODY)
    assert names.resolve("Tees Vaccines") == tees


def test_partners_are_changed_by_themselves_and_the_lead_alone(store: str) -> None:
    here, there, employer = made("Here", "partner"), made("There", "partner"), made("Tees Vaccines")
    account = Account.objects.create_user("a@example.org")
    coordinator = Actor(account, here, Role.COORDINATOR)
    assert [register.may_change(coordinator, one) for one in (here, there, employer)] == [True, False, True]
    lead = Actor(account, here, Role.LEAD)
    assert [register.may_change(lead, one) for one in (here, there, employer)] == [True, True, True]
    assert not register.may_change(Actor(account, here, Role.INSTRUCTOR), employer)
