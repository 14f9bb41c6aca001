"""Who may bring files in: coordinators and the lead, for their own organisation; an upload is its sender's alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django_scopes import scope

from resilience.people.permissions import NOBODY
from resilience.programme import activities
from resilience.programme.imports import commit, mapping
from resilience.programme.imports.loaded import load
from resilience.programme.imports.options import Options
from resilience.site.pages.imports import kept
from tests.site.conftest import People
from tests.site.tables import WHO, only

RUN = only("lead", "coordinator")
GOES_ON = only("lead", "coordinator", answer=302)


def sender_alone(answer: int) -> str:
    statuses = only("coordinator", answer=answer).split()
    statuses[WHO.index("lead")] = "404"
    return " ".join(statuses)


ROWS = [
    ("GET", "imports", "", RUN),
    ("POST", "import-upload", "", only("lead", "coordinator", answer=422)),
    ("GET", "import-check", "upload_token", sender_alone(200)),
    ("POST", "import-check", "upload_token", sender_alone(302)),
    ("GET", "import-check-refused", "upload_token", sender_alone(200)),
    ("GET", "import-progress", "upload_token", RUN),
    ("GET", "import", "batch", RUN),
    ("GET", "import-refused", "batch", RUN),
    ("POST", "import-undo", "batch", GOES_ON),
]
BODIES: dict[str, dict[str, Any]] = {"import-check": {"data": {"heads_kind": "estimate"}}}
FILE = b"Name,Email,Attended\nAnn Lee,ann@example.org,yes\nBo Ray,bo@,yes\n"


def given(people: People, needed: list[str]) -> dict[str, Any]:
    if not {"upload_token", "batch"} & set(needed):
        return {}
    now = datetime.now(UTC)
    with scope(organisation=people.here.pk):
        activity = activities.create(
            people.here,
            NOBODY,
            kind="training",
            format="online",
            title="Course",
            code="TRA-IMP",
            status="open",
            sittings=[activities.Sitting(now, now + timedelta(hours=1))],
        )
        sender = people.accounts["coordinator"].pk
        upload = kept.keep(ContentFile(FILE, "list.csv"), str(people.here.pk), sender, "TRA-IMP", "attendance", now)
        if "upload_token" in needed:
            return {"upload_token": upload.token}
        loaded = load(upload.path, upload.name)
        fields = mapping.propose(loaded.header, "attendance")
        batch, _plan = commit.commit(loaded, activity, "attendance", fields, Options(), NOBODY, now)
        assert batch is not None
        kept.refused_table(batch.pk).write_text("Name\n")
        return {"batch": batch.pk}
