"""An uploaded file between upload and import: in the data folder under a random name, for a day at most.

The folder of an upload holds the file itself, `about.json` (whose it is and what was chosen for it), `plan.json` (the
last dry run) and, while it is worked on, `progress.json`. What was refused stays a day longer than the import, as the
table that its coordinator corrects.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File

from resilience.programme.imports.options import Options
from resilience.programme.imports.plan import Advance

KEPT = timedelta(days=1)
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass
class Upload:
    """organisation, account: whose it is; columns: a field for each column, empty until it was chosen; at: ISO 8601."""

    token: str
    organisation: str
    account: int
    activity: str
    what: str
    name: str
    at: str
    columns: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return place() / self.token

    @property
    def path(self) -> Path:
        return self.folder / "file"

    @property
    def chosen(self) -> Options:
        return Options(**self.options)

    def save(self) -> None:
        (self.folder / "about.json").write_text(json.dumps(asdict(self)), encoding="utf-8")
        (self.folder / "plan.json").unlink(missing_ok=True)

    @contextmanager
    def working(self) -> Iterator[Advance]:
        """While something long is done with the file: gives whom it tells how far it is, for `share`."""
        told = self.folder / "progress.json"

        def tell(done: int, total: int) -> None:
            # Whoever watches may miss this; the work itself never fails by it.
            with suppress(OSError):
                told.write_text(json.dumps(round(done / max(1, total), 3)), encoding="utf-8")

        told.unlink(missing_ok=True)
        try:
            yield tell
        finally:
            told.unlink(missing_ok=True)

    @property
    def share(self) -> float | None:
        """How much of the work is done, 0 to 1; None where nothing is known of it."""
        try:
            return min(1.0, float(json.loads((self.folder / "progress.json").read_text(encoding="utf-8"))))
        except (OSError, ValueError):
            return None

    def drop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def place() -> Path:
    folder = Path(settings.RESILIENCE_DATA) / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def new_token() -> str:
    return secrets.token_urlsafe(24)


def keep(
    file: File[Any], organisation: str, account: int, activity: str, what: str, now: datetime, wanted: str = ""
) -> Upload:
    """Puts an uploaded file away, and clears out what nobody came back for.

    wanted: the token that the form was shown with, by which it can be watched; another is drawn where it is taken.
    """
    sweep(now)
    is_free = TOKEN.fullmatch(wanted) and not (place() / wanted).exists()
    token = wanted if is_free else new_token()
    upload = Upload(
        token, organisation, account, activity, what, file.name or "", now.isoformat(), [], Options().as_dict()
    )
    upload.folder.mkdir(mode=0o700)
    with upload.path.open("wb") as kept:
        for piece in file.chunks():
            kept.write(piece)
    upload.save()
    return upload


def find(token: str, organisation: str, account: int) -> Upload | None:
    """The upload, for whoever made it and acts for the same organisation."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        upload = Upload(**json.loads((place() / token / "about.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None
    return upload if (upload.organisation, upload.account) == (organisation, account) else None


def sweep(now: datetime) -> None:
    """Removes what has lain there for a day."""
    oldest = (now - KEPT).timestamp()
    for path in place().iterdir():
        if path.stat().st_mtime < oldest:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def refused_table(batch: object) -> Path:
    """Where the refused rows of an import lie, as a table to be corrected."""
    return place() / f"{batch}.csv"


def write_refused(batch: object) -> IO[str]:
    return refused_table(batch).open("w", newline="", encoding="utf-8")
