"""A site with people in it: two organisations, every role, and a session finished by a trainee."""

from __future__ import annotations

import gzip
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from resilience.people.models import Account, Organisation, Role
from resilience.people.permissions import Actor
from resilience.people.services import add_member
from resilience.records import services as records
from resilience.records.models import SessionRecord
from resilience.site import live
from tests.records.conftest import finished

PASSWORD = "correct horse battery"
TOKEN = "a-token-nobody-guesses"


@dataclass
class People:
    """Who is there. `owner` finished the session `played`; `outsider` is an instructor somewhere else."""

    here: Organisation
    elsewhere: Organisation
    accounts: dict[str, Account]
    played: str
    unfinished: str
    record: SessionRecord

    def client(self, who: str) -> Client:
        """A browser signed in as that person; "nobody" and "holder" are signed in as no one."""
        client = Client(headers={"authorization": f"Bearer {TOKEN}"} if who == "holder" else {})
        if who in self.accounts:
            client.force_login(self.accounts[who])
        return client


@pytest.fixture(autouse=True)
def fresh_counters(settings: Any) -> Iterator[None]:
    # The real hash takes a tenth of a second by design; here it would only be waited for.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def no_classroom(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Sessions are begun on paper only; the list holds what was asked for."""
    asked: list[tuple[Any, ...]] = []

    def create(module: str, mode: str, seed: int, language: str, *, kept: bool = True) -> tuple[str, str]:
        asked.append((module, mode, seed, language))
        return str(uuid.uuid4()), TOKEN

    monkeypatch.setattr(live, "create", create)
    monkeypatch.setattr(live, "forget", lambda sessions: None)
    return asked


def make_people() -> People:
    here = Organisation.objects.create(name="Here")
    elsewhere = Organisation.objects.create(name="Elsewhere")
    accounts = {}
    for role in Role:
        accounts[role.value], _ = add_member(here, f"{role.value}@here.example", f"A {role.value}", role, PASSWORD)
    accounts["owner"], _ = add_member(here, "owner@here.example", "The owner", Role.TRAINEE, PASSWORD)
    accounts["outsider"], _ = add_member(
        elsewhere, "outsider@elsewhere.example", "An outsider", Role.INSTRUCTOR, PASSWORD
    )
    accounts["loner"] = Account.objects.create_user("loner@nowhere.example", PASSWORD)
    actor = Actor(accounts["owner"], here, Role.TRAINEE)
    played, unfinished = str(uuid.uuid4()), str(uuid.uuid4())
    for session in (played, unfinished):
        records.begin(session, TOKEN, "aseptic-filling", "practice", 1, "en", actor)
    record = records.record(finished(1, session=played))
    return People(here, elsewhere, accounts, played, unfinished, record)


@pytest.fixture
def people(embedded_store: str) -> People:
    return make_people()


@pytest.fixture
def people_anywhere(store: str) -> People:
    """The same on both kinds of database."""
    return make_people()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, Any]]:
    """Reveals are made up: what they say is the simulator's business and tested there."""
    from resilience.site import reveals

    made = {
        "outcome": {"verdict": "not_yet_competent", "seed": 1, "seconds": 245.0, "findings": []},
        "headline": "Two of your twelve vials would probably have grown",
        "self_rating": 4,
        "findings": [
            {
                "check": "first-air-vial",
                "code": "AIR",
                "severity": "critical",
                "tick": 4900,
                "seconds": 2.4,
                "step": "dispense",
                "source": "EU GMP Annex 1 (2022) 8.9",
                "title": "A hand stood over an open vial",
                "why": "What falls from a glove falls into the vial.",
                "paragraph": "EU GMP Annex 1 (2022) 8.9",
                "at": "4:05",
            }
        ],
        "plates": [{"item": "vial-1", "name": "Vial 1", "expected_cfu": 0.42, "drawn_cfu": 1, "by_route": {}}],
        "cost": {
            "gbp": {"mid": 1234.0, "low": 800.0, "high": 2000.0},
            "waste_kg": {"mid": 1.5, "low": 1.0, "high": 2.0},
            "lines": [],
            "source": "",
        },
        "next": {"module": "aseptic-filling", "mode": "practice", "seed": 2},
        "receipt": {"record": 1, "hash": "f" * 64},
    }
    monkeypatch.setattr(reveals, "reveal", lambda session, language: made)
    monkeypatch.setattr(reveals, "replay", lambda session: gzip.compress(b'{"ticks": 1}'))
    return lambda: made
