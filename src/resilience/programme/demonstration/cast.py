"""Who appears in the invented programme: people drawn from the lists of names, each with an address that leads nowhere.

Addresses end in `.invalid`, a name that is never delivered to (RFC 2606).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from resilience.programme.demonstration.plan import Employer, Plan, School, names


@dataclass(frozen=True)
class Guest:
    """Somebody as a form or a list would have them."""

    name: str
    email: str
    employer: str
    region: str
    job: str = ""


class Cast:
    """Draws people, no name twice."""

    def __init__(self, plan: Plan, draw: random.Random) -> None:
        self._plan, self._draw = plan, draw
        full = [f"{first} {last}" for first in names().first for last in names().last]
        draw.shuffle(full)
        self._names: Iterator[str] = iter(full)

    def worker(self, employer: Employer | None = None) -> Guest:
        """Somebody from an employer; some type its name in another spelling."""
        at = employer or self._draw.choice(self._plan.employers)
        name = next(self._names)
        return Guest(name, address(name, at.name), self.spelt(at), at.region, self._draw.choice(self._plan.job_roles))

    def spelt(self, employer: Employer) -> str:
        """The employer's name, now and then as somebody else would type it."""
        unknown = [one.name for one in self._plan.unknown_spellings if one.means == employer.name]
        if unknown and self._draw.random() < 0.15:
            return self._draw.choice(unknown)
        if employer.also and self._draw.random() < 0.4:
            return self._draw.choice(employer.also)
        return employer.name

    def teacher(self, school: School) -> Guest:
        name = next(self._names)
        return Guest(name, address(name, school.name), school.name, school.region)


def address(name: str, place: str) -> str:
    """ "Amber Anvil" at "Keystone Lyophilisation (invented)" -> amber.anvil@keystone-lyophilisation.invalid"""
    host = "-".join(re.findall(r"[a-z]+", place.removesuffix("(invented)").lower()))
    return f"{name.lower().replace(' ', '.')}@{host}.invalid"


def private(guest: Guest) -> Guest:
    """The same person under an address of their own."""
    return replace(guest, email=address(guest.name, "home"))


def without_address(guest: Guest) -> Guest:
    return replace(guest, email="")


def booked_together(guests: list[Guest]) -> list[Guest]:
    """People for whom one of them gave one address."""
    return [replace(guest, email=f"bookings@{guests[0].email.partition('@')[2]}") for guest in guests]


def split(draw: random.Random, total: int, parts: int, least: int) -> list[int]:
    """`total` in so many parts of at least `least`, drawn."""
    spare = total - parts * least
    if spare < 0:
        raise ValueError(f"{total} cannot be split into {parts} parts of {least} or more")
    cuts = sorted(draw.randint(0, spare) for _ in range(parts - 1))
    return [least + high - low for low, high in zip([0, *cuts], [*cuts, spare], strict=True)]


def weighted(draw: random.Random, weights: dict[str, int]) -> str:
    return draw.choices(list(weights), list(weights.values()))[0]
