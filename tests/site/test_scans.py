"""Scans beside the pages: the same answers, the same protections, and what is asked together written together."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from resilience.people.models import Organisation, TrailEntry
from resilience.people.scopes import whole_programme, within
from resilience.programme import doors
from resilience.programme.activities import Sitting
from resilience.programme.models import Attendance, CheckIn
from resilience.site import asgi, scans
from resilience.site.scans import Scans
from tests.programme import making
from tests.site.conftest import People
from tests.site.test_asgi import Line

HOUR = timedelta(hours=1)
SECRET = "b" * 32
BESIDE_THE_POINT = {"vary", "content-language"}


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(one["answer"], one["name"]) for one in json.loads(self.body)["answers"]]


class NoPages:
    """Pages that only note what they were asked for."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        self.asked.append(body)
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def fast(people_anywhere: People) -> Iterator[Scans]:
    made = Scans(NoPages())
    yield made
    made.stop()


def door(organisation: Organisation, *names: str) -> tuple[int, list[str]]:
    """A meeting that is on, and the tickets of its guests."""
    began = timezone.now() - HOUR
    with within(organisation):
        event = making.activity(organisation, sittings=[Sitting(began, began + 2 * HOUR)])
        tokens = [making.place(event, name, began, tell=False).token for name in names]
        return making.only_meeting(event).pk, tokens


def body(*tokens: str, **changes: Any) -> bytes:
    now = timezone.now().timestamp() * 1000
    sent = [{"token": token, "nonce": f"nonce-{token}", "at": now} for token in tokens]
    return json.dumps({"device": "phone", "clock": now, "scans": sent, **changes}).encode()


def signed_in(client: Client, **more: str) -> dict[str, str]:
    """What the browser sends along."""
    session = client.cookies.get("sessionid")
    cookies = f"csrftoken={SECRET}" + (f"; sessionid={session.value}" if session else "")
    return {"host": "site", "cookie": cookies, "x-csrftoken": SECRET, "content-type": "application/json", **more}


async def send(app: Any, meeting: int, headers: dict[str, str], *parts: bytes) -> Answered:
    line = Line(
        *({"type": "http.request", "body": part, "more_body": True} for part in parts[:-1]),
        {"type": "http.request", "body": parts[-1], "more_body": False},
    )
    scope = {
        "type": "http",
        "method": "POST",
        "path": reverse("door-scans", args=[meeting]),
        "query_string": b"",
        "scheme": "http",
        "client": ("192.0.2.7", 40000),
        "server": ("site", 80),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()]
        + [(b"content-length", str(sum(map(len, parts))).encode())],
    }
    assert Scans.takes(scope)

    async def nothing_more() -> Any:
        if line.incoming:
            return line.incoming.pop(0)
        return await asyncio.get_running_loop().create_future()

    await app(scope, nothing_more, line.send)
    told = {name.decode().lower(): value.decode() for name, value in line.sent[0]["headers"]}
    return Answered(line.sent[0]["status"], told, b"".join(one.get("body", b"") for one in line.sent[1:]))


def test_a_scan_is_answered_as_the_page_answers_it(people_anywhere: People, fast: Scans) -> None:
    meeting, [ann, bob] = door(people_anywhere.here, "Ann Evans", "Bob")
    headers = signed_in(people_anywhere.client("instructor"))
    given = asyncio.run(send(fast, meeting, headers, body(ann, "NOBODYS")))
    page = asyncio.run(send(asgi.page, meeting, headers, body(bob)))
    assert (given.status, given.answers) == (200, [("in", "Ann Evans"), ("unknown", "")])
    assert (page.status, page.answers) == (200, [("in", "Bob")])
    del given.headers["content-length"], page.headers["content-length"]
    del given.headers["expires"], page.headers["expires"]
    assert given.headers == {name: value for name, value in page.headers.items() if name not in BESIDE_THE_POINT}
    with within(people_anywhere.here):
        assert Attendance.objects.count() == 2
        assert set(CheckIn.objects.values_list("device", "leaving")) == {("phone", False)}


