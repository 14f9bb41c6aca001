"""The pages of imports: a file's way from upload to undo, and what is refused on the way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from django_scopes import scope

from resilience.people.permissions import NOBODY
from resilience.programme import activities
from resilience.programme.imports import commit
from resilience.programme.models import Activity, Attendance, ImportBatch
from resilience.site import uploads
from resilience.site.pages.imports import kept
from tests.site.conftest import People

NOW = datetime.now(UTC).replace(microsecond=0)
MESSY = (
    b"Register of the day;;;\r\n"
    b"Vorname;Family name;E-mail;Attended\r\n"
    b"Ann;Lee;ann@example.org;yes\r\n"
    b"Ann;Lee;ann@example.org;yes\r\n"
    b"=cmd;Ray;bo@example.org;yes\r\n"
    b"Cy;Fox;cy@;yes\r\n"
)


@pytest.fixture
def activity(people: People) -> Activity:
    with scope(organisation=people.here.pk):
        return activities.create(
            people.here,
            NOBODY,
            kind="training",
            format="online",
            title="Course in asepsis",
            code="TRA-1",
            status="open",
            sittings=[activities.Sitting(NOW, NOW + timedelta(hours=3))],
        )


@pytest.fixture
def coordinator(people: People) -> Client:
    return people.client("coordinator")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Pages in English, whichever language one was asked for before."""
    with translation.override("en"):
        yield


def send(client: Client, data: bytes, name: str = "list.csv", **other: Any) -> HttpResponse:
    file = SimpleUploadedFile(name, data)
    return client.post("/imports/upload", {"activity": "TRA-1", "what": "attendance", "file": file, **other})


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def columns(*fields: str, **other: str) -> dict[str, str]:
    return {f"column-{index}": field for index, field in enumerate(fields)} | {"heads_kind": "estimate"} | other


def kept_files(data_folder: Path) -> list[str]:
    return [path.name for path in (data_folder / "imports").rglob("*") if path.is_file()]


def test_a_messy_file_from_upload_to_undo(
    people: People, coordinator: Client, activity: Activity, data_folder: Path
) -> None:
    answer = send(coordinator, MESSY)
    assert answer.status_code == 302
    page = answer.headers["Location"]
    seen = text(coordinator.get(page))
    assert "Register of the day" not in seen
    assert "semicolons" in seen
    assert "Vorname" in seen
    assert "This is no e-mail address" in seen

    # The first column was not understood; the page says what it means, and shows the dry run anew.
    chosen = columns("first_name", "last_name", "email", "status", do="import")
    changed = coordinator.post(page, chosen, follow=True)
    assert "You changed something" in text(changed)
    assert "There is a formula" in text(changed)
    with scope(organisation=people.here.pk):
        assert not ImportBatch.objects.exists()

    table = coordinator.get(f"{page}/refused.csv")
    rows = list(csv.reader(io.StringIO(text(table).removeprefix("\ufeff"))))
    assert rows[0][:4] == ["Vorname", "Family name", "E-mail", "Attended"]
    assert [row[0] for row in rows[1:]] == ["'=cmd", "Cy"]
    assert [row[4] for row in rows[1:]] == ["5", "6"]

    done = coordinator.post(page, chosen, follow=True)
    assert "The file was imported." in text(done)
    with scope(organisation=people.here.pk):
        batch = ImportBatch.objects.get()
        assert (batch.imported, batch.merged, batch.refused) == (1, 1, 2)
        assert Attendance.objects.count() == 1
    assert kept_files(data_folder) == [f"{batch.pk}.csv"]
    assert text(coordinator.get(f"/imports/{batch.pk}/refused.csv")) == text(table)
    assert coordinator.get(page).status_code == 404

    undone = coordinator.post(f"/imports/{batch.pk}/undo", follow=True)
    assert "taken back" in text(undone)
    with scope(organisation=people.here.pk):
        assert not Attendance.objects.exists()
    assert kept_files(data_folder) == []


