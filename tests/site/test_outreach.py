"""A class on the site: its leader opens it, pupils join and play without leaving anything, it closes to counts."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from resilience.people.permissions import NOBODY
from resilience.programme import outreach
from resilience.programme.models import Activity, ClassDevice, ClassJoin
from resilience.records.models import Attempt
from tests.site.conftest import People

pytestmark = pytest.mark.usefixtures("no_classroom")


def activity(people: People, **fields: Any) -> Activity:
    now = timezone.now()
    given = {"kind": "outreach", "format": "vr", "status": "open", "title": "Open day", "code": "OUT-1"} | fields
    return Activity.objects.create(organisation=people.here, starts_at=now, ends_at=now + timedelta(hours=2), **given)


def opened(people: People) -> ClassJoin:
    now = timezone.now()
    return outreach.open_class(
        activity(people), ["controls", "aseptic-filling"], "Year 9", now + timedelta(hours=2), NOBODY, now
    )


def pupil(group: ClassJoin) -> Client:
    client = Client()
    answer = client.post(reverse("join"), {"code": group.code})
    assert answer.status_code == 302
    return client


def test_a_leader_opens_a_class_and_sees_its_code(people: People) -> None:
    outing = activity(people)
    client = people.client("coordinator")
    asked = {"activity": outing.pk, "year_group": "S3", "hours": "2", "modules": ["controls", "aseptic-filling"]}
    answer = client.post(reverse("classes"), asked)
    with scopes_disabled():
        group = ClassJoin.objects.get()
    assert answer.headers["Location"] == reverse("class", args=[group.pk])
    shown = client.get(answer.headers["Location"]).content.decode()
    assert group.code is not None
    assert group.code in shown
    assert "data:image/svg+xml" in shown
    assert group.code in client.get(reverse("classes")).content.decode()


def test_without_an_outreach_activity_the_page_says_what_to_do(people: People) -> None:
    shown = people.client("lead").get(reverse("classes")).content.decode()
    assert "Make one first" in shown
    assert "Open it and show the code" not in shown


def test_a_pupil_plays_without_a_session_an_attempt_or_an_account(
    people: People, no_classroom: list[tuple[Any, ...]]
) -> None:
    group = opened(people)
    with scopes_disabled():
        attempts, sessions = Attempt.objects.count(), Session.objects.count()
    client = pupil(group)
    shown = client.get(reverse("class-here")).content.decode()
    assert "Part 1 of 2" in shown
    answer = client.post(reverse("class-begin"))
    address, _, token = answer.headers["Location"].partition("#")
    assert token
    play = client.get(address).content.decode()
    assert f'data-reveal="{reverse("class-here")}"' in play
    assert no_classroom[0][:2] == ("controls", "guided")
    with scopes_disabled():
        assert (Attempt.objects.count(), Session.objects.count()) == (attempts, sessions)
        assert ClassDevice.objects.get().session in address
    assert client.get(reverse("class-counts", args=[group.pk])).status_code == 302


def test_what_came_of_a_part_is_told_on_the_device(people: People) -> None:
    group = opened(people)
    client = pupil(group)
    session = client.post(reverse("class-begin")).headers["Location"].split("/")[-1].split("#")[0]
    told = {"headline": "Two of your vials would have grown.", "findings": [{"title": "A hand", "why": "It sheds."}]}
    outreach.played(session, told)
    shown = client.get(reverse("class-here")).content.decode()
    assert "Two of your vials would have grown." in shown
    assert "It sheds." in shown
    assert "Part 2 of 2" in shown
    # The first part is over: its address leads on.
    assert client.get(reverse("class-play", args=[session])).headers["Location"] == reverse("class-here")


def test_interest_is_asked_before_and_after_and_never_between(people: People) -> None:
    group = opened(people)
    client = pupil(group)
    assert client.post(reverse("class-interest"), {"points": "2"}).status_code == 302
    assert "You can still change it" in client.get(reverse("class-here")).content.decode()
    outreach_step(client)
    assert 'name="points"' not in client.get(reverse("class-here")).content.decode()
    outreach_step(client)
    assert client.post(reverse("class-interest"), {"points": "5"}).status_code == 302
    assert client.post(reverse("class-interest"), {"points": "9"}).status_code == 422
    assert client.post(reverse("class-interest"), {"points": "x"}).status_code == 422
    with scopes_disabled():
        device = ClassDevice.objects.get()
    assert (device.interest_before, device.interest_after) == (2, 5)


def outreach_step(client: Client) -> None:
    session = client.post(reverse("class-begin")).headers["Location"].split("/")[-1].split("#")[0]
    outreach.played(session, {})


def test_a_wrong_code_is_told_kindly_and_kept_in_the_field(people: People) -> None:
    answer = Client().post(reverse("join"), {"code": "wrong"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'value="wrong"' in shown
    assert "opens no class" in shown
    assert not answer.cookies.get("class")


def test_another_device_cannot_open_a_pupils_session(people: People) -> None:
    group = opened(people)
    address = pupil(group).post(reverse("class-begin")).headers["Location"].split("#")[0]
    other = pupil(group)
    assert other.get(address).headers["Location"] == reverse("class-here")
    assert Client().get(address).headers["Location"] == reverse("join")


def test_the_token_is_for_the_class_pages_alone(people: People) -> None:
    client = Client()
    answer = client.post(reverse("join"), {"code": opened(people).code})
    cookie = answer.cookies["class"]
    assert cookie["path"] == "/class"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_closing_leaves_counts_and_sends_pupils_away(people: People) -> None:
    group = opened(people)
    client = pupil(group)
    leader = people.client("instructor")
    assert leader.get(reverse("class-counts", args=[group.pk])).json() == {
        "joined": 1,
        "started": 0,
        "finished": 0,
        "open": True,
    }
    answer = leader.post(reverse("class-close", args=[group.pk]), {"heads": "24", "kind": "counted"}, follow=True)
    shown = answer.content.decode()
    assert "Only its counts remain" in shown
    assert re.search(r'data-count="joined">1<', shown)
    assert client.get(reverse("class-here")).headers["Location"] == reverse("join")
    assert client.post(reverse("class-begin")).headers["Location"] == reverse("join")
    assert not leader.get(reverse("class-counts", args=[group.pk])).json()["open"]


def test_closing_with_a_senseless_number_closes_nothing(people: People) -> None:
    group = opened(people)
    leader = people.client("instructor")
    leader.post(reverse("class-close", args=[group.pk]), {"heads": "many", "kind": "counted"})
    with scopes_disabled():
        assert ClassJoin.objects.get().closed_at is None


def test_a_session_that_is_not_the_devices_is_not_played(people: People) -> None:
    client = pupil(opened(people))
    assert client.get(reverse("class-play", args=[uuid.uuid4()])).headers["Location"] == reverse("class-here")


def test_a_group_of_boxes_is_named_by_its_legend(people: People) -> None:
    activity(people)
    shown = people.client("lead").get(reverse("classes")).content.decode()
    assert "<legend>What the class plays, in this order</legend>" in shown
    # A label for nothing would name nothing.
    assert 'for=""' not in shown
