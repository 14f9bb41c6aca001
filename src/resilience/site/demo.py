"""Demonstration data: an invented programme of 18 months, an account for each role, sessions of virtual trainees.

Everything in it says that it is invented: the organisations are marked, and names say so.
"""

from __future__ import annotations

import gzip
import os
import secrets
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from resilience.site import serve

if TYPE_CHECKING:
    from resilience.people.models import Organisation
    from resilience.people.permissions import Actor
    from resilience.programme.demonstration import Demonstration
    from resilience.records.services import Finished
    from resilience.training.simulation import Simulated

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
    say("Accounts for demonstration; the passwords are shown this once:")
    actors = make_people(say)
    as_of = make_programme(actors, say)
    say(f"  its figures: resilience results --as-of {as_of}")
    say("Virtual trainees play the demonstration sessions (some seconds):")
    for name, seed, mode in sessions():
        play(actors["trainee"], name, seed, mode)
        say(f"  {name}, seed {seed}, {mode}")


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


def make_programme(actors: dict[str, Actor], say: Callable[[str], None]) -> date:
    """The invented programme, its roles moved to its own organisations; returns the day of its figures."""
    from resilience.programme.demonstration import Demonstration
    from resilience.results import demonstration

    say("An invented programme of five partners is entered quarter by quarter (some seconds):")
    accounts = [actor.account for actor in (actors["lead"], actors["coordinator"]) if actor.account]
    made = Demonstration(accounts)
    move(actors, made, made.found())
    return demonstration.enter(made, actors["lead"], actors["analyst"], say)


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


def sessions() -> list[tuple[str, int, str]]:
    """(virtual trainee, seed, mode) of each demonstration session, novices first, as a person's sessions would be."""
    from resilience.training import modules, trainees

    module = modules.load(MODULE)
    novices = trainees.names(module)[1:]
    chosen = novices[:: max(1, len(novices) // NOVICES)][:NOVICES]
    modes = ["guided", "practice"]
    played = [
        (name, trainees.seed_for(module, name, 100 + place), modes[min(place, 1)]) for place, name in enumerate(chosen)
    ]
    return [*played, (trainees.EXPERT, 200, "assessment")]


def play(trainee: Actor, name: str, seed: int, mode: str) -> None:
    """Lets a virtual trainee play a session and records it as the demonstration trainee's."""
    from resilience.records import services as records
    from resilience.training.simulation import simulate

    session = str(uuid.uuid4())
    records.begin(session, secrets.token_urlsafe(24), MODULE, mode, seed, "en", trainee)
    records.record(finished(session, simulate(MODULE, name, seed, mode=mode)))


def finished(session: str, done: Simulated) -> Finished:
    """A virtual trainee's run as a finished session."""
    from resilience.records import services as records
    from resilience.training.log import log_lines

    header = done.session.header
    log = b"".join(log_lines(header, done.actions, done.outcome.hash))
    return records.Finished(
        session=session,
        module=header.module,
        version=header.version,
        content_hash=header.content_hash or "",
        seed=header.seed,
        mode=header.mode,
        language=header.language,
        log=gzip.compress(log, mtime=0),
        outcome=done.outcome.as_dict(),
    )
