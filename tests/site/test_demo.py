"""The demonstration data, made once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from resilience.people.models import Account, Organisation, Role
from resilience.people.services import actor_of
from resilience.records import services as records
from resilience.results import snapshots
from resilience.site import demo


def test_it_is_made_once_with_an_account_for_each_role(store: str, settings: Any) -> None:
    settings.STATIC_SOURCES = {"": settings.STATIC_SOURCES[""]}
    said: list[str] = []
    demo.build(said.append)
    accounts = {line.split()[0]: line.split()[1] for line in said if "@demo.invalid" in line}
    assert len(accounts) == Account.objects.count() == len(Role)
    for email, password in accounts.items():
        assert Account.objects.get(email=email).check_password(password)
    assert not Organisation.objects.exclude(invented=True).exists()
    day = next(line.split()[-1] for line in said if "--as-of" in line)
    figures = snapshots.count_all(date.fromisoformat(day))
    assert figures["trainees"].value == 1200
    found = records.verify()
    assert found.ok
    assert found.records == found.replayed == demo.NOVICES + 1
    homes = {account.email: actor_of(account).organisation for account in Account.objects.all()}
    kinds = {email.partition("@")[0]: home.kind for email, home in homes.items() if home is not None}
    assert kinds == {
        **dict.fromkeys(("administrator", "instructor", "trainee", "quality"), "employer"),
        **dict.fromkeys(("lead", "analyst"), "lead"),
        "coordinator": "partner",
        "funder": "funder",
    }
    again: list[str] = []
    demo.build(again.append)
    assert Account.objects.count() == len(Role)
    assert records.verify(replaying=False).records == demo.NOVICES + 1
    assert "already" in again[0]


def test_a_first_start_makes_it_and_a_store_in_use_is_left_alone(
    embedded_store: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []
    monkeypatch.setattr(demo, "build", lambda say: built.append("built"))
    monkeypatch.setenv("RESILIENCE_DEMO", "0")
    demo.first_start()
    assert built == []
    monkeypatch.delenv("RESILIENCE_DEMO")
    demo.first_start()
    assert built == ["built"]
    Organisation.objects.create(name="Site A")
    demo.first_start()
    assert built == ["built"]
