"""Scans that come together are written together, each in its own organisation's scope, each with its own answer."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from resilience.people.models import Organisation
from resilience.people.scopes import whole_programme, within
from resilience.programme import doors, gates
from resilience.programme.doors import Answer, CheckedIn, Scan
from resilience.programme.gates import Gate, Sending
from resilience.programme.models import Attendance, Meeting
from tests.programme.making import START, activity, partner, place


def door(organisation: Organisation, guests: int) -> tuple[Meeting, list[str]]:
    with within(organisation):
        event = activity(organisation)
        tokens = [place(event, f"Guest {number}", tell=False).token for number in range(guests)]
        meeting = Meeting.objects.select_related("activity__organisation").get(activity=event)
    return meeting, tokens


def sending(meeting: Meeting, token: str, nonce: str = "nonce-one") -> Sending:
    return Sending(meeting, doors.noted([Scan(token, nonce, START)], "phone", START, START))


def test_many_at_once_at_two_partners_doors_each_get_their_own_answer(store: str) -> None:
    gate = Gate()
    partners = [door(partner(name), 8) for name in ("North", "South")]
    wanted = [(meeting, token) for meeting, tokens in partners for token in tokens]
    barrier = threading.Barrier(len(wanted))
    got: dict[str, CheckedIn] = {}

    def phone(meeting: Meeting, token: str) -> None:
        try:
            with within(meeting.activity.organisation):
                barrier.wait(timeout=30)
                [got[token]] = gate.take(sending(meeting, token))
        finally:
            connection.close()

    phones = [threading.Thread(target=phone, args=each) for each in wanted]
    for one in phones:
        one.start()
    for one in phones:
        one.join()
    for meeting, token in wanted:
        assert got[token].answer is Answer.IN
        registration = got[token].registration
        assert registration is not None
        assert (registration.token, registration.activity_id) == (token, meeting.activity_id)
    with whole_programme("a test of all doors"):
        assert Attendance.objects.count() == 16


def test_who_writes_for_others_does_not_lend_them_its_scope(embedded_store: str) -> None:
    here, elsewhere = door(partner("North"), 1), door(partner("South"), 1)
    gate = Gate()
    waiting = sending(elsewhere[0], elsewhere[1][0])
    gate._come.append(waiting)
    with within(here[0].activity.organisation):
        [mine] = gate.take(sending(here[0], here[1][0]))
    assert mine.answer is Answer.IN
    assert waiting.done
    assert [one.answer for one in waiting.answers] == [Answer.IN]


def test_what_goes_wrong_is_told_to_everybody_and_the_gate_stays_open(
    embedded_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, [token] = door(partner("North"), 1)
    gate = Gate()

    def broken(*_: Any) -> list[CheckedIn]:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched, within(meeting.activity.organisation):
        patched.setattr(gates, "note", broken)
        waiting = sending(meeting, token)
        gate._come.append(waiting)
        with pytest.raises(OSError, match="disk is full"):
            gate.take(sending(meeting, token))
        assert isinstance(waiting.error, OSError)
    with within(meeting.activity.organisation):
        assert not Attendance.objects.exists()
        [answer] = gate.take(sending(meeting, token))
    assert answer.answer is Answer.IN
    assert answer.at == START
