"""An organisation goes by many spellings and is one."""

from __future__ import annotations

import pytest

from resilience.people import names
from resilience.people.models import NameTakenError, Organisation, OrganisationAlias, OrganisationKind
from resilience.people.text import TextError


def test_a_spelling_leads_to_its_organisation(store: str) -> None:
    kelvin = Organisation.objects.create(name="Kelvin Biologics Ltd", kind=OrganisationKind.EMPLOYER)
    assert names.resolve("KELVIN-BIOLOGICS limited") == kelvin
    assert names.resolve("Kelvin") is None
    assert names.resolve("") is None


def test_the_own_name_is_a_spelling_and_a_former_name_stays_one(store: str) -> None:
    kelvin = Organisation.objects.create(name="Kelvin Biologics")
    kelvin.name = "Rankine Biologics"
    kelvin.save()
    assert names.resolve("Kelvin Biologics") == names.resolve("Rankine Biologics") == kelvin


def test_another_organisations_spelling_cannot_be_taken(store: str) -> None:
    Organisation.objects.create(name="Kelvin Biologics")
    with pytest.raises(NameTakenError, match="Kelvin Biologics"):
        Organisation.objects.create(name="kelvin biologics ltd")
    assert Organisation.objects.count() == OrganisationAlias.objects.count() == 1


def test_find_or_add_adds_once(store: str) -> None:
    first = names.find_or_add("Tees Vaccines", OrganisationKind.EMPLOYER)
    assert names.find_or_add("tees vaccines plc", OrganisationKind.SCHOOL) == first
    assert first.kind == OrganisationKind.EMPLOYER
    with pytest.raises(ValueError, match="name"):
        names.find_or_add(" \u200b ", OrganisationKind.EMPLOYER)
    with pytest.raises(TextError):
        names.find_or_add("x" * 121, OrganisationKind.EMPLOYER)


def test_many_are_found_or_added_with_few_queries(store: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    names.find_or_add_all(["Tees Vaccines"], OrganisationKind.EMPLOYER)
    spellings = ["Tees Vaccines Ltd", "tees vaccines", "Wear Therapies", "WEAR THERAPIES", ""]
    found = names.find_or_add_all(spellings, OrganisationKind.EMPLOYER)
    assert "" not in found
    assert found["Tees Vaccines Ltd"] == found["tees vaccines"]
    assert found["Wear Therapies"] == found["WEAR THERAPIES"]
    assert Organisation.objects.count() == 2
    with CaptureQueriesContext(connection) as asked:
        names.find_or_add_all([f"Tees Vaccines {'.' * n}" for n in range(90)], OrganisationKind.EMPLOYER)
    assert len(asked) <= 4