def test_a_scan_sent_by_both_ways_is_kept_once(people_anywhere: People, fast: Scans) -> None:
    meeting, [ann] = door(people_anywhere.here, "Ann")
    headers = signed_in(people_anywhere.client("coordinator"))
    sent = body(ann)
    both = [asyncio.run(send(app, meeting, headers, sent)) for app in (fast, asgi.page, fast)]
    assert {one.body for one in both} == {both[0].body}
    assert both[0].answers == [("in", "Ann")]
    with within(people_anywhere.here):
        assert CheckIn.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"), [("nobody", 302), ("trainee", 403), ("quality", 403), ("loner", 403), ("outsider", 404)]
)
def test_who_may_not_is_answered_by_the_page(people: People, who: str, status: int) -> None:
    meeting, [ann] = door(people.here, "Ann")
    app = Scans(asgi.page)
    given = asyncio.run(send(app, meeting, signed_in(people.client(who)), body(ann)))
    app.stop()
    assert given.status == status
    refused = TrailEntry.objects.filter(what="was refused", about=f"page:door-scans:{meeting}")
    assert refused.count() == (1 if status == 403 else 0)
    with whole_programme("nothing was noted anywhere"):
        assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"x-csrftoken": "c" * 32},
        {"x-csrftoken": ""},
        {"cookie": ""},
        {"origin": "https://elsewhere.example"},
    ],
)
def test_another_site_cannot_send_scans(people: People, changed: dict[str, str]) -> None:
    meeting, [ann] = door(people.here, "Ann")
    app = Scans(asgi.page)
    given = asyncio.run(send(app, meeting, signed_in(people.client("instructor"), **changed), body(ann)))
    app.stop()
    assert given.status == 403
    with within(people.here):
        assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    ("parts", "headers"),
    [
        ([b"{"], {}),
        ([b'{"clock": 1e300, "scans": []}'], {}),
        ([b'{"clock": 1, ', b'"scans": 3}'], {}),
        ([b'{"clock": 1, "scans": []}'], {"content-type": "application/x-www-form-urlencoded"}),
        ([b" " * 200_000, b" " * 200_000], {}),
    ],
)
def test_what_cannot_be_read_goes_on_to_the_page_whole(
    people: People, parts: list[bytes], headers: dict[str, str]
) -> None:
    meeting, _tickets = door(people.here)
    pages = NoPages()
    app = Scans(pages)
    asyncio.run(send(app, meeting, signed_in(people.client("instructor"), **headers), *parts))
    app.stop()
    assert pages.asked == [b"".join(parts)]


