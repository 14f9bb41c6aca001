"""Who is known stays known only while nothing that says so has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from resilience.people.models import Membership, Role
from resilience.people.permissions import NOBODY, May
from resilience.people.services import add_member
from resilience.site import known
from resilience.site.known import Known
from tests.site.conftest import PASSWORD, People


def request_of(client: Client) -> HttpRequest:
    request = HttpRequest()
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return request


@pytest.fixture
def client(people_anywhere: People) -> Client:
    return people_anywhere.client("instructor")


def ask(asked: Known, client: Client) -> Any:
    return asked.actor(request_of(client), timezone.now())


def warm(client: Client) -> Known:
    """Asked often enough to remember."""
    asked = Known()
    for _time in range(3):
        assert ask(asked, client).may(May.SEE_REGISTERS)
    return asked


def test_who_is_known_costs_one_statement(people_anywhere: People, client: Client) -> None:
    asked = warm(client)
    with CaptureQueriesContext(
        connection,
    ) as spent:
        actor = ask(asked, client)
    assert len(spent) == 1
    assert (actor.account, actor.organisation) == (people_anywhere.accounts["instructor"], people_anywhere.here)


def signed_out(people: People, client: Client) -> None:
    Session.objects.all().delete()


def expired(people: People, client: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def shut_out(people: People, client: Client) -> None:
    people.accounts["instructor"].__class__.objects.update(is_active=False)


def new_password(people: People, client: Client) -> None:
    account = people.accounts["instructor"]
    account.set_password("another battery staple")
    account.save()


def lost_the_role(people: People, client: Client) -> None:
    with scopes_disabled():
        Membership.objects.filter(account=people.accounts["instructor"]).update(role=Role.TRAINEE)


def left(people: People, client: Client) -> None:
    with scopes_disabled():
        Membership.objects.filter(account=people.accounts["instructor"]).delete()


@pytest.mark.parametrize("change", [signed_out, expired, shut_out, new_password, lost_the_role, left])
def test_what_changes_is_known_at_once(
    people_anywhere: People, client: Client, change: Callable[[People, Client], None]
) -> None:
    asked = warm(client)
    change(people_anywhere, client)
    assert not ask(asked, client).may(May.SEE_REGISTERS)
    assert not ask(asked, client).may(May.SEE_REGISTERS)


def test_who_goes_over_to_another_organisation_is_there_at_once(people: People) -> None:
    client = people.client("instructor")
    add_member(people.elsewhere, "instructor@here.example", "An instructor", Role.TRAINEE, PASSWORD)
    asked = Known()
    # Without a choice, the first by name.
    assert [ask(asked, client).organisation for _time in range(3)] == [people.elsewhere] * 3
    session = client.session
    session["organisation"] = str(people.here.pk)
    session.save()
    assert ask(asked, client).organisation == people.here


def test_a_cookie_without_a_session_is_nobody(people: People) -> None:
    stranger = Client()
    stranger.cookies["sessionid"] = "made-up"
    assert ask(Known(), stranger) == NOBODY
    assert ask(Known(), Client()) == NOBODY


def test_what_changes_while_django_is_asked_is_seen_the_next_time(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = people.client("instructor")
    asked = Known()
    ask(asked, client)
    actor_of = known.actor_of

    def then_it_changes(*given: Any) -> Any:
        actor = actor_of(*given)
        lost_the_role(people, client)
        return actor

    with monkeypatch.context() as patched:
        patched.setattr(known, "actor_of", then_it_changes)
        assert ask(asked, client).may(May.SEE_REGISTERS)
    assert not ask(asked, client).may(May.SEE_REGISTERS)


def test_only_so_many_are_remembered(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "MOST_KNOWN", 2)
    asked = Known()
    for who in ("instructor", "lead", "coordinator", "instructor"):
        assert ask(asked, people.client(who)).account == people.accounts[who]
        assert len(asked._told) <= 2
