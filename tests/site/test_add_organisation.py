"""The operator's first step."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from resilience.people.models import Account, Organisation, Role
from resilience.people.permissions import GIVEN_BY
from resilience.people.services import actor_of


def test_an_organisation_comes_with_its_administrator(embedded_store: str) -> None:
    said = io.StringIO()
    call_command("add_organisation", "Site A", "ann@example.org", stdout=said)
    password = said.getvalue().strip().rsplit(" ", 1)[1]
    account = Account.objects.get()
    assert account.check_password(password)
    actor = actor_of(account)
    assert actor.role is Role.ADMINISTRATOR
    assert str(actor.organisation) == "Site A"


def test_the_kind_decides_which_roles_its_administrator_can_give(embedded_store: str) -> None:
    for name, kind, roles in [("Lead", ["--kind", "lead"], "lead analyst"), ("Site A", [], "coordinator")]:
        call_command("add_organisation", name, f"{name[0]}@example.org", *kind, stdout=io.StringIO())
        given = GIVEN_BY[Organisation.objects.get(name=name).kind]
        assert {Role(role) for role in roles.split()} <= given
    assert Role.LEAD not in given
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("add_organisation", "Site B", "b@example.org", "--kind", "king")


def test_an_existing_account_keeps_its_password(embedded_store: str) -> None:
    account = Account.objects.create_user("ann@example.org", "first password 1")
    said = io.StringIO()
    call_command("add_organisation", "Site A", "ann@example.org", stdout=said)
    account.refresh_from_db()
    assert account.check_password("first password 1")
    assert "keeps its password" in said.getvalue()


def test_a_name_is_used_once_and_an_address_is_one(embedded_store: str) -> None:
    call_command("add_organisation", "Site A", "ann@example.org", stdout=io.StringIO())
    with pytest.raises(CommandError, match="already"):
        call_command("add_organisation", "Site A", "bob@example.org")
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("add_organisation", "Site B", "no address")
    assert not Account.objects.filter(email="bob@example.org").exists()