def test_a_host_that_is_not_ours_and_a_limit_that_is_used_up_are_the_pages_business(
    people: People, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["site"]
    settings.RATE_LIMITS = [*django_settings.RATE_LIMITS, ("POST", "/door/", 1)]
    meeting, [ann] = door(people.here, "Ann")
    headers = signed_in(people.client("instructor"))
    pages = NoPages()
    app = Scans(pages)
    told = [asyncio.run(send(app, meeting, sent, body(ann))).status for sent in ({**headers, "host": "evil"}, headers)]
    assert told == [418, 200]
    assert asyncio.run(send(app, meeting, headers, body(ann))).status == 418
    app.stop()
    assert len(pages.asked) == 2


def test_what_waits_is_written_together_by_door_and_each_gets_its_own_answer(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [door(people.here, "Ann", "Bob"), door(people.elsewhere, "Cai", "Dai")]
    members = [signed_in(people.client(who)) for who in ("instructor", "outsider")]
    first, first_tokens = door(people.here, "Eve")
    written: list[list[str]] = []
    began, go_on = threading.Event(), threading.Event()
    note = doors.note

    def slowly(at: Any, given: Any) -> Any:
        began.set()
        assert go_on.wait(20)
        written.append([one.scan.token for one in given])
        return note(at, given)

    monkeypatch.setattr(doors, "note", slowly)
    app = Scans(NoPages())

    async def together() -> list[Answered]:
        ahead = asyncio.create_task(send(app, first, members[0], body(*first_tokens)))
        await asyncio.to_thread(began.wait, 20)
        waiting = [
            asyncio.create_task(send(app, meeting, headers, body(token)))
            for (meeting, tokens), headers in zip(places, members, strict=True)
            for token in tokens
        ]
        await asyncio.sleep(0)
        go_on.set()
        return await asyncio.gather(ahead, *waiting)

    given = asyncio.run(together())
    app.stop()
    assert written == [first_tokens, places[0][1], places[1][1]]
    assert [one.answers for one in given] == [[("in", name)] for name in ("Eve", "Ann", "Bob", "Cai", "Dai")]
    with whole_programme("what was written"):
        assert Attendance.objects.count() == 5


def test_what_goes_wrong_is_left_to_the_page_and_harms_no_other_door(
    people_anywhere: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = people_anywhere
    broken, [ann] = door(people.here, "Ann")
    whole, [bob] = door(people.here, "Bob")
    headers = signed_in(people.client("instructor"))
    note = doors.note

    def damaged(at: Any, given: Any) -> Any:
        if at.meeting == broken:
            connection.connection.close()
            raise OSError("the database is gone")
        return note(at, given)

    monkeypatch.setattr(doors, "note", damaged)
    pages = NoPages()
    app = Scans(pages)

    async def both() -> list[Answered]:
        return await asyncio.gather(
            *(send(app, at, headers, body(token)) for at, token in ((broken, ann), (whole, bob)))
        )

    assert [one.status for one in asyncio.run(both())] == [418, 200]
    assert len(pages.asked) == 1
    monkeypatch.undo()
    assert asyncio.run(send(app, broken, headers, body(ann))).answers == [("in", "Ann")]
    app.stop()


def test_nobody_waits_for_ever(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, [ann] = door(people.here, "Ann")
    headers = signed_in(people.client("instructor"))
    app = Scans(NoPages())

    def broken(*_given: Any) -> Any:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(scans, "answer_all", broken)
        assert asyncio.run(send(app, meeting, headers, body(ann))).status == 418
    assert asyncio.run(send(app, meeting, headers, body(ann))).answers == [("in", "Ann")]
    app.stop()
    assert asyncio.run(send(app, meeting, headers, body(ann))).status == 418


def test_who_hangs_up_keeps_nobody_waiting(people_anywhere: People, fast: Scans) -> None:
    meeting, [ann, bob] = door(people_anywhere.here, "Ann", "Bob")
    headers = signed_in(people_anywhere.client("instructor"))

    async def one_leaves() -> Answered:
        leaving = asyncio.create_task(send(fast, meeting, headers, body(ann)))
        await asyncio.sleep(0)
        leaving.cancel()
        return await send(fast, meeting, headers, body(bob))

    assert asyncio.run(one_leaves()).answers == [("in", "Bob")]


def test_no_more_are_written_together_than_a_database_takes(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, tokens = door(people.here, *(f"Guest {number}" for number in range(7)))
    headers = signed_in(people.client("instructor"))
    monkeypatch.setattr(scans, "MOST_TOGETHER", 3)
    sizes: list[int] = []
    answer_all = scans.answer_all
    monkeypatch.setattr(scans, "answer_all", lambda sent, known: sizes.append(len(sent)) or answer_all(sent, known))
    app = Scans(NoPages())

    async def all_at_once() -> list[Answered]:
        return await asyncio.gather(*(send(app, meeting, headers, body(token)) for token in tokens))

    assert {one.answers[0][0] for one in asyncio.run(all_at_once())} == {"in"}
    app.stop()
    assert sum(sizes) == 7
    assert max(sizes) == 3


def test_only_scans_come_this_way() -> None:
    scope = {"type": "http", "method": "POST", "path": "/door/1/scans"}
    assert Scans.takes(scope)
    assert not Scans.takes({**scope, "method": "GET"})
    assert not Scans.takes({**scope, "path": "/door/1/list"})
    assert not Scans.takes({**scope, "path": "/door/1/scans/"})
    assert not Scans.takes({"type": "websocket", "path": "/door/1/scans"})
