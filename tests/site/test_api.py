"""The machine API: what it accepts, and that each bad request is answered with what, where and what to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from resilience.people.models import Account
from resilience.records.models import Attempt
from resilience.site import live
from tests.site.conftest import TOKEN, People

GOOD: dict[str, Any] = {"module": "aseptic-filling", "mode": "guided"}


def attempts() -> Any:
    return Attempt.objects.with_scopes_disabled()  # type: ignore[attr-defined]


def test_a_session_is_created_as_asked_for(embedded_store: str, no_classroom: list[tuple[Any, ...]]) -> None:
    answer = Client().post("/api/sessions", GOOD | {"seed": 7, "language": "cy"}, content_type="application/json")
    told = answer.json()
    assert answer.status_code == 201
    assert no_classroom == [("aseptic-filling", "guided", 7, "cy")]
    assert told["play"] == f"/play/{told['id']}#{TOKEN}"
    assert told["socket"] == f"/live/{told['id']}"
    attempt = attempts().get(session=told["id"])
    assert (attempt.seed, attempt.language, attempt.subject, attempt.organisation) == (7, "cy", None, None)
    assert TOKEN not in str(vars(attempt))


def test_without_seed_one_is_drawn_and_the_browsers_language_is_taken(
    embedded_store: str, no_classroom: list[tuple[Any, ...]]
) -> None:
    for _ in range(2):
        Client(headers={"accept-language": "cy"}).post("/api/sessions", GOOD, content_type="application/json")
    first, second = no_classroom
    assert first[2] != second[2]
    assert first[3] == "cy"


def test_a_signed_in_trainee_owns_what_they_begin(people: People, no_classroom: list[tuple[Any, ...]]) -> None:
    told = people.client("trainee").post("/api/sessions", GOOD, content_type="application/json").json()
    attempt = attempts().select_related("subject").get(session=told["id"])
    assert attempt.organisation_id == people.here.pk
    assert attempt.subject.account_id == people.accounts["trainee"].pk


BAD: list[tuple[Any, int, str]] = [
    ({"mode": "guided"}, 422, "module"),
    ({"module": "aseptic-filling"}, 422, "mode"),
    (GOOD | {"module": "nothing"}, 422, "module"),
    (GOOD | {"module": "../aseptic-filling"}, 422, "module"),
    (GOOD | {"module": 7}, 422, "module"),
    (GOOD | {"module": "x" * 81}, 422, "module"),
    (GOOD | {"mode": "easy"}, 422, "mode"),
    (GOOD | {"mode": None}, 422, "mode"),
    (GOOD | {"seed": -1}, 422, "seed"),
    (GOOD | {"seed": 2**63}, 422, "seed"),
    (GOOD | {"seed": 1.5}, 422, "seed"),
    (GOOD | {"seed": "7"}, 422, "seed"),
    (GOOD | {"seed": True}, 422, "seed"),
    (GOOD | {"language": "fr"}, 422, "language"),
    (GOOD | {"language": ""}, 422, "language"),
    (GOOD | {"trainee": "x"}, 422, "trainee"),
    ([], 422, "body"),
    ("text", 400, "body"),
    ("null", 422, "body"),
    ("", 422, "body"),
]


@pytest.mark.parametrize(("body", "status", "where"), BAD, ids=[str(row[0])[:60] for row in BAD])
def test_a_bad_body_is_answered_with_what_and_where(
    embedded_store: str, no_classroom: list[tuple[Any, ...]], body: Any, status: int, where: str
) -> None:
    answer = Client().post("/api/sessions", body, content_type="application/json")
    told = answer.json()
    assert (answer.status_code, told["where"]) == (status, where)
    assert told["what"]
    assert told["fix"]
    assert no_classroom == []
    assert attempts().count() == 0


@pytest.mark.parametrize("body", ["{", "\x00", "nul", '{"module": }', b"\xff\xfe"])
def test_a_body_that_is_no_json_is_refused(embedded_store: str, body: Any) -> None:
    answer = Client().generic("POST", "/api/sessions", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["where"] == "body"


def test_another_content_type_is_refused(embedded_store: str, no_classroom: list[tuple[Any, ...]]) -> None:
    answer = Client().generic("POST", "/api/sessions", '{"module": "aseptic-filling", "mode": "guided"}', "text/plain")
    assert (answer.status_code, no_classroom) == (415, [])


def test_too_large_a_body_is_refused(embedded_store: str, no_classroom: list[tuple[Any, ...]]) -> None:
    answer = Client().generic("POST", "/api/sessions", b" " * (256 * 1024 + 1), content_type="application/json")
    assert (answer.status_code, no_classroom) == (400, [])


def test_a_closed_classroom_is_told(embedded_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: Any) -> tuple[str, str]:
        raise live.ClassroomClosedError("the disk is full")

    monkeypatch.setattr(live, "create", closed)
    answer = Client().post("/api/sessions", GOOD, content_type="application/json")
    assert answer.status_code == 503
    assert "disk" not in answer.content.decode()
    page = Client().post("/try", follow=True).content.decode()
    assert "No session can begin now" in page


@pytest.mark.parametrize("what", ["reveal", "replay", "log"])
@pytest.mark.usefixtures("told")
def test_an_unfinished_or_unknown_session_has_nothing_to_show(people: People, what: str) -> None:
    owner = people.client("owner")
    assert owner.get(f"/api/sessions/{people.unfinished}/{what}").status_code == 409
    unknown = owner.get(f"/api/sessions/nothing/{what}")
    assert (unknown.status_code, unknown.json()["where"]) == (404, "session")


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Basic abc", "a-token-nobody-guesses", "Bearer x y"])
def test_a_wrong_token_opens_nothing(people: People, header: str) -> None:
    client = Client(headers={"authorization": header})
    assert client.get(f"/api/sessions/{people.played}/log").status_code == 403


def test_a_token_opens_its_own_session_alone(people: People) -> None:
    stranger = Account.objects.create_user("s@example.org")
    assert people.client("holder").get(f"/api/sessions/{people.played}/log").status_code == 200
    attempts().filter(session=people.played).update(token_hash="0" * 64)
    assert people.client("holder").get(f"/api/sessions/{people.played}/log").status_code == 403
    assert stranger.pk


def test_the_log_comes_as_it_was_recorded(people: People) -> None:
    answer = people.client("owner").get(f"/api/sessions/{people.played}/log")
    assert answer.content == bytes(people.record.log)
    assert answer["Content-Type"] == "application/gzip"
    assert "attachment" in answer["Content-Disposition"]


def test_modules_are_listed_in_the_language_asked_for(embedded_store: str) -> None:
    english = Client().get("/api/modules").json()
    welsh = Client(headers={"accept-language": "cy"}).get("/api/modules").json()
    assert [module["id"] for module in english][:2] == ["controls", "aseptic-filling"]
    assert english[0]["title"] != welsh[0]["title"]
