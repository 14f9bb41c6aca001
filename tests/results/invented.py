"""The invented programme, built once for all tests that look at it, each of which gets a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from resilience.people.models import Account, Organisation, Role
from resilience.people.permissions import Actor
from resilience.programme.demonstration import Demonstration
from resilience.results import demonstration
from resilience.site.database import database
from tests.conftest import Stores, use

AS_OF = "2026-06-30"
# When it is looked at: what is open then has no figures yet.
NOW = datetime(2026, 7, 14, 9, 30, tzinfo=UTC)


def actors() -> tuple[Actor, Actor]:
    """A lead who freezes and approves, and an analyst who releases."""
    home = Organisation.objects.create(name="Home of the actors")
    lead = Account.objects.create_user("lead@home.example", name="The lead")
    analyst = Account.objects.create_user("analyst@home.example", name="The analyst")
    return Actor(lead, home, Role.LEAD), Actor(analyst, home, Role.ANALYST)


def build(seed: int = 1) -> Demonstration:
    lead, analyst = actors()
    assert lead.account is not None
    made = Demonstration([lead.account], NOW, seed)
    made.found()
    demonstration.enter(made, lead, analyst, lambda _line: None)
    return made


@pytest.fixture(scope="session")
def invented_template(stores: Stores, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """The file of a store with the invented programme in it."""
    before = dict(connections.settings["default"])
    with django_db_blocker.unblock():
        config = stores.sqlite()
        use(config)
        build()
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        use(before)
    return Path(config["NAME"])


@pytest.fixture
def invented(invented_template: Path, data_folder: Path, tmp_path: Path, django_db_blocker: Any) -> Iterator[None]:
    """A store of the test's own with the invented programme in it."""
    copy = tmp_path / "invented.sqlite3"
    shutil.copy(invented_template, copy)
    before = dict(connections.settings["default"])
    with django_db_blocker.unblock():
        use(database(f"sqlite:///{copy}", tmp_path))
        yield
        use(before)


__all__ = ["AS_OF", "build", "invented", "invented_template"]
