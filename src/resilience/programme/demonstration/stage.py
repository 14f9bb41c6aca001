"""What the parts of the invented programme share: the plan, the draws, who was met, and rows that wait for later."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone

from resilience.people import names, persons
from resilience.people.models import Organisation, OrganisationKind, Person
from resilience.people.permissions import NOBODY
from resilience.people.persons import Details
from resilience.programme.codes import random_code
from resilience.programme.demonstration.cast import Cast, Guest
from resilience.programme.demonstration.plan import Event, Partner, Plan
from resilience.programme.models import (
    Activity,
    ActivityKind,
    ActivityStatus,
    Meeting,
    Registration,
    RegistrationStatus,
)

TOKEN_LETTERS = 14


@dataclass
class Held:
    """An activity as it is planned; `activity` and `meetings` once they are rows."""

    partner: Partner
    kind: ActivityKind
    event: Event
    day: date
    region: str
    status: ActivityStatus = ActivityStatus.CLOSED
    code: str = ""
    title: str = ""
    guests: list[Guest] = field(default_factory=list)
    absent: list[Guest] = field(default_factory=list)
    days: int = 1
    late: bool = False
    # Where they are not drawn.
    starts_at: datetime | None = None
    capacity: int | None = None
    activity: Activity = field(default_factory=Activity)
    meetings: list[Meeting] = field(default_factory=list)


class Stage:
    """Grows quarter by quarter. `draw` decides everything that chance decides."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan = plan
        self.actor = NOBODY
        self.draw = random.Random(seed)
        self.cast = Cast(plan, self.draw)
        self.organisations: dict[str, Organisation] = {}
        # Trainees who have come so far, with an address of their own, in the order in which they came.
        self.trainees: list[Guest] = []
        self.persons: dict[Guest, Person] = {}
        # Who was at training, and whose activity it was, in the order of entering.
        self.came: list[tuple[Organisation, Person]] = []
        self._rows: dict[type[models.Model], list[models.Model]] = {}
        self._later: list[tuple[date, Callable[[], None]]] = []
        self._numbers: dict[str, int] = {}

    def organisation(self, partner: Partner) -> Organisation:
        return self.organisations[partner.name]

    def partner(self, code: str) -> Partner:
        return next(partner for partner in self.plan.partners if partner.code == code)

    def employers(self) -> dict[str, Organisation]:
        """Every spelling of an employer in the plan, and the organisation it means."""
        known = {
            spelling: self.organisations[employer.name]
            for employer in self.plan.employers
            for spelling in [employer.name, *employer.also]
        }
        return known | {one.name: self.organisations[one.means] for one in self.plan.unknown_spellings}

    def partners(self, number: int) -> list[Partner]:
        """So many partners, each as often as its share says, in drawn order; every partner at least once if it can."""
        shares = [partner.share for partner in self.plan.partners]
        chosen = [*self.plan.partners[:number], *self.draw.choices(self.plan.partners, shares, k=number)][:number]
        self.draw.shuffle(chosen)
        return chosen

    def code(self, partner: Partner, letter: str) -> str:
        """HLW-T1, HLW-T2, ..."""
        key = f"{partner.code}-{letter}"
        self._numbers[key] = self._numbers.get(key, 0) + 1
        return f"{key}{self._numbers[key]:02d}"

    def day_in(self, quarter: date, first: int = 4, last: int = 80) -> date:
        """A working day of the quarter that ends on a day, before its last week."""
        start = date(quarter.year, quarter.month - 2, 1)
        day = start + timedelta(days=self.draw.randint(first, last))
        return day - timedelta(days=max(0, day.weekday() - 4))

    # --- waiting

    def later(self, day: date, work: Callable[[], None]) -> None:
        """Work to be done when the quarter that ends on the day, or the next after it, is entered."""
        self._later.append((day, work))

    def due(self, quarter: date) -> None:
        """Does what waited for this quarter."""
        now = [work for day, work in self._later if day <= quarter]
        self._later = [(day, work) for day, work in self._later if day > quarter]
        for work in now:
            work()

    # --- rows

    def add(self, rows: Iterable[models.Model]) -> None:
        """Rows that nothing else needs yet: written together when the quarter is done."""
        for row in rows:
            self._rows.setdefault(type(row), []).append(row)

    def write(self) -> None:
        """Writes what was added, table by table."""
        for table, rows in self._rows.items():
            table._base_manager.bulk_create(rows)
        self._rows = {}

    # --- people

    def meet_all(self, planned: Sequence[Held], at: date) -> dict[str, dict[Guest, Person]]:
        """The persons behind the guests of several activities: partner's code -> guest -> person."""
        met: dict[str, list[Guest]] = {}
        for held in planned:
            met.setdefault(held.partner.code, []).extend([*held.guests, *held.absent])
        moment = timezone.make_aware(datetime.combine(at, time(12)))
        return {code: self.meet(self.partner(code), guests, moment) for code, guests in met.items()}

    def meet(self, partner: Partner, guests: Iterable[Guest], at: datetime) -> dict[Guest, Person]:
        """The persons behind guests, as this partner meets them; spellings of employers go through the register."""
        wanted = list(dict.fromkeys(guests))
        employers = names.find_or_add_all(
            {guest.employer for guest in wanted if guest.employer}, OrganisationKind.EMPLOYER, invented=True
        )
        rows = [Details(g.name, g.email, employers.get(g.employer), g.job, g.region) for g in wanted]
        met = persons.meet_all(self.organisation(partner), rows, at)
        found = {guest: one.person for guest, one in zip(wanted, met, strict=True)}
        self.persons |= found
        return found

    # --- activities

    def hold(self, planned: Sequence[Held]) -> None:
        """Makes the activities and their meetings."""
        for held in planned:
            held.code = held.code or self.code(held.partner, held.kind.value[0].upper())
            held.activity = self.activity(held)
        Activity.objects.bulk_create([held.activity for held in planned])
        for held in planned:
            held.meetings = [
                Meeting(
                    activity=held.activity,
                    starts_at=held.activity.starts_at + timedelta(days=place),
                    ends_at=held.activity.starts_at + timedelta(days=place, minutes=held.event.minutes),
                )
                for place in range(held.days)
            ]
        Meeting.objects.bulk_create([meeting for held in planned for meeting in held.meetings])

    def activity(self, held: Held) -> Activity:
        hour = self.draw.choice([9, 10, 13])
        starts_at = held.starts_at or timezone.make_aware(datetime.combine(held.day, time(hour)))
        return Activity(
            organisation=self.organisation(held.partner),
            code=held.code,
            kind=held.kind,
            format=held.event.format,
            status=held.status,
            title=held.title or held.event.title,
            description="Invented for demonstration.",
            place="" if held.event.format == "online" else held.partner.place,
            region=held.region,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(days=held.days - 1, minutes=held.event.minutes),
            capacity=held.capacity or max(24, 4 * ((len(held.guests) + len(held.absent) + 7) // 4)),
            minimum_minutes=held.event.minutes * held.days * 2 // 3 if held.event.cpd else 0,
            cpd_minutes=held.event.cpd * held.days,
            module=held.event.module,
            competences=held.event.competences,
            invented=True,
        )

    def registration(self, held: Held, person: Person, status: RegistrationStatus) -> Registration:
        return Registration(
            activity=held.activity,
            person=person,
            status=status,
            registered_at=held.activity.starts_at - timedelta(days=self.draw.randint(2, 40)),
            token=random_code(TOKEN_LETTERS),
            language=self.draw.choices(["en", "cy"], [14, 1])[0],
        )
