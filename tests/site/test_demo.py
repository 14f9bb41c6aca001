"""The demonstration data, made once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from resilience.footprint import Measure, Tier
from resilience.people.models import Account, Organisation, Role
from resilience.people.permissions import GIVEN_BY
from resilience.people.scopes import whole_programme
from resilience.people.services import actor_of, memberships_of
from resilience.programme.demonstration import plan
from resilience.programme.skills import gap
from resilience.records import services as records
from resilience.records.models import CLAIMS, Attempt
from resilience.results import footprints, snapshots
from resilience.results.models import Pack
from resilience.site import demo


def test_it_is_made_once_with_an_account_for_each_role(store: str, settings: Any) -> None:
    settings.STATIC_SOURCES = {"": settings.STATIC_SOURCES[""]}
    said: list[str] = []
    demo.build(said.append)
    accounts = {line.split()[0]: line.split()[1] for line in said if "@demo.invalid" in line}
    assert len(accounts) == len(Role)
    for email, password in accounts.items():
        assert Account.objects.get(email=email).check_password(password)
    # People of the partners who practised have accounts that nobody can sign in to.
    others = Account.objects.exclude(email__in=accounts)
    assert len(others) == 7
    assert not any(account.has_usable_password() for account in others)
    assert not Organisation.objects.exclude(invented=True).exists()
    day = next(line.split()[-1] for line in said if "--as-of" in line)
    figures = snapshots.count_all(date.fromisoformat(day))
    assert figures["trainees"].value == 1200
    homes = {email: actor_of(Account.objects.get(email=email)).organisation for email in accounts}
    kinds = {email.partition("@")[0]: home.kind for email, home in homes.items() if home is not None}
    assert kinds == {
        **dict.fromkeys(("administrator", "instructor", "trainee", "quality"), "employer"),
        **dict.fromkeys(("lead", "analyst"), "lead"),
        "coordinator": "partner",
        "funder": "funder",
    }
    for email in accounts:
        for membership in memberships_of(Account.objects.get(email=email)):
            assert membership.role in GIVEN_BY[membership.organisation.kind]
    verified(replaying=store == "sqlite")
    the_practice_counts(homes["lead@demo.invalid"], homes["coordinator@demo.invalid"])
    made, rows = Account.objects.count(), sessions()
    again: list[str] = []
    demo.build(again.append)
    assert Account.objects.count() == made
    assert sessions() == rows
    assert "already" in again[0]


def sessions() -> int:
    return records.verify(replaying=False).records


def verified(replaying: bool) -> None:
    """The chain holds, the sessions of the past come before those of today, and every log replays to its outcome."""
    practice = plan().practice
    mastery = practice.mastery.people * len(practice.mastery.plays)
    found = records.verify(replaying=replaying)
    assert found.ok
    assert found.records == len(practice.sessions) + mastery + demo.NOVICES + 1
    assert not replaying or found.replayed == found.records


def the_practice_counts(lead: Organisation | None, partner: Organisation | None) -> None:
    """Records let the lead's site say "saved", profiles alone do not; mastery gives what the cabinet teaches."""
    assert lead is not None
    assert partner is not None
    today = timezone.localdate()
    assert footprints.tell(lead, today).account.tier is Tier.T2
    assert footprints.tell(partner, today).account.tier is Tier.T1
    everybody = footprints.tell(None, today)
    assert everybody.account.tier is Tier.T1
    assert everybody.of_classes > 100
    assert everybody.account.credited_sessions > 0
    assert everybody.account.by_purpose["outreach"][Measure.CARBON].median < 0
    packs = {pack.quarter: pack.data["footprint"] for pack in Pack.objects.all()}
    last = packs[max(packs)]
    assert 0 < last["credited_sessions"] < everybody.account.credited_sessions
    (group,) = gap.gap(None, "", today)
    assert (
        next(row for row in group.rows if row.competence == "aseptic-manipulation").held
        == plan().practice.mastery.people
    )
    with whole_programme("a test"):
        waiting = Attempt.objects.filter(purpose__in=CLAIMS, countersigned_at=None)
        assert {attempt.organisation.name for attempt in waiting if attempt.organisation} == {
            demo.ORGANISATION,
            partner.name,
        }


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
