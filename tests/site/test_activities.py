"""The pages of activities: planning, registering, tickets, the door, evaluation, certificates, in both languages."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from resilience.people.models import Consent, Contact
from resilience.people.scopes import whole_programme, within
from resilience.programme import doors, evaluation, learning_tests, questions, registration
from resilience.programme.activities import Sitting
from resilience.programme.attendance import attend
from resilience.programme.models import (
    Activity,
    Attendance,
    AttendanceSource,
    CheckIn,
    EvaluationAnswer,
    EvaluationRequest,
    HeadCount,
    Letter,
    Meeting,
    Registration,
)
from tests.programme import making
from tests.site.conftest import People

HOUR = timedelta(hours=1)


@pytest.fixture
def event(people: People) -> Activity:
    """Tomorrow, two places."""
    return held(people, timedelta(days=1), capacity=2, code="OPEN-DAY", place="Room 4", region="TLL")


def held(people: People, away: timedelta, **fields: Any) -> Activity:
    began = timezone.now() + away
    with within(people.here):
        return making.activity(people.here, sittings=[Sitting(began, began + 2 * HOUR)], **fields)


def plan(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Gowning",
        "code": "GOWN-1",
        "kind": "training",
        "format": "in-person",
        "status": "open",
        "description": "",
        "place": "Room 4",
        "region": "TLL",
        "capacity": "12",
        "offer_hours": "48",
        "minimum_minutes": "60",
        "cpd_minutes": "90",
        "module": "",
        "competences": "GMP-1, GMP-2",
        "meeting-TOTAL_FORMS": "1",
        "meeting-INITIAL_FORMS": "0",
        "meeting-0-starts_at": "2031-06-02T09:00",
        "meeting-0-ends_at": "2031-06-02T12:00",
        "meeting-0-title": "",
        **changes,
    }


def guest(**changes: Any) -> dict[str, Any]:
    return {"name": "Ann Evans", "email": "ann@people.example", "employer": "", **changes}


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def only(people: People, table: Any, **asked: Any) -> Any:
    with within(people.here):
        return table.objects.get(**asked)


# Planning


def test_a_coordinator_makes_an_activity_and_finds_it_in_the_list(people: People) -> None:
    client = people.client("coordinator")
    answer = client.post("/activities/new", plan())
    assert answer["location"] == "/activities/GOWN-1"
    made = only(people, Activity)
    assert (made.capacity, made.competences, made.organisation) == (12, ["GMP-1", "GMP-2"], people.here)
    assert timezone.localtime(made.starts_at).strftime("%H:%M") == "09:00"
    page = text(client, "/activities")
    assert "Gowning" in page
    assert "0 / 12" in page
    assert "<dd>Wales</dd>" in text(client, "/activities/GOWN-1")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"meeting-0-ends_at": "2031-06-02T08:00"}, "The end lies before the start"),
        ({"meeting-0-ends_at": "tomorrow"}, "Give a day and a time"),
        ({"title": ""}, "required"),
        ({"title": "x" * 121}, "121 characters"),
        ({"title": "Bell\x07"}, "no letter or sign"),
        ({"code": "a b"}, "capital letters"),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"meeting-TOTAL_FORMS": "many"}, "Enter a whole number"),
    ],
)
def test_a_plan_that_cannot_be_says_why_and_keeps_what_was_typed(
    people: People, changes: dict[str, str], said: str
) -> None:
    answer = people.client("coordinator").post("/activities/new", plan(**changes))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert said in page
    assert "GMP-1, GMP-2" in page
    with within(people.here):
        assert not Activity.objects.exists()


def test_the_only_meeting_can_be_changed_and_not_taken_away(people: People) -> None:
    client = people.client("coordinator")
    assert "meeting-0-DELETE" not in client.get("/activities/new").content.decode()
    answer = client.post("/activities/new", plan(**{"meeting-0-starts_at": "", "meeting-0-ends_at": ""}))
    assert "an activity has one meeting at least" in answer.content.decode()
    assert "meeting-1-DELETE" in client.post("/activities/new", plan(more="1")).content.decode()


def test_the_activity_leads_to_the_import_of_a_file_for_it(people: People, event: Activity) -> None:
    way = f'href="/imports?activity={event.code}"'
    shown = people.client("coordinator").get(f"/activities/{event.code}").content.decode()
    assert way in shown
    assert way not in people.client("instructor").get(f"/activities/{event.code}").content.decode()
    assert (
        f'value="{event.code}" selected'
        in people.client("coordinator").get(f"/imports?activity={event.code}").content.decode()
    )


def test_one_more_meeting_is_asked_for_without_saving(people: People) -> None:
    answer = people.client("coordinator").post("/activities/new", plan(more="1"))
    page = answer.content.decode()
    assert 'name="meeting-1-starts_at"' in page
    assert "Gowning" in page
    with within(people.here):
        assert not Activity.objects.exists()


def test_a_change_below_the_places_taken_is_refused(people: People, event: Activity) -> None:
    with within(people.here):
        making.place(event, "Ann", timezone.now())
        making.place(event, "Bob", timezone.now())
    answer = people.client("lead").post(f"/activities/{event.code}/edit", plan(capacity="1"))
    assert "2 places are taken" in answer.content.decode()
    assert only(people, Activity).capacity == 2


def test_a_change_moves_the_meeting_and_keeps_the_code(people: People, event: Activity) -> None:
    changes = {"meeting-INITIAL_FORMS": "1", "code": "OTHER"}
    answer = people.client("coordinator").post(f"/activities/{event.code}/edit", plan(**changes))
    assert answer["location"] == "/activities/OPEN-DAY"
    made = only(people, Activity)
    assert (made.code, made.title, made.sequence) == ("OPEN-DAY", "Gowning", 1)
    assert only(people, Meeting).starts_at == made.starts_at


def test_an_activity_is_called_off_with_a_reason(people: People, event: Activity) -> None:
    client = people.client("coordinator")
    client.post(f"/activities/{event.code}/end", {"do": "cancel", "reason": ""})
    assert only(people, Activity).status == "open"
    client.post(f"/activities/{event.code}/end", {"do": "cancel", "reason": "Snow"})
    assert only(people, Activity).status == "cancelled"
    assert "This activity is cancelled" in text(Client(), f"/attend/{event.code}")


def test_an_activity_is_closed_once_it_is_over(people: People) -> None:
    event = held(people, -3 * HOUR)
    people.client("coordinator").post(f"/activities/{event.code}/end", {"do": "close"})
    assert only(people, Activity).status == "closed"
    assert "Registration is over" in text(Client(), f"/attend/{event.code}")


# What others see


def test_other_partners_see_title_date_and_numbers_and_nothing_else(people: People, event: Activity) -> None:
    with within(people.here):
        making.place(event, "Ann Evans", timezone.now())
    page = text(people.client("outsider"), "/activities?whose=partners")
    assert "Aseptic technique" in page
    # A handful of people is told as such: somebody who knows the town would know who came.
    assert "fewer than 5 / 2" in page
    assert "1 / 2" not in page
    assert "1 / 2" in text(people.client("lead"), "/activities")
    assert "Ann Evans" not in page
    assert f"/activities/{event.code}" not in page
    assert "Aseptic technique" not in text(people.client("outsider"), "/activities")


def test_a_draft_is_nobodys_but_ours(people: People) -> None:
    draft = held(people, HOUR, status="draft")
    assert "Aseptic technique" not in text(people.client("outsider"), "/activities?whose=partners")
    assert Client().get(f"/attend/{draft.code}").status_code == 404


def test_an_instructor_reads_the_register_and_changes_nothing(people: People, event: Activity) -> None:
    with within(people.here):
        making.place(event, "Ann Evans", timezone.now())
    page = text(people.client("instructor"), f"/activities/{event.code}")
    assert "Ann Evans" in page
    assert "/edit" not in page
    assert "Cancel the activity" not in page


@pytest.mark.parametrize("query", ["search=open-day", "kind=training", "when=coming", "search=room"])
def test_the_list_finds_what_fits(people: People, event: Activity, query: str) -> None:
    assert event.code in text(people.client("lead"), f"/activities?{query}")


@pytest.mark.parametrize("query", ["search=nothing", "kind=outreach", "when=past"])
def test_the_list_says_when_nothing_fits(people: People, event: Activity, query: str) -> None:
    page = text(people.client("lead"), f"/activities?{query}")
    assert "No activity fits" in page
    assert event.code not in page


# Registering


def test_anybody_registers_by_the_code_and_gets_a_ticket(people: People, event: Activity) -> None:
    client = Client()
    answer = client.post("/attend/open-day", guest(employer="Acme Ltd"))
    place = only(people, Registration)
    assert answer["location"] == f"/ticket/{place.token}"
    page = text(client, answer["location"])
    assert "You have a place" in page
    assert place.token in page
    assert "Ann" not in page
    assert str(only(people, Contact).employer) == "Acme Ltd"


def test_the_second_asking_sends_the_ticket_to_its_owner_and_not_to_the_screen(people: People, event: Activity) -> None:
    Client().post("/attend/OPEN-DAY", guest())
    again = Client().post("/attend/OPEN-DAY", guest(name="A. Evans"))
    page = again.content.decode()
    assert "You are registered already" in page
    assert only(people, Registration).token not in page
    assert only(people, Contact).name == "Ann Evans"
    with within(people.here):
        assert Letter.objects.filter(key__contains=":again:").count() == 1


def test_a_full_activity_offers_its_waiting_list(people: People, event: Activity) -> None:
    for number in range(2):
        Client().post("/attend/OPEN-DAY", guest(email=f"guest{number}@people.example"))
    client = Client()
    assert "All places are taken" in text(client, "/attend/OPEN-DAY")
    ticket = client.post("/attend/OPEN-DAY", guest(name="Will", email="will@people.example"))["location"]
    page = text(client, ticket)
    assert "You are on the waiting list" in page
    assert "0 people are before you" in page


def test_questions_and_consents_are_asked_and_kept(people: People, event: Activity) -> None:
    with within(people.here):
        questions.add_question(event, label={"en": "Diet?", "cy": "Deiet?"}, kind="text", choices=[], required=True)
        questions.ask_consent(event, "follow-up", {"en": "You may ask me later."})
    client = Client(headers={"accept-language": "cy"})
    assert "Deiet?" in text(client, "/attend/OPEN-DAY")
    missing = client.post("/attend/OPEN-DAY", guest())
    assert missing.status_code == 400
    client.post("/attend/OPEN-DAY", guest(q1="dim cnau", **{"consent-follow-up": "on"}))
    place = only(people, Registration)
    assert (place.answers, place.language) == ({"q1": "dim cnau"}, "cy")
    assert only(people, Consent).text_version == "OPEN-DAY/1"
    assert "dim cnau" in text(people.client("lead"), "/activities/OPEN-DAY")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"name": "Bell\x07"},
        {"email": "nobody"},
        {"email": ""},
        {"employer": "x" * 121},
    ],
)
def test_a_registration_that_cannot_be_leaves_nothing(people: People, event: Activity, wrong: dict[str, str]) -> None:
    assert Client().post("/attend/OPEN-DAY", guest(**wrong)).status_code == 400
    with whole_programme("a test of what is left"):
        assert not Registration.objects.exists()
        assert not Contact.objects.exists()


def test_a_name_with_markup_or_turned_letters_is_only_a_name(people: People, event: Activity) -> None:
    Client().post("/attend/OPEN-DAY", guest(name="<b>Ann\u202e</b>"))
    page = text(people.client("lead"), "/activities/OPEN-DAY")
    assert "&lt;b&gt;Ann&lt;/b&gt;" in page
    assert "\u202e" not in page


def test_the_coordinator_registers_moves_and_cancels(people: People, event: Activity) -> None:
    client = people.client("coordinator")
    for number in range(4):
        client.post("/activities/OPEN-DAY/register", {"name": f"Guest {number}", "email": f"g{number}@people.example"})
    with within(people.here):
        first, _second, third, fourth = Registration.objects.order_by("pk")
    client.post(f"/activities/OPEN-DAY/registrations/{fourth.pk}", {"do": "earlier"})
    client.post(f"/activities/OPEN-DAY/registrations/{first.pk}", {"do": "cancel"})
    with within(people.here):
        standing = {row.pk: row.status for row in Registration.objects.all()}
    assert (standing[first.pk], standing[third.pk], standing[fourth.pk]) == ("cancelled", "waiting", "offered")
    assert client.post("/activities/OPEN-DAY/registrations/999", {"do": "cancel"}).status_code == 404
    nobody = client.post("/activities/OPEN-DAY/register", {"name": "", "email": ""})
    assert nobody.status_code == 400


# Tickets


def test_an_offer_is_taken_by_a_button_and_never_by_a_link(people: People, event: Activity) -> None:
    with within(people.here):
        ann, _bob, will = (making.place(event, name, timezone.now()) for name in ("Ann", "Bob", "Will"))
        registration.cancel(ann, timezone.now())
    client = Client()
    for _time in range(2):
        assert "A place is kept for you" in text(client, f"/ticket/{will.token}")
    client.post(f"/ticket/{will.token}", {"do": "accept"})
    assert "You have a place" in text(client, f"/ticket/{will.token}")


def test_an_offer_taken_too_late_says_so(people: People, event: Activity) -> None:
    with within(people.here):
        ann, _bob, will = (making.place(event, name, timezone.now()) for name in ("Ann", "Bob", "Will"))
        registration.cancel(ann, timezone.now())
        Registration.objects.filter(pk=will.pk).update(offered_until=timezone.now())
    answer = Client().post(f"/ticket/{will.token}", {"do": "accept"}, follow=True)
    assert "The time for this offer is over" in answer.content.decode()


def test_a_place_is_given_back_on_the_ticket(people: People, event: Activity) -> None:
    with within(people.here):
        ann = making.place(event, "Ann", timezone.now())
    client = Client()
    client.post(f"/ticket/{ann.token}", {"do": "cancel"})
    assert "You are not registered any more" in text(client, f"/ticket/{ann.token}")
    assert "METHOD:CANCEL" in text(client, f"/ticket/{ann.token}/activity.ics")


def test_a_ticket_has_its_code_and_its_calendar_from_our_own_address(people: People, event: Activity) -> None:
    with within(people.here):
        ann = making.place(event, "Ann", timezone.now())
    client = Client()
    drawn = client.get(f"/ticket/{ann.token}/code.svg")
    assert drawn["content-type"] == "image/svg+xml"
    assert b"<svg" in drawn.content
    calendar = client.get(f"/ticket/{ann.token}/activity.ics")
    assert calendar["content-type"].startswith("text/calendar")
    assert f"UID:{event.uid}" in calendar.content.decode()
    sources = re.findall(r'(?:src|href)="(https?://[^"]+)"', text(client, f"/ticket/{ann.token}"))
    assert sources == []


@pytest.mark.parametrize("address", ["/ticket/XXXX", "/ticket/XXXX/code.svg", "/evaluate/XXXX", "/certificate/XXXX"])
def test_a_guessed_token_opens_nothing(people: People, address: str) -> None:
    assert Client().get(address).status_code == 404


# The door


def door_of(people: People, event: Activity) -> tuple[str, Registration]:
    with within(people.here):
        return f"/door/{Meeting.objects.get(activity=event).pk}", making.place(event, "Ann Evans", timezone.now())


def scan(client: Client, door: str, scans: list[dict[str, Any]], **body: Any) -> Any:
    sent = {"device": "phone", "clock": timezone.now().timestamp() * 1000, "scans": scans, **body}
    return client.post(f"{door}/scans", json.dumps(sent), content_type="application/json")


def test_the_doors_page_alone_may_use_the_camera(people: People, event: Activity) -> None:
    door, _ann = door_of(people, event)
    client = people.client("instructor")
    assert "camera=(self)" in client.get(door)["permissions-policy"]
    assert "camera=()" in client.get("/activities")["permissions-policy"]
    assert "Ann Evans" not in client.get(door).content.decode()


def test_a_scan_is_answered_with_a_name_and_a_second_phone_with_the_time(people: People) -> None:
    event = held(people, -HOUR)
    door, ann = door_of(people, event)
    at = timezone.now().timestamp() * 1000
    client = people.client("instructor")
    [first] = scan(client, door, [{"token": ann.token, "nonce": "phone-one", "at": at}]).json()["answers"]
    [again] = scan(client, door, [{"token": ann.token, "nonce": "phone-one", "at": at}]).json()["answers"]
    [second] = scan(client, door, [{"token": ann.token, "nonce": "phone-two", "at": at + 1000}]).json()["answers"]
    clock = timezone.localtime().strftime("%H:%M")
    assert (first["answer"], first["name"]) == ("in", "Ann Evans")
    assert again == first
    assert second["answer"] == "already"
    assert abs(int(second["at"][:2]) - int(clock[:2])) in {0, 1, 23}
    with within(people.here):
        assert Attendance.objects.count() == 1
        assert CheckIn.objects.count() == 2
    [listed] = client.get(f"{door}/list").json()["guests"]
    assert (listed["name"], listed["came"]) == ("Ann Evans", second["at"])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"clock": 1, "scans": 3}',
        b'{"clock": "now", "scans": []}',
        b'{"clock": 1e300, "scans": []}',
        b'{"clock": 1, "scans": [{"token": "x"}]}',
        b'{"clock": 1, "scans": [{"token": "x", "nonce": "12345678", "at": "nine"}]}',
        json.dumps({"clock": 1, "scans": [{}] * 501}).encode(),
    ],
)
def test_scans_that_cannot_be_read_are_refused_and_change_nothing(people: People, event: Activity, body: bytes) -> None:
    door, _ann = door_of(people, event)
    answer = people.client("instructor").post(f"{door}/scans", body, content_type="application/json")
    assert answer.status_code == 400
    assert "load the page again" in answer.json()["what"]
    with within(people.here):
        assert not CheckIn.objects.exists()


def test_the_worker_is_served_where_it_governs_the_door(people: People) -> None:
    answer = Client().get("/door/worker.js")
    assert answer["content-type"].startswith("text/javascript")
    assert b'addEventListener("fetch"' in answer.content


def test_attendance_is_noted_by_hand_with_how_it_is_known(people: People) -> None:
    event = held(people, -3 * HOUR)
    with within(people.here):
        ann = making.place(event, "Ann", event.starts_at - HOUR)
        meeting = Meeting.objects.get(activity=event)
    client = people.client("coordinator")
    asked = {"meeting": meeting.pk, "registration": ann.pk, "minutes": "75"}
    client.post(f"/activities/{event.code}/attendance", asked)
    with within(people.here):
        assert not Attendance.objects.exists()
    client.post(f"/activities/{event.code}/attendance", {**asked, "reason": "Signed on paper"})
    assert only(people, Attendance).minutes == 75


def test_heads_are_written_down_and_taken_back(people: People, event: Activity) -> None:
    client = people.client("coordinator")
    address = f"/activities/{event.code}/heads"
    assert client.post(address, {"kind": "counted", "number": "0", "source": ""}).status_code == 400
    client.post(address, {"kind": "counted", "number": "31", "source": "Visit book", "year_group": "Year 9"})
    counted = only(people, HeadCount)
    assert "Visit book" in text(client, f"/activities/{event.code}")
    client.post(address, {"remove": counted.pk, "reason": ""})
    assert only(people, HeadCount).number == 31
    client.post(address, {"remove": counted.pk, "reason": "Counted twice"})
    with within(people.here):
        assert not HeadCount.objects.exists()
    assert client.post(address, {"remove": "x"}).status_code == 404


# Afterwards


@pytest.fixture
def over(people: People) -> Registration:
    """Ann was there from beginning to end of what is now over."""
    event = held(people, -3 * HOUR, cpd_minutes=60, code="OVER-1")
    with within(people.here):
        ann = making.place(event, "Ann Evans", event.starts_at - HOUR)
        doors.check_in(making.only_meeting(event), ann.token, "coming-in", event.starts_at, timezone.now())
        evaluation.ask_due(timezone.now())
    return ann


def test_a_certificate_is_fetched_by_ticket_and_checked_by_its_number(people: People, over: Registration) -> None:
    client = Client()
    assert "Download the certificate" in text(client, f"/ticket/{over.token}")
    paper = client.get(f"/ticket/{over.token}/certificate.pdf")
    assert paper.content.startswith(b"%PDF-")
    number = re.search(r"certificate-(\w+)\.pdf", paper["content-disposition"])
    assert number is not None
    address = f"/certificate/{number[1]}"
    page = text(client, address)
    assert "Aseptic technique" in page
    assert "Ann" not in page
    assert "1 h" in page
    assert "Yes: this certificate is theirs" in text(client, f"{address}?name=ann+EVANS")
    assert "No: this certificate is not in that name" in text(client, f"{address}?name=Bob")


def test_a_certificate_that_is_not_earned_says_what_is_lacking(people: People) -> None:
    event = held(people, -3 * HOUR)
    with within(people.here):
        absent = making.place(event, "Ann", event.starts_at - HOUR)
    answer = Client().get(f"/ticket/{absent.token}/certificate.pdf", follow=True)
    assert "There is no check-in" in answer.content.decode()
    lead = people.client("lead")
    answer = lead.get(f"/activities/{event.code}/certificates/{absent.pk}.pdf", follow=True)
    assert "There is no check-in" in answer.content.decode()
    # Minutes by hand are known, and no certificate is offered that would be refused.
    with within(people.here):
        attend(making.only_meeting(event), absent.person, 60, AttendanceSource.HAND, event.starts_at)
    assert f"/certificates/{absent.pk}.pdf" not in text(lead, f"/activities/{event.code}")


def test_an_evaluation_is_answered_once_and_summed_up_only_when_enough_have(people: People, over: Registration) -> None:
    request = only(people, EvaluationRequest)
    client = Client()
    address = f"/evaluate/{request.token}"
    assert address in text(client, f"/ticket/{over.token}")
    assert client.post(address, {"useful": "9"}).status_code == 400
    assert "Thank you" in client.post(address, {"useful": "5", "best": "The cabinet"}).content.decode()
    assert "Thank you" in text(client, address)
    assert only(people, EvaluationAnswer).answers == {"useful": 5, "best": "The cabinet"}
    page = text(people.client("instructor"), "/activities/OVER-1/evaluation")
    assert "1 of 1 answered" in page
    assert "too few to show" in page
    assert "The cabinet" not in page


def test_forms_and_tests_are_built_on_their_pages(people: People, event: Activity) -> None:
    client = people.client("coordinator")
    form, test = (f"/activities/OPEN-DAY/{page}" for page in ("form", "test"))
    client.post(form, {"do": "question", "label": "Level?", "kind": "choice", "choices": "new\nold hand"})
    client.post(form, {"do": "consent", "purpose": "photo", "text": "May we take pictures?"})
    wrong = client.post(form, {"do": "question", "label": "Which?", "kind": "choice", "choices": "one"})
    assert "Give 2 to 20 choices" in wrong.content.decode()
    client.post(test, {"do": "question", "label": "First air?", "choices": "Above\nBelow", "right": "1"})
    wrong = client.post(test, {"do": "question", "label": "First air?", "choices": "Above\nBelow", "right": "3"})
    assert "Say which of the choices is right" in wrong.content.decode()
    with within(people.here):
        asked = questions.current(event)
        tested = learning_tests.current(event)
    assert asked is not None
    assert tested is not None
    assert [one["choices"] for one in asked.questions] == [["new", "old hand"]]
    assert tested.questions[0]["right"] == 0
    assert "old hand" in text(client, form)
    assert "Above" in text(client, test)
    client.post(form, {"do": "remove", "question": "q1"})
    client.post(test, {"do": "remove", "question": "t1"})
    assert "Nothing more is asked" in text(client, form)
    assert "There is no test" in text(client, test)


PAGES = [
    ("lead", "/activities"),
    ("lead", "/activities?whose=partners"),
    ("lead", "/activities/new"),
    ("lead", "/activities/OVER-1"),
    ("lead", "/activities/OVER-1/edit"),
    ("lead", "/activities/OVER-1/form"),
    ("lead", "/activities/OVER-1/test"),
    ("lead", "/activities/OVER-1/evaluation"),
    ("nobody", "/attend/OVER-1"),
    ("nobody", "/ticket/{token}"),
    ("nobody", "/evaluate/{asked}"),
    ("instructor", "/door/{meeting}"),
]


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_each_page_speaks_both_languages(people: People, over: Registration, who: str, address: str) -> None:
    with within(people.here):
        given = {
            "token": over.token,
            "asked": EvaluationRequest.objects.get().token,
            "meeting": Meeting.objects.get().pk,
        }
    client = people.client(who)
    told = {
        language: client.get(address.format(**given), headers={"accept-language": language}).content.decode()
        for language in ("en", "cy")
    }
    words = {language: re.sub(r"<[^>]+>", " ", html) for language, html in told.items()}
    assert words["en"] != words["cy"]
    for language, html in told.items():
        assert f'<html lang="{language}">' in html
        assert html.count("<h1") == 1
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
        assert "{{" not in html
        assert "{%" not in html
