"""Practice of the invented programme: sessions that virtual trainees really play, recorded as people of the partners.

They play in a process of their own while the programme's rows are entered; a record is made where its turn comes. Only
the dates are invented, and the people.
"""

from __future__ import annotations

import multiprocessing
import secrets
import uuid
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date, datetime, time, timedelta
from types import TracebackType
from typing import Self

from django.utils import timezone

from resilience.people import services as accounts
from resilience.people.models import Account, Contact, Organisation, Role
from resilience.people.permissions import Actor
from resilience.people.scopes import within
from resilience.programme.demonstration.plan import Plan, PlannedSession, PlannedSite
from resilience.records import services as records
from resilience.results import competences, footprint_sites
from resilience.training.playing import Part, Played, play

FIRST_SEED = 300
# Sessions of a quarter are that many days apart, and the last of them that long before its end.
APART, BEFORE_THE_END = timedelta(days=9), timedelta(days=12)


class Company:
    """A process in which virtual trainees play, one after the other, in the order in which they were asked."""

    def __enter__(self) -> Self:
        self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
        self._asked: dict[Part, Future[Played]] = {}
        return self

    def ask(self, parts: Iterable[Part]) -> None:
        for one in parts:
            self._asked[one] = self._pool.submit(play, one)

    def played(self, one: Part) -> Played:
        """The run, when it is finished. Raises BadInput for what does not exist."""
        return self._asked[one].result()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)


class Practice:
    """Call `enter` for each quarter once its rows are entered, and `finish` in the end."""

    def __init__(
        self, plan: Plan, organisations: dict[str, Organisation], company: Company, instructor: Account, now: datetime
    ) -> None:
        self._plan, self._planned, self._now = plan, plan.practice, now
        self._homes = {partner.code: organisations[partner.name] for partner in plan.partners}
        self._company, self._instructor = company, instructor
        module, mastery = self._planned.module, self._planned.mastery
        self._parts = [
            Part(module, one.plays, FIRST_SEED + 20 * place, "practice")
            for place, one in enumerate(self._planned.sessions)
        ]
        self._assessed = [
            Part(module, name, FIRST_SEED + 1000 + 100 * somebody + 20 * place, "assessment")
            for somebody in range(mastery.people)
            for place, name in enumerate(mastery.plays)
        ]
        company.ask([*self._parts, *self._assessed])
        for home in {one.partner for one in self._planned.sessions} | {mastery.partner}:
            accounts.add_member(self._homes[home], instructor.email, instructor.name, Role.INSTRUCTOR)

    def enter(self, quarter: date, actor: Actor) -> None:
        """A quarter's sessions, countersigned where they were; at first what the sites say. actor: who enters that."""
        index = self._plan.quarter_ends.index(quarter) + 1
        here = [(one, asked) for one, asked in zip(self._planned.sessions, self._parts, strict=True)
                if one.quarter == index]  # fmt: skip
        if here and here[0][0] is self._planned.sessions[0]:
            for site in self._planned.sites:
                self._answer(site, actor, moment(quarter - timedelta(days=80)))
        for place, (one, asked) in enumerate(here):
            day = quarter - BEFORE_THE_END - APART * (len(here) - 1 - place)
            self._record(one, asked, moment(day))

    def finish(self) -> None:
        """People reach mastery in the last days, and the competences that all records prove are derived."""
        mastery = self._planned.mastery
        each = len(mastery.plays)
        for place, asked in enumerate(self._assessed):
            at = self._now - timedelta(days=each - place % each, minutes=20 * (mastery.people - place // each))
            one = PlannedSession(
                partner=mastery.partner,
                quarter=0,
                somebody=1 + place // each,
                plays=asked.trainee,
                purpose=mastery.purpose,
                device=mastery.device,
            )
            self._record(one, asked, at)
        competences.derive(self._now)

    def _record(self, one: PlannedSession, asked: Part, at: datetime) -> None:
        home = self._homes[one.partner]
        trainee = Actor(self._somebody(home, one.somebody), home, Role.TRAINEE)
        session = record(self._company.played(asked), trainee, one.purpose, one.device, at)
        if one.countersigned and one.purpose in records.CLAIMS:
            with within(home):
                attempt = records.Attempt.objects.get(session=session)
            instructor = Actor(self._instructor, home, Role.INSTRUCTOR)
            records.countersign(attempt, instructor, at + timedelta(days=1))

    def _somebody(self, home: Organisation, number: int) -> Account:
        """The account of one of those whom the partner met at practice; made when it is first asked for."""
        with within(home):
            met = Contact.objects.filter(person__attendances__meeting__activity__module=self._planned.module)
            # An address of their own, at their employer.
            met = met.exclude(email="").exclude(email__startswith="bookings@").distinct()
            contact: Contact = met.order_by("person__created_at", "pk")[number - 1]
            if contact.account is None:
                contact.account, _new = accounts.add_member(home, contact.email, contact.name, Role.TRAINEE)
                contact.save(update_fields=["account"])
            return contact.account

    def _answer(self, site: PlannedSite, actor: Actor, at: datetime) -> None:
        run = self._planned.run
        told = {
            "garments": site.garments,
            "physical_runs_per_trainee": {run: site.runs},
            "records": [
                {
                    "run": run,
                    "line": one.line,
                    "quantity": figure(one.quantity, site.document),
                    "waste_kg_per_unit": one.waste,
                    "price_gbp": figure(one.price, site.document),
                }
                for one in site.records
            ],
        }
        footprint_sites.change(self._homes[site.partner], told, actor, at)


def record(played: Played, trainee: Actor, purpose: str = "", device: str = "", at: datetime | None = None) -> str:
    """Records a virtual trainee's run as somebody's session; returns the session."""
    session = str(uuid.uuid4())
    records.begin(
        session,
        secrets.token_urlsafe(24),
        played.module,
        played.mode,
        played.seed,
        played.language,
        trainee,
        purpose=purpose,
        device=device,
        at=at,
    )
    records.record(finished(session, played), at)
    return session


def finished(session: str, played: Played) -> records.Finished:
    """A virtual trainee's run as the classroom would hand it over."""
    return records.Finished(
        session=session,
        module=played.module,
        version=played.version,
        content_hash=played.content_hash,
        seed=played.seed,
        mode=played.mode,
        language=played.language,
        log=played.log,
        outcome=played.outcome,
    )


def figure(numbers: tuple[float, float, float], document: str) -> dict[str, object]:
    value, low, high = numbers
    return {"value": value, "low": low, "high": high, "document": document}


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
