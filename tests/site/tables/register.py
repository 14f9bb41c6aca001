"""Who may see, correct, merge, export and erase the people met; who keeps the register; who reads the trail."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from resilience.people import persons
from resilience.people.models import Organisation, OrganisationKind
from resilience.people.permissions import NOBODY
from tests.site.conftest import People
from tests.site.tables import only

KEEPERS = ("lead", "coordinator")
REASON = {"data": {"reason": "met twice"}}

ROWS = [
    ("GET", "persons", "", only(*KEEPERS)),
    ("GET", "persons-alike", "", only(*KEEPERS)),
    ("GET", "met", "ref", only(*KEEPERS)),
    ("POST", "met", "ref", only(*KEEPERS, answer=302)),
    ("GET", "met-export", "ref", only(*KEEPERS)),
    ("GET", "met-erase", "ref", only(*KEEPERS)),
    ("POST", "met-erase", "ref", only(*KEEPERS, answer=422)),
    ("POST", "met-invite", "ref", only(*KEEPERS)),
    ("GET", "met-merge", "ref other", only(*KEEPERS)),
    ("POST", "met-apart", "ref other", only(*KEEPERS, answer=302)),
    ("POST", "merge-undo", "merge", only(*KEEPERS, answer=302)),
    ("GET", "organisations", "", only(*KEEPERS)),
    ("POST", "organisations", "", only(*KEEPERS, answer=422)),
    ("GET", "organisations-alike", "", only(*KEEPERS)),
    ("GET", "organisation", "organisation", only(*KEEPERS)),
    ("POST", "organisation", "organisation", only(*KEEPERS, answer=302)),
    ("POST", "organisation-spellings", "organisation", only(*KEEPERS, answer=422)),
    ("GET", "organisation-join", "organisation other", only(*KEEPERS)),
    ("POST", "organisation-join", "organisation other", only(*KEEPERS, answer=422)),
    ("POST", "organisation-apart", "organisation other", only(*KEEPERS, answer=302)),
    ("GET", "trail", "", only("lead", "administrator", "quality")),
]
BODIES: dict[str, dict[str, Any]] = {
    "met": {"data": {"name": "Ann Ash"}},
    "met-invite": {"data": {"strand": "training"}},
    "organisation": {"data": {"name": "Ash Medicines", "kind": "employer"}},
}


def given(people: People, needed: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if {"ref", "merge"} & set(needed):
        now = timezone.now()
        ann, second, third = (
            persons.meet(people.here, "Ann Ash", f"{name}@ash.example", now) for name in ("ann", "a.ash", "ash")
        )
        merge = persons.merge(ann, third, NOBODY, "met twice")
        made = {"ref": ann.ref, "other": second.ref, "merge": merge.pk}
    if "organisation" in needed:
        ash = Organisation.objects.create(name="Ash Medicines", kind=OrganisationKind.EMPLOYER)
        beech = Organisation.objects.create(name="Beech Medicines", kind=OrganisationKind.EMPLOYER)
        made = {"organisation": ash.pk, "other": beech.pk}
    return made
