"""Who may do what, at every address of the site. An address that is not in the table fails the test below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.site.conftest import People
from tests.site.tables import WHO, areas

OPEN = "200 " * 13
MEMBERS = "302 302 " + "200 " * 11
SIGNED_IN_GOES_ON = "302 302 " + "302 " * 11
NOT_SWITCHED_ON = "302 302 " + "404 " * 11
OWN = "403 200 403 200 403 403 200 200 403 403 403 403 403"
#        nobody holder loner owner trainee lead instructor quality administrator outsider coordinator funder analyst
RECORDS = "302    302    403   403   403     403  200        200     403           200          403         403    403"
RECORD = "302    302    403   403   403     403  200        200     403           404          403         403    403"
PEOPLE = "302    302    403   403   403     403  403        403     200           403          403         403    403"
PERSON = "302    302    403   403   403     403  403        403     302           403          403         403    403"
STRANGERS_GO_ON = "200 200 " + "302 " * 11

TABLE: list[tuple[str, str, str, str]] = [
    *(row for area in areas() for row in area.ROWS),
    ("GET", "front", "", OPEN),
    ("POST", "try", "", "302 " * 13),
    ("GET", "play", "session", OPEN),
    ("GET", "reveal", "session", OPEN),
    ("GET", "my", "", OPEN),
    ("GET", "about-model", "", OPEN),
    ("POST", "set_language", "", "302 " * 13),
    ("GET", "records", "", RECORDS),
    ("GET", "records-csv", "", RECORDS),
    ("GET", "record", "seq", RECORD),
    ("POST", "record-verify", "seq", RECORD),
    ("GET", "people", "", PEOPLE),
    ("POST", "people", "", PEOPLE),
    ("POST", "person", "member", PERSON),
    ("GET", "account", "", MEMBERS),
    ("POST", "account-organisation", "", SIGNED_IN_GOES_ON),
    ("POST", "api:create_session", "", "201 " * 13),
    ("GET", "api:list_modules", "", OPEN),
    ("GET", "api:openapi-json", "", OPEN),
    ("GET", "api:api-root", "", "404 " * 13),
    ("GET", "api:reveal", "session", OWN),
    ("GET", "api:replay", "session", OWN),
    ("GET", "api:log", "session", OWN),
    ("GET", "account_login", "", STRANGERS_GO_ON),
    ("POST", "account_logout", "", "302 " * 13),
    ("GET", "account_inactive", "", OPEN),
    ("GET", "account_signup", "", STRANGERS_GO_ON),
    ("POST", "account_signup", "", STRANGERS_GO_ON),
    ("GET", "account_reauthenticate", "", "302 302 " + "200 " * 11),
    ("GET", "account_email", "", MEMBERS),
    ("GET", "account_email_verification_sent", "", OPEN),
    ("GET", "account_confirm_email", "key", OPEN),
    ("GET", "account_change_password", "", MEMBERS),
    ("GET", "account_set_password", "", SIGNED_IN_GOES_ON),
    ("GET", "account_reset_password", "", OPEN),
    ("GET", "account_reset_password_done", "", OPEN),
    ("GET", "account_reset_password_from_key", "uidb36 key", OPEN),
    ("GET", "account_reset_password_from_key_done", "", OPEN),
    ("GET", "account_confirm_login_code", "", "302 " * 13),
    ("GET", "mfa_index", "", MEMBERS),
    ("GET", "mfa_authenticate", "", "302 " * 13),
    ("GET", "mfa_reauthenticate", "", SIGNED_IN_GOES_ON),
    ("GET", "mfa_activate_totp", "", SIGNED_IN_GOES_ON),
    ("GET", "mfa_deactivate_totp", "", NOT_SWITCHED_ON),
    ("GET", "mfa_view_recovery_codes", "", NOT_SWITCHED_ON),
    ("GET", "mfa_generate_recovery_codes", "", SIGNED_IN_GOES_ON),
    ("GET", "mfa_download_recovery_codes", "", NOT_SWITCHED_ON),
]
BODIES: dict[str, dict[str, Any]] = {
    **{name: body for area in areas() for name, body in area.BODIES.items()},
    "api:create_session": {
        "data": {"module": "aseptic-filling", "mode": "guided"},
        "content_type": "application/json",
    },
    "set_language": {"data": {"language": "cy"}},
    "person": {"data": {"do": "role", "role": "lead"}},
}


@pytest.mark.usefixtures("no_classroom", "told")
@pytest.mark.parametrize(("method", "name", "needs", "expected"), TABLE, ids=[f"{row[0]} {row[1]}" for row in TABLE])
def test_each_role_gets_what_the_table_says(people: People, method: str, name: str, needs: str, expected: str) -> None:
    from resilience.people.models import Membership

    member = Membership.objects.with_scopes_disabled().get(account=people.accounts["trainee"])  # type: ignore[attr-defined]
    given = {"session": people.played, "seq": people.record.seq, "member": member.pk, "key": "x-y", "uidb36": "1"}
    for area in areas():
        given |= area.given(people, needs.split())
    address = reverse(name, kwargs={key: given[key] for key in needs.split()})
    got = {who: ask(people.client(who), method, address, name) for who in WHO}
    assert got == dict(zip(WHO, (int(status) for status in expected.split()), strict=True))


def ask(client: Client, method: str, address: str, name: str) -> int:
    return int(client.generic(method, address).status_code if method == "GET" else post(client, address, name))


def post(client: Client, address: str, name: str) -> int:
    return int(client.post(address, **BODIES.get(name, {})).status_code)


def test_the_table_names_every_address() -> None:
    named = {name for _, name, _, _ in TABLE}
    assert set(addresses(get_resolver().url_patterns)) == named


def addresses(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern} has no name"
            yield f"{namespace}{pattern.name}"


def test_forms_from_other_sites_are_refused(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.accounts["administrator"])
    answer = client.post(reverse("people"), {"name": "X", "email": "x@example.org", "role": "administrator"})
    assert answer.status_code == 403
    assert "too old" in answer.content.decode()
