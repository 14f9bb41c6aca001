"""Demonstration data: an invented organisation, an account for each role, and sessions played by virtual trainees.

Everything in it says that it is invented: the organisation is marked, its name and the names of its people say so.
"""

from __future__ import annotations

import gzip
import os
import secrets
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from resilience.site import serve

if TYPE_CHECKING:
    from resilience.people.models import Account
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
    trainee = make_people(say)
    say("Virtual trainees play the demonstration sessions (some seconds):")
    for name, seed, mode in sessions():
        play(trainee, name, seed, mode)
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


def make_people(say: Callable[[str], None]) -> Account:
    """The organisation and one account for each role; returns the trainee's."""
    from resilience.people.models import Organisation, Role
    from resilience.people.services import add_member

    organisation = Organisation.objects.create(name=ORGANISATION, invented=True)
    accounts = {}
    for role in Role:
        password = secrets.token_urlsafe(12)
        email = f"{role.value}@demo.invalid"
        accounts[role], _ = add_member(organisation, email, NAMES[role.value], role, password)
        say(f"  {email:<28} {password}")
    return accounts[Role.TRAINEE]


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


def play(trainee: Account, name: str, seed: int, mode: str) -> None:
    """Lets a virtual trainee play a session and records it as the demonstration trainee's."""
    from resilience.people.services import actor_of
    from resilience.records import services as records
    from resilience.training.simulation import simulate

    session = str(uuid.uuid4())
    records.begin(session, secrets.token_urlsafe(24), MODULE, mode, seed, "en", actor_of(trainee))
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
