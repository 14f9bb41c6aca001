"""Demonstration data: an invented programme of 18 months, an account for each role, sessions of virtual trainees.

Everything in it says that it is invented: the organisations are marked, and names say so.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from resilience.site import serve

if TYPE_CHECKING:
    from resilience.people.models import Organisation
    from resilience.people.permissions import Actor
    from resilience.programme.demonstration import Demonstration
    from resilience.results.demonstration_practice import Company
    from resilience.training.playing import Part

ORGANISATION = "Example Medicines (invented)"
NAMES = {
    "administrator": "Invented administrator",
    "lead": "Invented programme lead",
    "coordinator": "Invented partner coordinator",
    "instructor": "Invented instructor",
    "trainee": "Invented trainee",
    "quality": "Invented quality manager",
    "funder": "Invented funder's reader",
    "analyst": "Invented diversity analyst",
}
MODULE = "aseptic-filling"
NOVICES = 3
"""How many virtual novices play, besides the expert; their errors are taken from all over the module's list."""


def build(say: Callable[[str], None] = print) -> None:
    """Makes the demonstration data once; says the passwords once. A second call changes nothing and says so."""
    serve.prepare()
    if is_there():
        say("The demonstration data is there already; its passwords were shown when it was made.")
        return
    from resilience.results.demonstration_practice import Company, record

    say("Accounts for demonstration; the passwords are shown this once:")
    actors = make_people(say)
    # Virtual trainees play in a process beside this one, while rows are entered here.
    with Company() as company:
        own = sessions()
        company.ask(one.part for one in own)
        as_of = make_programme(actors, company, say)
        say(f"  its figures: resilience results --as-of {as_of}")
        say("Sessions that virtual trainees played are recorded:")
        for one in own:
            played = company.played(one.part)
            record(played, actors["trainee"], one.purpose, one.device)
            say(f"  {one.part.trainee}, seed {played.seed}, {played.mode}")


def first_start(say: Callable[[str], None] = print) -> None:
    """Makes the demonstration data on a store that holds nothing yet, unless RESILIENCE_DEMO is 0."""
    from resilience.people.models import Account, Organisation

    if os.environ.get("RESILIENCE_DEMO") == "0" or Organisation.objects.exists() or Account.objects.exists():
        return
    build(say)


def is_there() -> bool:
    from resilience.people.models import Organisation

    return Organisation.objects.filter(invented=True).exists()


def make_people(say: Callable[[str], None]) -> dict[str, Actor]:
    """A site that trains, and one account for each role there; returns who acts in each role."""
    from resilience.people.models import Organisation, Role
    from resilience.people.permissions import Actor
    from resilience.people.services import add_member

    site = Organisation.objects.create(name=ORGANISATION, kind="employer", invented=True)
    actors = {}
    for role in Role:
        password = secrets.token_urlsafe(12)
        email = f"{role.value}@demo.invalid"
        account, _ = add_member(site, email, NAMES[role.value], role, password)
        actors[role.value] = Actor(account, site, role)
        say(f"  {email:<28} {password}")
    return actors


def make_programme(actors: dict[str, Actor], company: Company, say: Callable[[str], None]) -> date:
    """The invented programme with its practice, its roles moved to its own organisations; returns its figures' day."""
    from django.utils import timezone

    from resilience.programme.demonstration import Demonstration
    from resilience.results import demonstration
    from resilience.results.demonstration_practice import Practice

    say("An invented programme of five partners is entered quarter by quarter (some seconds):")
    accounts = [actor.account for actor in (actors["lead"], actors["coordinator"]) if actor.account]
    now = timezone.now()
    made = Demonstration(accounts, now)
    organisations = made.found()
    move(actors, made, organisations)
    instructor = actors["instructor"].account
    assert instructor is not None
    practice = Practice(made.plan, organisations, company, instructor, now)
    as_of = demonstration.enter(made, actors["lead"], actors["analyst"], say, practice)
    practice.finish()
    return as_of


def move(actors: dict[str, Actor], made: Demonstration, organisations: dict[str, Organisation]) -> None:
    """Lead and analyst belong to the lead partner, the coordinator to another, the reader to the funder."""
    from resilience.people.services import memberships_of

    partners = made.plan.partners
    homes = {
        "lead": partners[0].name,
        "analyst": partners[0].name,
        "coordinator": partners[1].name,
        "funder": made.plan.funder,
    }
    for role, home in homes.items():
        account = actors[role].account
        assert account is not None
        membership = memberships_of(account)[0]
        membership.organisation = organisations[home]
        membership.save(update_fields=["organisation"])
        actors[role] = replace(actors[role], organisation=organisations[home])


@dataclass(frozen=True)
class Own:
    """A session of the demonstration trainee: what is played, what it is declared to be for, on which device."""

    part: Part
    purpose: str
    device: str


def sessions() -> list[Own]:
    """The demonstration trainee's sessions, novices first, as a person's would be; one waits to be countersigned."""
    from resilience.training import modules, trainees
    from resilience.training.playing import Part

    novices = trainees.names(modules.load(MODULE))[1:]
    chosen = novices[:: max(1, len(novices) // NOVICES)][:NOVICES]
    declared = [("", "computer"), ("extra_practice", "headset"), ("", "headset")]
    played = [
        Own(Part(MODULE, name, 100 + place, "guided" if place == 0 else "practice"), *declared[place])
        for place, name in enumerate(chosen)
    ]
    return [*played, Own(Part(MODULE, trainees.EXPERT, 200, "assessment"), "qualification", "headset")]


def play(trainee: Actor, name: str, seed: int, mode: str) -> None:
    """Lets a virtual trainee play a session and records it as somebody's."""
    from resilience.results.demonstration_practice import record
    from resilience.training.playing import Part, play

    record(play(Part(MODULE, name, seed, mode)), trainee)
