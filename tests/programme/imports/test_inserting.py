"""Rows put in by one statement are the rows that objects would have made."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError

from resilience.people.persons import meet
from resilience.programme.imports.inserting import insert_many
from resilience.programme.models import Registration
from tests.programme.imports.conftest import DAY, NOW, Partner


def test_columns_that_differ_are_the_same_and_defaults_are_kept(partner_anywhere: Partner) -> None:
    partner = partner_anywhere
    people = [meet(partner.organisation, name, f"{name}@example.org", DAY) for name in ("ann", "bo")]
    batch = uuid.uuid4()
    rows = [(people[0].pk, NOW, "T-1"), (people[1].pk, DAY, "T-2")]
    same = {"activity_id": partner.training.pk, "batch": batch}
    insert_many(Registration, ("person_id", "registered_at", "token"), rows, same)
    first, second = Registration.objects.order_by("token")
    assert (first.person, first.registered_at, first.batch) == (people[0], NOW, batch)
    assert (second.person, second.registered_at, second.token) == (people[1], DAY, "T-2")
    assert (first.status, first.answers, first.offered_until, first.language) == ("confirmed", {}, None, "en")


def test_no_rows_are_no_statement_and_a_broken_rule_is_told(partner: Partner) -> None:
    same = {"activity_id": partner.training.pk, "registered_at": NOW}
    insert_many(Registration, ("person_id", "token"), [], same)
    assert not Registration.objects.exists()
    ann = meet(partner.organisation, "Ann", "ann@example.org", DAY)
    with pytest.raises(IntegrityError):
        insert_many(Registration, ("person_id", "token"), [(ann.pk, "T-1"), (ann.pk, "T-2")], same)