def test_the_corrected_table_of_refused_rows_is_brought_in_as_it_is(coordinator: Client, activity: Activity) -> None:
    page = send(coordinator, b"Name,Email\nAnn Lee,ann@example.org\nCy Fox,cy@\n").headers["Location"]
    table = text(coordinator.get(f"{page}/refused.csv"))
    coordinator.post(page, columns("name", "email", do="import"))
    again = send(coordinator, table.replace("cy@", "cy@example.org").encode(), "refused.csv").headers["Location"]
    seen = text(coordinator.get(again))
    assert "Import 1 row" in seen
    assert "Refused rows" not in seen


def test_a_page_that_waits_is_told_how_far_the_work_is(
    coordinator: Client, activity: Activity, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = re.findall(r'name="token" value="([^"]+)"', text(coordinator.get("/imports")))[0]
    progress = f"/imports/files/{token}/progress"
    assert coordinator.get(progress).json() == {"share": None}
    seen = []

    def watched(work: str) -> Any:
        real = getattr(commit, work)

        def run(*given: Any) -> Any:
            *others, tell = given

            def and_look(done: int, total: int) -> None:
                tell(done, total)
                seen.append((work, coordinator.get(progress).json()["share"]))
                assert people.client("lead").get(progress).json() == {"share": None}

            return real(*others, and_look)

        return run

    monkeypatch.setattr(commit, "commit", watched("commit"))
    monkeypatch.setattr(commit, "dry_run", watched("dry_run"))
    page = send(coordinator, b"Name,Email\nAnn Lee,ann@example.org\n", token=token).headers["Location"]
    assert page == f"/imports/files/{token}"
    coordinator.get(page)
    assert coordinator.get(progress).json() == {"share": None}
    coordinator.post(page, columns("name", "email", do="import"))
    assert seen == [("dry_run", 0.0), ("commit", 0.0), ("commit", 0.333), ("commit", 0.667), ("commit", 1.0)]
    # The form with the same token, sent again: the file lies under another.
    other = send(coordinator, b"Name,Email\nBo Ray,bo@example.org\n", token="../../secret-key").headers["Location"]
    again = send(coordinator, b"Name,Email\nBo Ray,bo@example.org\n", token=other.rpartition("/")[2]).headers[
        "Location"
    ]
    assert again != other


def test_the_same_file_again_is_told_with_the_way_to_its_import(coordinator: Client, activity: Activity) -> None:
    data = b"Name,Email\nAnn Lee,ann@example.org\n"
    page = send(coordinator, data).headers["Location"]
    coordinator.post(page, columns("name", "email", do="import"))
    answer = coordinator.get(send(coordinator, data).headers["Location"])
    assert answer.status_code == 422
    assert "imported already" in text(answer)
    assert "See that import" in text(answer)


def test_what_cannot_be_read_is_told_and_not_kept(coordinator: Client, activity: Activity, data_folder: Path) -> None:
    answer = coordinator.get(send(coordinator, b"%PDF-1.7").headers["Location"])
    assert answer.status_code == 422
    assert "this is a PDF file" in text(answer)
    assert kept_files(data_folder) == []


def test_a_file_of_200_mb_is_refused_without_being_read(
    coordinator: Client, activity: Activity, data_folder: Path
) -> None:
    announced = str(200 * 1024 * 1024)
    answer = coordinator.post(
        "/imports/upload", b"--x\r\n", "multipart/form-data; boundary=x", headers={"Content-Length": announced}
    )
    assert answer.status_code == 413
    assert "larger than 25 MB" in text(answer)
    assert not (data_folder / "imports").exists()


def test_a_file_that_grows_beyond_the_limit_is_stopped(
    coordinator: Client, activity: Activity, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FILE", 100_000)
    answer = send(coordinator, b"Name\n" + b"Ann\n" * 50_000)
    assert answer.status_code == 413
    assert "larger than 25 MB" in text(answer)
    assert not (data_folder / "imports").exists()


def test_an_upload_needs_the_token_of_its_page(people: People, activity: Activity) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.accounts["coordinator"])
    assert send(client, b"Name\nAnn\n").status_code == 403
    token = client.get("/imports").cookies["csrftoken"].value
    assert send(client, b"Name\nAnn\n", csrfmiddlewaretoken=token).status_code == 302


def test_an_activity_of_another_partner_cannot_be_chosen(people: People, activity: Activity) -> None:
    from resilience.people.models import Account, Role
    from resilience.people.services import add_member

    account, _new = add_member(people.elsewhere, "other@elsewhere.example", "Other", Role.COORDINATOR)
    assert isinstance(account, Account)
    client = Client()
    client.force_login(account)
    answer = send(client, b"Name\nAnn\n")
    assert answer.status_code == 422
    assert "Course in asepsis" not in text(answer)


def test_nothing_chosen_is_told_beside_the_field(coordinator: Client, activity: Activity) -> None:
    answer = coordinator.post("/imports/upload", {"what": "attendance"})
    assert answer.status_code == 422
    assert "Course in asepsis" in text(answer)
    assert 'role="alert"' in text(answer)


def test_a_file_can_be_thrown_away(coordinator: Client, activity: Activity, data_folder: Path) -> None:
    page = send(coordinator, b"Name\nAnn\n").headers["Location"]
    assert len(kept_files(data_folder)) == 2
    answer = coordinator.post(page, {"do": "drop"}, follow=True)
    assert "thrown away" in text(answer)
    assert kept_files(data_folder) == []


def test_what_nobody_came_back_for_is_removed_after_a_day(
    coordinator: Client, activity: Activity, data_folder: Path
) -> None:
    page = send(coordinator, b"Name\nAnn\n").headers["Location"]
    kept.sweep(datetime.now(UTC) + timedelta(hours=23))
    assert coordinator.get(page).status_code == 200
    kept.sweep(datetime.now(UTC) + timedelta(hours=25))
    assert kept_files(data_folder) == []
    assert coordinator.get(page).status_code == 404


@pytest.mark.parametrize("token", ["x" * 32, "..", "a%2Fb", "../../../etc/passwd"])
def test_a_name_that_was_never_given_leads_nowhere(coordinator: Client, activity: Activity, token: str) -> None:
    assert coordinator.get(f"/imports/files/{token}").status_code == 404


def test_an_import_that_was_built_upon_says_why_it_stays(
    people: People, coordinator: Client, activity: Activity
) -> None:
    page = send(coordinator, b"Name,Email\nAnn Lee,ann@example.org\n").headers["Location"]
    coordinator.post(page, columns("name", "email", do="import"))
    with scope(organisation=people.here.pk):
        batch = ImportBatch.objects.get()
        Attendance.objects.get().person.registrations.update(status="cancelled")
    shown = text(coordinator.get(f"/imports/{batch.pk}"))
    assert "A registration in it was changed since." in shown
    assert "Take this import back" not in shown
    told = coordinator.post(f"/imports/{batch.pk}/undo", follow=True)
    assert "It cannot be taken back" in text(told)


def test_refused_rows_come_in_pages(coordinator: Client, activity: Activity) -> None:
    rows = "".join(f"N{number},bad\n" for number in range(60))
    page = send(coordinator, f"Name,Email\n{rows}Ann,ann@example.org\n".encode()).headers["Location"]
    first, second = text(coordinator.get(page)), text(coordinator.get(f"{page}?page=2"))
    assert first.count("This is no e-mail address") == 50
    assert second.count("This is no e-mail address") == 10


def test_the_pages_speak_welsh(coordinator: Client, activity: Activity) -> None:
    page = send(coordinator, b"Name,Email\nAnn,ann@\n").headers["Location"]
    welsh = {"Accept-Language": "cy"}
    assert "Mewnforion" in text(coordinator.get("/imports", headers=welsh))
    assert "Nid cyfeiriad e-bost" in text(coordinator.get(page, headers=welsh))
