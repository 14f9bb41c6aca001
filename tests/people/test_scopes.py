"""Scopes: what opens which rows, and who may read across partners."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django_scopes import ScopeError

import resilience
from resilience.people import persons
from resilience.people.models import Contact, DiversityAnswer, DiversityForm, Organisation
from resilience.people.scopes import whole_programme, within

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
PACKAGE = Path(resilience.__file__).parent


def test_one_organisation_or_the_whole_programme(store: str) -> None:
    here, there = (Organisation.objects.create(name=name) for name in ("Here", "There"))
    for place in (here, there):
        persons.meet(place, "Ann Ash", "ann@example.org", NOW)
    with pytest.raises(ScopeError):
        Contact.objects.count()
    with within(here):
        assert Contact.objects.count() == 1
        with whole_programme("counting"):
            assert Contact.objects.count() == 2
        assert Contact.objects.count() == 1


def test_a_reason_is_needed(store: str) -> None:
    with pytest.raises(ValueError, match="reason"), whole_programme(" "):
        pass


@pytest.mark.parametrize("model", [DiversityForm, DiversityAnswer])
def test_neither_scope_opens_the_door(store: str, model: type[DiversityForm] | type[DiversityAnswer]) -> None:
    here = Organisation.objects.create(name="Here")
    with within(here), pytest.raises(ScopeError):
        model.objects.count()
    with whole_programme("counting"), pytest.raises(ScopeError):
        model.objects.count()


def test_a_table_of_an_organisation_cannot_be_read_without_a_scope(store: str) -> None:
    """Beside those of results/, which are the programme's own, these tables are open to all."""
    open_ones = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith(("resilience.people", "resilience.programme", "resilience.records"))
        and not fails(model)
    }
    assert open_ones == {
        "people.Account",
        "people.DiversityAsked",
        "people.Organisation",
        "people.OrganisationAlias",
        "people.Person",
        "people.PersonMerge",
        "people.ToldApart",
        "people.TrailEntry",
        "programme.Grant",
    }


def fails(model: type) -> bool:
    try:
        model.objects.count()  # type: ignore[attr-defined]
    except ScopeError:
        return True
    return False


# Whose services may read across partners, each time with a reason; and the page that lists all partners' activities.
ACROSS = ("people/", "programme/", "results/", "cli", "site/management/", "site/pages/activities/listed.py")


def test_only_named_rooms_read_across_partners() -> None:
    users = [path for path in names_used("whole_programme") if not path.startswith(ACROSS)]
    assert users == []


def test_scopes_are_switched_off_only_where_records_belong_to_nobody() -> None:
    """scopes_disabled opens every table, the diversity answers too: rows without an organisation need it."""
    allowed = ("people/services.py", "records/", "site/access.py", "site/pages/sessions.py", "programme/outreach.py")
    users = [path for path in names_used("scopes_disabled") if not path.startswith(allowed)]
    assert users == []


def names_used(name: str) -> list[str]:
    """The files of the package in which the name is used."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text())
        if any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(tree)):
            found.append(path.relative_to(PACKAGE).as_posix())
    return found
