"""People and their roles, on both kinds of database."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from resilience.people import services
from resilience.people.models import Account, Membership, Organisation, OrganisationKind, Role
from resilience.people.permissions import ALLOWED, GIVEN_BY, NOBODY, May


@pytest.fixture
def site_a(store: str) -> Organisation:
    return Organisation.objects.create(name="Site A")


def test_a_query_without_a_scope_fails(site_a: Organisation) -> None:
    services.add_member(site_a, "ann@example.org", "Ann", Role.TRAINEE)
    with pytest.raises(ScopeError):
        Membership.objects.count()
    with pytest.raises(ScopeError):
        list(Membership.objects.filter(role=Role.TRAINEE))


def test_a_scope_shows_one_organisation_alone(site_a: Organisation) -> None:
    site_b = Organisation.objects.create(name="Site B")
    services.add_member(site_a, "ann@example.org", "Ann", Role.TRAINEE)
    services.add_member(site_b, "bob@example.org", "Bob", Role.TRAINEE)
    with scope(organisation=site_a.pk):
        assert [membership.account.name for membership in Membership.objects.all()] == ["Ann"]


def test_an_address_is_one_account_however_it_is_written(site_a: Organisation) -> None:
    ann, is_new = services.add_member(site_a, "Ann@Example.org", "Ann", Role.TRAINEE)
    again, again_new = services.add_member(site_a, "ann@example.ORG", "Somebody else", Role.QUALITY)
    assert (is_new, again_new, again.pk, again.name) == (True, False, ann.pk, "Ann")
    assert services.actor_of(ann).role is Role.QUALITY
    with pytest.raises(IntegrityError):
        Account.objects.create_user("ann@example.org")


def test_an_account_needs_an_address(store: str) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        Account.objects.create_user("")


def test_an_existing_account_keeps_its_password(site_a: Organisation) -> None:
    ann, _ = services.add_member(site_a, "ann@example.org", "Ann", Role.TRAINEE, "first password 1")
    site_b = Organisation.objects.create(name="Site B")
    services.add_member(site_b, "ann@example.org", "Ann", Role.TRAINEE, "taken over 12345")
    ann.refresh_from_db()
    assert ann.check_password("first password 1")


def test_an_actor_acts_in_one_organisation_of_theirs(site_a: Organisation) -> None:
    site_b = Organisation.objects.create(name="Site B")
    ann, _ = services.add_member(site_a, "ann@example.org", "Ann", Role.TRAINEE)
    services.add_member(site_b, "ann@example.org", "Ann", Role.QUALITY)
    elsewhere = Organisation.objects.create(name="Site C")
    assert services.actor_of(ann).organisation == site_a
    assert services.actor_of(ann, str(site_b.pk)).role is Role.QUALITY
    assert services.actor_of(ann, str(elsewhere.pk)).organisation == site_a
    assert services.actor_of(ann, "nonsense").organisation == site_a


def test_nobody_and_the_shut_out_may_nothing(site_a: Organisation) -> None:
    ann, _ = services.add_member(site_a, "ann@example.org", "Ann", Role.QUALITY)
    ann.is_active = False
    assert services.actor_of(AnonymousUser()) == NOBODY
    assert services.actor_of(ann) == NOBODY
    assert not any(NOBODY.may(what) for what in May)


def test_every_role_is_in_the_table() -> None:
    assert set(ALLOWED) == set(Role)
    assert {what for allowed in ALLOWED.values() for what in allowed} == set(May)


def test_the_only_administrator_stays_one(site_a: Organisation) -> None:
    services.add_member(site_a, "ann@example.org", "Ann", Role.ADMINISTRATOR)
    with scope(organisation=site_a.pk):
        only = Membership.objects.get()
        with pytest.raises(services.LastAdministratorError, match="only administrator"):
            services.change_role(only, Role.TRAINEE)
        with pytest.raises(services.LastAdministratorError):
            services.remove_member(only)
        services.change_role(only, Role.ADMINISTRATOR)
    services.add_member(site_a, "bob@example.org", "Bob", Role.ADMINISTRATOR)
    with scope(organisation=site_a.pk):
        services.change_role(only, Role.TRAINEE)
        assert Membership.objects.get(pk=only.pk).role == Role.TRAINEE


def test_another_organisations_administrator_does_not_count(site_a: Organisation) -> None:
    services.add_member(site_a, "ann@example.org", "Ann", Role.ADMINISTRATOR)
    site_b = Organisation.objects.create(name="Site B")
    services.add_member(site_b, "bob@example.org", "Bob", Role.ADMINISTRATOR)
    with scopes_disabled():
        only = Membership.objects.get(organisation=site_a)
        with pytest.raises(services.LastAdministratorError):
            services.remove_member(only)


def test_an_administrator_gives_the_roles_of_their_kind_of_organisation(store: str) -> None:
    employer = Organisation.objects.create(name="Site A", kind="employer")
    ann, _ = services.add_member(employer, "ann@example.org", "Ann", Role.ADMINISTRATOR)
    boss = services.actor_of(ann)
    bob, _ = services.add_member(employer, "bob@example.org", "Bob", Role.TRAINEE, actor=boss)
    with scope(organisation=employer.pk):
        own, bobs = (Membership.objects.get(account=account) for account in (ann, bob))
        for role in (Role.LEAD, Role.COORDINATOR, Role.FUNDER, Role.ANALYST):
            with pytest.raises(services.RoleNotGivenError, match=role.value):
                services.change_role(bobs, role, boss)
            with pytest.raises(services.RoleNotGivenError):
                services.add_member(employer, "cat@example.org", "Cat", role, actor=boss)
            with pytest.raises(services.RoleNotGivenError):
                services.change_role(own, role, boss)
        services.change_role(bobs, Role.QUALITY, boss)
    assert services.actor_of(bob).role is Role.QUALITY
    assert not Account.objects.filter(email="cat@example.org").exists()


def test_every_role_is_given_by_some_kind_of_organisation_and_every_kind_has_an_administrator() -> None:
    assert set(GIVEN_BY) == set(OrganisationKind)
    assert frozenset().union(*GIVEN_BY.values()) == set(Role)
    assert all(Role.ADMINISTRATOR in roles for roles in GIVEN_BY.values())
    # Whoever sees more than their own organisation is named by the one that leads, or that pays.
    beyond = {role for role in Role if ALLOWED[role] & {May.SEE_MONEY, May.FREEZE_RESULTS, May.RELEASE_DIVERSITY}}
    assert beyond == {Role.LEAD, Role.FUNDER, Role.ANALYST}
    for kind, roles in GIVEN_BY.items():
        assert not roles & beyond or kind in (OrganisationKind.LEAD, OrganisationKind.FUNDER)
