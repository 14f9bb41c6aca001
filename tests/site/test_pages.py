"""What the pages show and do, in both languages."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from resilience.people.models import Account, Membership
from resilience.people.services import actor_of
from resilience.records import services as records
from resilience.site import live, reveals
from resilience.site.tables import harmless
from resilience.training.errors import BadInput
from tests.records.conftest import finished
from tests.site.conftest import PASSWORD, TOKEN, People

PAGES = [
    ("nobody", "/"),
    ("nobody", "/my"),
    ("nobody", "/about/model"),
    ("nobody", "/account/login/"),
    ("nobody", "/account/signup/"),
    ("nobody", "/nothing-here"),
    ("nobody", "/play/{unfinished}"),
    ("nobody", "/reveal/{played}"),
    ("owner", "/reveal/{played}"),
    ("owner", "/my"),
    ("quality", "/records"),
    ("quality", "/records/1"),
    ("administrator", "/people"),
    ("trainee", "/account/"),
]


def page(client: Client, address: str, people: People, **headers: str) -> str:
    return client.get(
        address.format(played=people.played, unfinished=people.unfinished), headers=headers
    ).content.decode()


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(("who", "address"), PAGES)
def test_each_page_speaks_both_languages(people: People, who: str, address: str) -> None:
    english = page(people.client(who), address, people, **{"accept-language": "en"})
    welsh = page(people.client(who), address, people, **{"accept-language": "cy"})
    assert "<title>" in english
    # The page of a session speaks the session's language; everything else the reader's.
    if "/play/" not in address:
        assert '<html lang="en">' in english
        assert '<html lang="cy">' in welsh
        assert texts(english) != texts(welsh)
    for html in (english, welsh):
        assert html.count("<h1") == (0 if "/play/" in address else 1) or "/play/" in address
        assert html.count("<main") == 1
        assert "{{" not in html
        assert "{%" not in html


def texts(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


def test_a_chosen_language_is_remembered(embedded_store: str) -> None:
    client = Client()
    client.post("/language", {"language": "cy", "next": "/"})
    assert '<html lang="cy">' in client.get("/").content.decode()


def test_the_first_page_has_one_primary_button_and_a_picture(embedded_store: str) -> None:
    html = Client().get("/").content.decode()
    assert html.count("button primary") == 1
    assert "Try it now" in html
    assert re.search(r'<img src="/static/site/cabinet.webp\?v=\w+" width="\d+" height="\d+" alt="[^"]{20,}"', html)
    assert "Aseptic filling" in html


def test_try_it_now_goes_straight_into_a_session(embedded_store: str, no_classroom: list[tuple[Any, ...]]) -> None:
    client = Client()
    answer = client.post("/try")
    assert answer.status_code == 302
    assert re.fullmatch(rf"/play/[0-9a-f-]{{36}}#{TOKEN}", answer["Location"])
    assert no_classroom[0][:2] == ("aseptic-filling", "guided")
    shell = client.get(answer["Location"].split("#")[0]).content.decode()
    assert 'id="app"' in shell
    assert f'data-socket="/live/{answer["Location"][6:42]}"' in shell
    assert TOKEN not in shell


def test_a_module_or_mode_that_is_not_offered_is_said_on_the_first_page(
    embedded_store: str, no_classroom: list[tuple[Any, ...]]
) -> None:
    html = Client().post("/try", {"module": "nothing", "mode": "guided"}, follow=True).content.decode()
    assert "there is no module `nothing`" in html
    assert no_classroom == []


def test_sessions_begun_without_an_account_are_listed_in_that_browser_alone(
    embedded_store: str, no_classroom: list[tuple[Any, ...]]
) -> None:
    mine, other = Client(), Client()
    session = mine.post("/try")["Location"][6:42]
    records.record(finished(5, session=session))
    assert f"/reveal/{session}" in mine.get("/my").content.decode()
    assert "Nothing practised yet" in other.get("/my").content.decode()
    assert mine.get(f"/api/sessions/{session}/log").status_code == 200
    assert other.get(f"/api/sessions/{session}/log").status_code == 403


def test_my_sessions_are_mine(people: People) -> None:
    assert people.played in page(people.client("owner"), "/my", people)
    assert people.played not in page(people.client("trainee"), "/my", people)


@pytest.mark.usefixtures("told")
def test_the_reveal_is_told_in_words(people: People) -> None:
    html = page(people.client("owner"), "/reveal/{played}", people)
    for said in ("Two of your twelve vials", "A hand stood over an open vial", "4:05", "0.42", "£1,234", "f" * 64):
        assert said in html
    assert "You rated yourself 4 of 5." in html
    assert f"/api/sessions/{people.played}/log" in html


@pytest.mark.parametrize("error", [reveals.NotReplayableError("Module x is not installed"), BadInput("x", "log:1")])
def test_a_reveal_that_cannot_be_worked_out_says_so(
    people: People, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def gone(session: str, language: str) -> None:
        raise error

    monkeypatch.setattr(reveals, "reveal", gone)
    html = page(people.client("owner"), "/reveal/{played}", people)
    assert "its module has changed since" in html
    assert f"/api/sessions/{people.played}/log" in html


def test_records_are_searched_by_name_number_and_result(people_anywhere: People) -> None:
    people = people_anywhere
    quality = people.client("quality")
    for query, shown in [
        ("", True),
        ("search=owner", True),
        ("search=OWNER@here", True),
        ("search=nobody", False),
        ("search=1", True),
        ("search=99999999999999999999", False),
        (f"search={people.record.hash[:10]}", True),
        ("module=aseptic-filling", True),
        ("module=controls", False),
        ("verdict=competent", True),
        ("verdict=not_yet_competent", False),
        ("verdict=%27%20OR%201=1", True),
        ("page=99", True),
        ("page=x", True),
    ]:
        html = quality.get(f"/records?{query}").content.decode()
        assert ("/records/1" in html) is shown, query


def test_records_are_taken_away_as_a_table_without_formulas(people: People) -> None:
    mallory, _ = Account.objects.get_or_create(email="mallory@here.example", name='=HYPERLINK("http://x")')
    membership = Membership.objects.with_scopes_disabled()  # type: ignore[attr-defined]
    membership.create(organisation=people.here, account=mallory, role="trainee")
    records.begin("session-2", TOKEN, "aseptic-filling", "practice", 2, "en", actor_of(mallory))
    records.record(finished(2))
    answer = people.client("quality").get("/records.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["record"] for row in rows] == ["2", "1"]
    assert rows[0]["trainee"] == '\'=HYPERLINK("http://x")'
    assert rows[1]["trainee"] == "The owner"
    assert rows[1]["hash"] == people.record.hash


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["a=b", "", 7, -3, 2.5])
def test_what_is_no_formula_stays(value: object) -> None:
    assert harmless(value) == value


def test_a_record_is_checked_on_its_page(people: People) -> None:
    quality = people.client("quality")
    assert "Check this record" in quality.get("/records/1").content.decode()
    # The made-up log is no session: the page says what is wrong instead of failing.
    html = quality.post("/records/1/verify").content.decode()
    assert "cannot be replayed" in html


def test_an_administrator_adds_a_person_who_sets_a_password_and_signs_in(people: People) -> None:
    administrator = people.client("administrator")
    html = administrator.post(
        "/people", {"name": "New Person", "email": "new@here.example", "role": "instructor"}
    ).content.decode()
    found = re.search(r"http://testserver(/account/password/reset/key/[^<\s]+)", html)
    assert found is not None
    client = Client()
    form = client.get(found[1], follow=True)
    answer = client.post(
        form.request["PATH_INFO"], {"password1": "a new pass phrase", "password2": "a new pass phrase"}
    )
    assert answer.status_code == 302
    client.post("/account/login/", {"login": "new@here.example", "password": "a new pass phrase"})
    assert client.get("/records").status_code == 200


def test_a_bad_form_is_shown_again_with_what_is_wrong(people: People) -> None:
    html = people.client("administrator").post("/people", {"name": "", "email": "no", "role": "king"}).content.decode()
    assert html.count('class="error"') == 3
    assert not Account.objects.filter(email="no").exists()


def test_an_administrator_makes_nobody_programme_lead(people: People) -> None:
    client = people.client("administrator")
    members = Membership.objects.with_scopes_disabled()  # type: ignore[attr-defined]
    member = members.get(account=people.accounts["owner"])
    html = client.post(f"/people/{member.pk}", {"do": "role", "role": "lead"}, follow=True).content.decode()
    assert "does not give this role" in html
    assert actor_of(people.accounts["owner"]).role == "trainee"
    answer = client.post("/people", {"name": "New", "email": "new@here.example", "role": "lead"})
    assert not Account.objects.filter(email="new@here.example").exists()
    # The list offers what a partner gives, and to who is lead already their own role besides.
    offered = re.findall(r"<select[^>]*>(.*?)</select>", answer.content.decode(), re.DOTALL)
    assert sum('value="lead"' in one for one in offered) == 1
    assert all('value="coordinator"' in one for one in offered if 'value="trainee"' in one)


def test_removing_a_person_takes_the_name_out_of_the_records(people: People) -> None:
    members = Membership.objects.with_scopes_disabled()  # type: ignore[attr-defined]
    member = members.get(account=people.accounts["owner"])
    administrator = people.client("administrator")
    administrator.post(f"/people/{member.pk}", {"do": "remove"})
    html = people.client("quality").get("/records").content.decode()
    assert "The owner" not in html
    assert "erased" in html
    assert people.client("owner").get(f"/api/sessions/{people.played}/log").status_code == 403


def test_the_last_administrator_cannot_leave(people: People) -> None:
    members = Membership.objects.with_scopes_disabled()  # type: ignore[attr-defined]
    member = members.get(account=people.accounts["administrator"])
    html = people.client("administrator").post(f"/people/{member.pk}", {"do": "remove"}, follow=True).content.decode()
    assert "only administrator" in html


def test_an_administrator_reaches_only_their_own_people(people: People) -> None:
    members = Membership.objects.with_scopes_disabled()  # type: ignore[attr-defined]
    outsider = members.get(account=people.accounts["outsider"])
    assert people.client("administrator").post(f"/people/{outsider.pk}", {"do": "remove"}).status_code == 404


def test_a_forgotten_password_is_reset_by_mail(people: People) -> None:
    Client().post("/account/password/reset/", {"email": "owner@here.example"})
    assert len(mail.outbox) == 1
    assert "/account/password/reset/key/" in mail.outbox[0].body


def test_a_second_step_is_asked_for_once_it_is_on(people: People) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time

    secret = generate_totp_secret()
    TOTP.activate(people.accounts["owner"], secret)
    client = Client()
    answer = client.post("/account/login/", {"login": "owner@here.example", "password": PASSWORD})
    assert answer["Location"].startswith("/account/mfa/authenticate/")
    assert client.get("/account/").status_code == 302
    code = f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"
    assert client.post("/account/mfa/authenticate/", {"code": "000000"}).status_code in {200, 302}
    client.post("/account/mfa/authenticate/", {"code": code})
    assert client.get("/account/").status_code == 200


def test_a_broken_page_says_so_without_details(embedded_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> tuple[str, str]:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(live, "create", broken)
    client = Client(raise_request_exception=False)
    answer = client.post("/try")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()
    told = client.post("/api/sessions", {"module": "controls", "mode": "guided"}, content_type="application/json")
    assert (told.status_code, set(told.json())) == (500, {"what", "where", "fix"})
