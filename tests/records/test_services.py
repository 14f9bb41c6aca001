"""Beginning, recording and erasing, on both kinds of database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from resilience.people.models import Account, Organisation, Role, TrailEntry
from resilience.people.permissions import Actor
from resilience.people.services import add_member
from resilience.records import services
from resilience.records.chain import sha256
from resilience.records.models import Attempt, SessionRecord, Subject
from tests.records.conftest import finished

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def actor(store: str) -> Actor:
    account = Account.objects.create_user("ann@example.org", name="Ann")
    return Actor(account, Organisation.objects.create(name="Site A"), Role.TRAINEE)


def another() -> Actor:
    account = Account.objects.create_user("bo@example.org", name="Bo")
    return Actor(account, Organisation.objects.create(name="Site B"), Role.INSTRUCTOR)


def test_a_record_belongs_to_the_organisation_and_subject_of_its_attempt(store: str) -> None:
    ann = actor(store)
    attempt = services.begin("session-1", "token", "aseptic-filling", "practice", 1, "en", ann)
    row = services.record(finished(1))
    assert attempt.subject is not None
    assert (row.organisation_ref, row.subject_ref) == (attempt.organisation_id, attempt.subject.pk)
    assert attempt.token_hash == sha256(b"token")


def test_one_person_is_one_subject_in_an_organisation(store: str) -> None:
    ann = actor(store)
    alone = Actor(ann.account)
    for number in (1, 2):
        services.begin(f"session-{number}", "token", "aseptic-filling", "practice", 1, "en", ann)
        services.begin(f"session-alone-{number}", "token", "aseptic-filling", "practice", 1, "en", alone)
    subjects = Subject.objects.with_scopes_disabled()  # type: ignore[attr-defined]
    assert subjects.filter(organisation=None).count() == 1
    assert subjects.exclude(organisation=None).count() == 1


def test_an_anonymous_session_belongs_to_nobody(store: str) -> None:
    services.begin("session-1", "token", "aseptic-filling", "practice", 1, "en")
    row = services.record(finished(1))
    assert (row.organisation_ref, row.subject_ref) == (None, None)


def test_a_session_nobody_noted_is_still_recorded(store: str) -> None:
    assert services.record(finished(7)).seq == 1


def test_no_personal_text_stands_in_a_row(store: str) -> None:
    services.begin("session-1", "token", "aseptic-filling", "practice", 1, "en", actor(store))
    row = services.record(finished(1))
    written = " ".join(str(getattr(row, field.attname)) for field in SessionRecord._meta.fields)
    assert "Ann" not in written
    assert "ann@" not in written


def test_records_cannot_be_read_without_a_scope(store: str) -> None:
    services.record(finished(1))
    for model in (SessionRecord, Attempt, Subject):
        with pytest.raises(ScopeError):
            model.objects.count()


def test_a_scope_shows_the_records_of_one_organisation(store: str) -> None:
    ann = actor(store)
    services.begin("session-1", "token", "aseptic-filling", "practice", 1, "en", ann)
    services.record(finished(1))
    services.record(finished(2))
    assert ann.organisation is not None
    with scope(organisation=ann.organisation.pk):
        assert [row.seq for row in SessionRecord.objects.all()] == [1]


def test_erasing_in_one_organisation_leaves_the_other(store: str) -> None:
    ann = actor(store)
    other = Actor(ann.account, Organisation.objects.create(name="Site B"), Role.TRAINEE)
    services.begin("session-1", "token", "aseptic-filling", "practice", 1, "en", ann)
    services.begin("session-2", "token", "aseptic-filling", "practice", 1, "en", other)
    assert ann.account is not None
    assert ann.organisation is not None
    assert services.erase(ann.account.pk, ann.organisation.pk) == 1
    assert services.erase(ann.account.pk, None) == 0
    attempts = Attempt.objects.with_scopes_disabled()  # type: ignore[attr-defined]
    assert [attempt.subject is None for attempt in attempts.order_by("session")] == [True, False]


def test_only_an_account_can_claim_that_a_session_replaced_something(store: str) -> None:
    claimed = services.begin(
        "session-1",
        "token",
        "gowning",
        "practice",
        1,
        "en",
        actor(store),
        purpose="declared_replacement",
        device="tablet",
    )
    assert (claimed.purpose, claimed.device) == ("declared_replacement", "tablet")
    nobody = services.begin("session-2", "token", "gowning", "practice", 1, "en", purpose="declared_replacement")
    assert (nobody.purpose, nobody.device) == ("", "")
    with pytest.raises(ValueError, match="is not a valid Purpose"):
        services.begin("session-3", "token", "gowning", "practice", 1, "en", another(), purpose="fun")


def test_a_claim_is_countersigned_once_and_by_somebody_else(store: str) -> None:
    ann, bo = actor(store), another()
    claimed = services.begin("session-1", "token", "gowning", "practice", 1, "en", ann, purpose="extra_practice")
    with pytest.raises(services.CannotCountersignError, match="somebody else"):
        services.countersign(claimed, ann, NOW)
    services.countersign(claimed, bo, NOW)
    kept = Attempt.objects.with_scopes_disabled().get(session="session-1")  # type: ignore[attr-defined]
    assert (kept.countersigned_by, kept.countersigned_at) == (bo.account, NOW)
    assert TrailEntry.objects.get().what == "countersigned session"
    with pytest.raises(services.CannotCountersignError, match="no claim that waits"):
        services.countersign(kept, bo, NOW)
    plain = services.begin("session-2", "token", "gowning", "practice", 1, "en", ann, purpose="qualification")
    with pytest.raises(services.CannotCountersignError, match="no claim that waits"):
        services.countersign(plain, bo, NOW)


def test_only_what_is_invented_has_another_date_than_the_day_it_is_made(store: str) -> None:
    then = datetime(2025, 5, 6, 10, 0, tzinfo=UTC)
    for name, invented in (("Invented", True), ("Site A", False)):
        site = Organisation.objects.create(name=name, invented=invented)
        account, _ = add_member(site, f"{name.split()[0]}@a.example", "Ann", Role.TRAINEE)
        who = Actor(account, site, Role.TRAINEE)
        if invented:
            attempt = services.begin("past", "token", "aseptic-filling", "practice", 1, "en", who, at=then)
            assert attempt.begun_at == then
            assert services.record(finished(1, session="past"), then).created_at == "2025-05-06T10:00:00.000+00:00"
        else:
            with pytest.raises(services.BackdatedError):
                services.begin("now", "token", "aseptic-filling", "practice", 1, "en", who, at=then)
            services.begin("now", "token", "aseptic-filling", "practice", 1, "en", who)
            with pytest.raises(services.BackdatedError):
                services.record(finished(2, session="now"), then)
    with pytest.raises(services.BackdatedError):
        services.record(finished(3, session="nobody's"), then)
