"""Places and the waiting list: never more than there are, in order, whoever comes at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resilience.people.models import Consent, Organisation
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme, within
from resilience.programme import activities, questions, registration
from resilience.programme.models import Activity, Letter, Registration, RegistrationStatus
from tests.programme.making import HOURS, NOW, START, activity, partner, person, place

CONFIRMED, WAITING, OFFERED, LAPSED, CANCELLED = (
    RegistrationStatus.CONFIRMED,
    RegistrationStatus.WAITING,
    RegistrationStatus.OFFERED,
    RegistrationStatus.LAPSED,
    RegistrationStatus.CANCELLED,
)


@pytest.fixture
def here(store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


def status(row: Registration) -> str:
    row.refresh_from_db()
    return row.status


def letters() -> list[str]:
    return [letter.key.split(":")[2] for letter in Letter.objects.order_by("pk")]


def test_places_are_given_until_none_is_left_and_then_people_wait(here: Organisation) -> None:
    event = activity(here, capacity=2)
    assert [place(event, name).status for name in ("Ann", "Bob", "Cai")] == [CONFIRMED, CONFIRMED, WAITING]
    assert letters() == ["place", "place", "waiting"]


def test_without_a_capacity_everybody_has_a_place(here: Organisation) -> None:
    event = activity(here)
    assert {place(event, name).status for name in ("Ann", "Bob", "Cai")} == {CONFIRMED}


def test_registering_twice_is_one_registration_and_one_letter(here: Organisation) -> None:
    event = activity(here, capacity=2)
    assert place(event, "Ann").token == place(event, "Ann", NOW + HOURS).token
    assert letters() == ["place"]


def test_a_freed_place_is_kept_for_who_waits_longest(here: Organisation) -> None:
    event = activity(here, capacity=1, offer_hours=24)
    ann, bob, cai = (place(event, name, NOW + timedelta(minutes=i)) for i, name in enumerate(("Ann", "Bob", "Cai")))
    registration.cancel(ann, NOW + HOURS)
    assert [status(one) for one in (ann, bob, cai)] == [CANCELLED, OFFERED, WAITING]
    assert bob.offered_until == NOW + HOURS + timedelta(hours=24)
    # The kept place is taken: somebody new waits behind.
    assert place(event, "Dee", NOW + HOURS).status == WAITING
    assert registration.accept_offer(bob, NOW + HOURS * 2).status == CONFIRMED
    assert letters() == ["place", "waiting", "waiting", "gave-back", "offer", "waiting", "place"]


def test_priority_comes_before_time(here: Organisation) -> None:
    event = activity(here, capacity=1)
    ann, bob, cai = (place(event, name, NOW + timedelta(minutes=i)) for i, name in enumerate(("Ann", "Bob", "Cai")))
    registration.prioritise(cai, -1)
    registration.cancel(ann, NOW + HOURS)
    assert [status(bob), status(cai)] == [WAITING, OFFERED]


def test_an_offer_lapses_and_goes_to_the_next(here: Organisation) -> None:
    event = activity(here, capacity=1, offer_hours=24)
    ann, bob, cai = (place(event, name, NOW + timedelta(minutes=i)) for i, name in enumerate(("Ann", "Bob", "Cai")))
    registration.cancel(ann, NOW)
    assert registration.serve_waiting_list(event, NOW + timedelta(hours=23)) == []
    assert registration.serve_waiting_list(event, NOW + timedelta(hours=24)) == [cai]
    assert [status(bob), status(cai)] == [LAPSED, OFFERED]
    assert registration.accept_offer(bob, NOW + timedelta(hours=25)).status == LAPSED
    # Whoever let an offer lapse may wish again, and waits behind the others.
    assert place(event, "Bob", NOW + timedelta(hours=26)).status == WAITING


def test_accepting_too_late_serves_the_next_at_once(here: Organisation) -> None:
    event = activity(here, capacity=1, offer_hours=24)
    ann, bob, cai = (place(event, name, NOW + timedelta(minutes=i)) for i, name in enumerate(("Ann", "Bob", "Cai")))
    registration.cancel(ann, NOW)
    assert registration.accept_offer(bob, NOW + timedelta(days=2)).status == LAPSED
    assert status(cai) == OFFERED


def test_declining_an_offer_serves_the_next(here: Organisation) -> None:
    event = activity(here, capacity=1)
    ann, bob, cai = (place(event, name, NOW + timedelta(minutes=i)) for i, name in enumerate(("Ann", "Bob", "Cai")))
    registration.cancel(ann, NOW)
    registration.cancel(bob, NOW + HOURS)
    assert [status(bob), status(cai)] == [CANCELLED, OFFERED]


def test_an_offer_ends_when_the_activity_starts_and_then_the_door_decides(here: Organisation) -> None:
    event = activity(here, capacity=1, offer_hours=48)
    ann, bob = place(event, "Ann"), place(event, "Bob")
    registration.cancel(ann, START - HOURS)
    bob.refresh_from_db()
    assert bob.offered_until == START
    assert place(event, "Cai", START + timedelta(minutes=1)).status == CONFIRMED
    assert status(bob) == LAPSED


def test_more_places_are_offered_to_those_who_wait(here: Organisation) -> None:
    event = activity(here, capacity=1)
    place(event, "Ann")
    bob, cai = place(event, "Bob"), place(event, "Cai", NOW + HOURS)
    activities.change(event, NOBODY, NOW + HOURS, capacity=2)
    assert [status(bob), status(cai)] == [OFFERED, WAITING]


def test_fewer_places_than_are_taken_are_refused(here: Organisation) -> None:
    event = activity(here, capacity=2)
    place(event, "Ann")
    place(event, "Bob")
    with pytest.raises(ValidationError, match="2 places are taken"):
        activities.change(event, NOBODY, NOW, capacity=1)
    event.refresh_from_db()
    assert event.capacity == 2


@pytest.mark.parametrize("state", ["draft", "closed", "cancelled", "over"])
def test_registration_is_shut_unless_the_activity_is_open(here: Organisation, state: str) -> None:
    event = activity(here, status="draft" if state == "draft" else "open")
    later = START + HOURS
    if state == "closed":
        activities.close(event, NOBODY, later)
    if state == "cancelled":
        activities.cancel(event, NOBODY, "No room", NOW)
    with pytest.raises(ValidationError, match="not open"):
        place(event, "Ann", later if state == "over" else NOW)


def test_consents_are_kept_with_the_version_of_their_words(here: Organisation) -> None:
    event = activity(here, code="ASEPTIC-1")
    form = questions.ask_consent(event, "follow-up", {"en": "You may ask me later."})
    ann = place(event, "Ann", form=form, consents=["follow-up"], answers={"q1": "x"})
    kept = Consent.objects.get(person=ann.person)
    assert (kept.purpose, kept.text_version, kept.given_at) == ("follow-up", "ASEPTIC-1/1", NOW)
    assert ann.form == form


def test_a_ticket_is_found_however_it_is_typed_from_anywhere(here: Organisation) -> None:
    ann = place(activity(here), "Ann")
    with within(partner("Elsewhere")):
        found = registration.find(f" {ann.token[:7].lower()}-{ann.token[7:]} ")
    assert found == ann
    assert registration.find("NOTHING") is None


def test_every_partners_waiting_lists_are_served(here: Organisation) -> None:
    event = activity(here, capacity=1)
    ann, bob = place(event, "Ann"), place(event, "Bob")
    Registration.objects.filter(pk=ann.pk).update(status=CANCELLED)
    with within(partner("Elsewhere")):
        assert registration.serve_all(NOW) == 1
    assert status(bob) == OFFERED


def test_people_who_race_for_the_last_places_never_overbook(store: str) -> None:
    organisation = partner()
    with within(organisation):
        event = activity(organisation, capacity=3)
        people = [person(organisation, f"Racer {number}") for number in range(8)]
    barrier = threading.Barrier(len(people))
    given_status: list[str] = []

    def race(number: int) -> None:
        try:
            with within(organisation):
                barrier.wait(timeout=20)
                given_status.append(registration.register(event, people[number], NOW).status)
        finally:
            connection.close()

    racers = [threading.Thread(target=race, args=(number,)) for number in range(len(people))]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(given_status) == [CONFIRMED] * 3 + [WAITING] * 5
    with within(organisation):
        assert registration.taken(event) == 3


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["register", "cancel", "accept", "wait", "serve", "prefer"]),
        st.integers(min_value=0, max_value=5),
    ),
    min_size=4,
    max_size=24,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, capacity=st.integers(min_value=1, max_value=3))
def test_whatever_happens_places_are_never_overbooked_and_served_in_order(
    embedded_store: str, steps: list[tuple[str, int]], capacity: int
) -> None:
    with whole_programme("a test of all that can happen"):
        organisation, _ = Organisation.objects.get_or_create(name="Anywhere")
        event = activity(organisation, capacity=capacity, offer_hours=24)
        now = NOW
        for what, who in steps:
            now += timedelta(minutes=1)
            before = {row.pk for row in Registration.objects.filter(activity=event, status=OFFERED)}
            now = step(event, what, who, now)
            assert registration.taken(event) <= capacity
            held_to_order(event, before)
            assert_no_place_idle(event, now)


def step(event: Activity, what: str, who: int, now: datetime) -> datetime:
    mine = Registration.objects.filter(activity=event, person=person(event.organisation, f"Person {who}")).first()
    if what == "register":
        place(event, f"Person {who}", now, tell=False)
    elif what == "wait":
        now += timedelta(hours=10)
        registration.serve_waiting_list(event, now)
    elif what == "serve" or mine is None:
        registration.serve_waiting_list(event, now)
    elif what == "cancel":
        registration.cancel(mine, now)
    elif what == "accept":
        had = mine.status, mine.offered_until
        got = registration.accept_offer(mine, now).status
        if had[0] == OFFERED:
            assert had[1] is not None
            assert got == (CONFIRMED if now < had[1] else LAPSED)
        else:
            assert got in {had[0], OFFERED}
    else:
        registration.prioritise(mine, who - 3)
    return now


def held_to_order(event: Activity, offered_before: set[int]) -> None:
    """Whoever was newly offered a place stood before everybody who still waits."""
    fresh = Registration.objects.filter(activity=event, status=OFFERED).exclude(pk__in=offered_before)
    first_waiting = Registration.objects.filter(activity=event, status=WAITING).order_by(*ORDER).first()
    if first_waiting is not None:
        for row in fresh:
            assert [getattr(row, name) for name in ORDER] < [getattr(first_waiting, name) for name in ORDER]


ORDER = ("priority", "registered_at", "pk")


def assert_no_place_idle(event: Activity, now: datetime) -> None:
    """Nobody waits while a place is free, unless an offer's time is just over and nothing has happened since."""
    late = Registration.objects.filter(activity=event, status=OFFERED, offered_until__lte=now)
    waiting = Registration.objects.filter(activity=event, status=WAITING)
    assert event.capacity is not None
    if waiting.exists() and not late.exists():
        assert registration.taken(event) == event.capacity
