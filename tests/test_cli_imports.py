"""`resilience import` and `resilience activities`: the JSON they print, exit codes, messages beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MADE = """
from datetime import datetime, timedelta, timezone
from resilience.site import serve
serve.set_up(); serve.migrate()
from resilience.people.models import Organisation
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import activities
day = datetime(2026, 3, 4, 9, tzinfo=timezone.utc)
partner = Organisation.objects.create(name="University of Somewhere")
with within(partner):
    activities.create(partner, NOBODY, kind="training", format="online", title="Course", code="TRA-1", status="open",
                      sittings=[activities.Sitting(day, day + timedelta(hours=3))])
"""
FILE = (
    "Order #,Name,Email,Attendee Status\n"
    "1,Ann,ann@example.org,Checked In\n2,Ann,ann@example.org,Checked In\n3,Bo,bo@,Checked In\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one activity in it."""
    made = tmp_path_factory.mktemp("data")
    subprocess.run([sys.executable, "-c", MADE], check=True, env=environment(made))
    return made


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "RESILIENCE_DATA": str(folder)}


def resilience(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "resilience.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        env=environment(folder),
        check=False,
    )


def test_activities_are_listed_with_their_codes(folder: Path) -> None:
    done = resilience(folder, "activities", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == [
        {
            "code": "TRA-1",
            "title": "Course",
            "kind": "training",
            "organisation": "University of Somewhere",
            "starts_at": "2026-03-04T09:00:00+00:00",
            "status": "open",
        }
    ]
    assert "TRA-1" in resilience(folder, "activities").stdout


def test_attendance_is_tried_imported_and_refused_the_second_time(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "attendees.csv"
    file.write_text(FILE)
    tried = resilience(folder, "import", "attendance", file, "--activity", "TRA-1", "--dry-run", "--json")
    assert tried.returncode == 0
    told = json.loads(tried.stdout)
    assert list(told) == ["source", "rows", "imported", "merged", "refused", "batch"]
    assert (told["source"], told["rows"], told["imported"], told["merged"], told["batch"]) == (
        "eventbrite",
        3,
        1,
        1,
        None,
    )
    assert [(one["row"], one["column"]) for one in told["refused"]] == [(4, "Email")]
    assert "no e-mail address" in told["refused"][0]["reason"]

    done = resilience(folder, "import", "attendance", file, "--activity", "tra-1", "--json")
    assert done.returncode == 0
    assert {**json.loads(done.stdout), "batch": None} == told
    assert len(json.loads(done.stdout)["batch"]) == 36

    again = resilience(folder, "import", "attendance", file, "--activity", "TRA-1", "--json")
    assert (again.returncode, again.stdout) == (2, "")
    assert "imported already" in again.stderr


def test_an_evaluation_is_imported_with_a_column_named_by_hand(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("Wer,Overall\nann@example.org,5\nanonymous,2\n")
    options = ("--activity", "TRA-1", "--level", "behaviour", "--column", "Wer=email")
    done = resilience(folder, "import", "evaluation", file, *options)
    assert done.returncode == 0
    assert "plain: 2 rows; 2 imported, 0 merged, 0 refused" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("attendance", "FILE", "--activity", "NONE-1"), "no activity with this code"),
        (("attendance", "missing.csv", "--activity", "TRA-1"), "cannot be read"),
        (("attendance", "FILE", "--activity", "TRA-1", "--column", "Name"), "joined by ="),
        (("attendance", "FILE", "--activity", "TRA-1", "--column", "Who=name"), "no column Who"),
        (("attendance", "EMPTY", "--activity", "TRA-1"), "empty"),
    ],
)
def test_bad_input_ends_with_2_and_says_what_to_do(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "FILE").write_text("Name\nCy\n")
    (tmp_path / "EMPTY").write_text("")
    given = [tmp_path / one if one in {"FILE", "EMPTY", "missing.csv"} else one for one in arguments]
    done = resilience(folder, "import", *given, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_file_of_which_no_row_can_be_used_fails_and_is_accounted_for(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name,Email\n,x@\n")
    done = resilience(folder, "import", "attendance", file, "--activity", "TRA-1", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["refused"][0]["row"] == 2
    assert "not one row" in done.stderr


def test_tick_removes_uploads_that_nobody_came_back_for(folder: Path) -> None:
    old, young = folder / "imports" / "old", folder / "imports" / "young"
    for upload in (old, young):
        upload.mkdir(parents=True)
        (upload / "file").write_text("Name\nAnn\n")
    os.utime(old, (0, 0))
    assert resilience(folder, "tick", "--json").returncode == 0
    assert not old.exists()
    assert young.exists()
