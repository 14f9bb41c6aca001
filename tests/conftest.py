"""Shared by all tests: a database of each kind, migrated once and copied for every test.

The tests start their own PostgreSQL. Each test gets a real database of its own, committed to as in service, so that
triggers, locks and several connections behave as they do there.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import translation

from resilience.site.database import database

POSTGRES_FOLDERS = [Path(folder) for folder in ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt")]


def postgres_program(name: str) -> str:
    """The program of the newest PostgreSQL on this machine; without one the tests cannot say what they must."""
    found = sorted(path for folder in POSTGRES_FOLDERS for path in folder.glob(f"*/bin/{name}"))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        pytest.fail(f"PostgreSQL's {name} was not found: run scripts/need postgresql")
    return program


def as_postgres(*command: str) -> None:
    """Runs a command of PostgreSQL, which refuses to serve for root: then as the user its package made."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture(autouse=True)
def in_english() -> None:
    """A page that was asked for in Welsh leaves its language on the thread: every test begins in English."""
    translation.activate("en")


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket folder of a PostgreSQL that lives as long as the tests do."""
    folder = Path("/tmp") / f"resilience-pg-{os.getpid()}"
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    as_postgres(postgres_program("initdb"), "-D", data, "-U", "resilience", "--auth=trust", "--no-sync", "-E", "UTF8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    as_postgres(postgres_program("pg_ctl"), "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
    yield str(folder)
    as_postgres(postgres_program("pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder)


def use(config: dict[str, Any]) -> None:
    """Makes the default connection of every thread one to this database."""
    full = {**connections["default"].settings_dict, **config}
    connections["default"].close()
    connections.settings["default"] = full
    del connections["default"]


class Stores:
    """Makes databases: the first of each kind is migrated, the others are copied from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0
        self.templates: dict[str, str] = {}

    def sqlite(self) -> dict[str, Any]:
        self.made += 1
        path = self.folder / f"{self.made}.sqlite3"
        if "sqlite" not in self.templates:
            template = self.folder / "template.sqlite3"
            use(database(f"sqlite:///{template}", self.folder))
            call_command("migrate", verbosity=0)
            connections["default"].close()
            self.templates["sqlite"] = str(template)
        with sqlite3.connect(self.templates["sqlite"]) as source, sqlite3.connect(path) as target:
            source.backup(target)
        source.close()
        target.close()
        return database(f"sqlite:///{path}", self.folder)

    def postgresql(self, server: str) -> dict[str, Any]:
        def url(name: str) -> str:
            return f"postgresql://resilience@/{name}?host={server}"

        self.made += 1
        name = f"store_{self.made}"
        if "postgresql" not in self.templates:
            self.create(database(url("postgres"), self.folder), "template_store")
            use(database(url("template_store"), self.folder))
            call_command("migrate", verbosity=0)
            connections["default"].close()
            self.templates["postgresql"] = "template_store"
        self.create(database(url("postgres"), self.folder), name, template="template_store")
        return database(url(name), self.folder)

    def create(self, administration: dict[str, Any], name: str, template: str = "template1") -> None:
        use(administration)
        with connections["default"].cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        connections["default"].close()


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Stores:
    return Stores(tmp_path_factory.mktemp("stores"))


@pytest.fixture
def data_folder(tmp_path: Path, settings: Any) -> Path:
    """A data folder of the test's own."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "static").mkdir()
    settings.RESILIENCE_DATA = folder
    settings.STATIC_ROOT = folder / "static"
    return folder


def opened(kind: str, request: pytest.FixtureRequest, stores: Stores, blocker: Any) -> Iterator[str]:
    before = dict(connections.settings["default"])
    with blocker.unblock():
        if kind == "sqlite":
            config = stores.sqlite()
        else:
            config = stores.postgresql(request.getfixturevalue("postgres_server"))
        use(config)
        yield kind
        use(before)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, stores: Stores, data_folder: Path, django_db_blocker: Any) -> Iterator[str]:
    """An empty, migrated database of each kind; its value is the kind."""
    yield from opened(request.param, request, stores, django_db_blocker)


@pytest.fixture
def embedded_store(
    request: pytest.FixtureRequest, stores: Stores, data_folder: Path, django_db_blocker: Any
) -> Iterator[str]:
    """An empty, migrated SQLite database, for tests of what does not depend on the kind."""
    yield from opened("sqlite", request, stores, django_db_blocker)
