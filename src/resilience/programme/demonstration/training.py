"""Training events of a quarter: who registers, who comes, who stays away, what is imported late or called off."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from resilience.people import persons, trail
from resilience.people.models import Consent, Person, Purpose
from resilience.programme.demonstration import evaluations
from resilience.programme.demonstration.cast import Guest, booked_together, private, split, without_address
from resilience.programme.demonstration.plan import Quarter
from resilience.programme.demonstration.stage import Held, Stage
from resilience.programme.finding import about_of
from resilience.programme.models import (
    Activity,
    ActivityKind,
    ActivityStatus,
    Attendance,
    AttendanceSource,
    CheckIn,
    HeldCompetence,
    ImportBatch,
    ImportRow,
    Meeting,
    Registration,
    RegistrationStatus,
    RowFate,
)

CANCELLED_IN = 2  # the quarter whose event is called off in the next
MET_AGAIN_IN = 3  # the quarter in which some come under a second address
FOLLOWED_UP = timedelta(days=91)
PASSED_ON = timedelta(days=182)


def enter(stage: Stage, index: int, quarter: date) -> None:
    """Enters the training of one quarter (index counts from 0)."""
    planned = stage.plan.quarters[index]
    held = events(stage, planned, quarter)
    newcomers = invited(stage, index, planned.newcomers)
    share_out(stage, held, newcomers)
    held[-1].late = quarter != stage.plan.as_of
    if index == MET_AGAIN_IN:
        come_again(stage, held[0])
    held += in_vain(stage, index, quarter)
    stage.hold(held)
    met = stage.meet_all(held, quarter)
    for one in held:
        write(stage, one, met[one.partner.code], quarter)
    stage.trainees += [guest for guest in newcomers if guest.email and not guest.email.startswith("bookings@")]


def events(stage: Stage, planned: Quarter, quarter: date) -> list[Held]:
    made = []
    for partner in stage.partners(planned.training):
        event = stage.draw.choice(stage.plan.training)
        days = 2 if event.minutes >= 300 and stage.draw.random() < 0.4 else 1
        region = partner.region
        if stage.draw.random() < 0.35:
            region = stage.draw.choice(stage.plan.employers).region
        made.append(Held(partner, ActivityKind.TRAINING, event, stage.day_in(quarter), region, days=days))
    return sorted(made, key=lambda held: held.day)


def invited(stage: Stage, index: int, number: int) -> list[Guest]:
    """People who come for the first time, some with a name alone or an address they share."""
    guests = [stage.cast.worker() for _ in range(number)]
    nameless = stage.plan.name_alone // len(stage.plan.quarters)
    sharing = stage.plan.sharing_an_address // 3
    guests[:nameless] = [without_address(guest) for guest in guests[:nameless]]
    if index < sharing:
        guests[nameless : nameless + 3] = booked_together(guests[nameless : nameless + 3])
    return guests


def share_out(stage: Stage, held: list[Held], newcomers: list[Guest]) -> None:
    """Newcomers over the events, and with them trainees who come again, a third of them at whichever partner it is."""
    draw = stage.draw
    sizes = split(draw, len(newcomers), len(held), 4)
    waiting = list(newcomers)
    for one, size in zip(held, sizes, strict=True):
        one.guests, waiting = waiting[:size], waiting[size:]
        again = draw.sample(stage.trainees, min(len(stage.trainees), draw.randint(3, 12)))
        one.guests += [guest for guest in again if guest not in one.guests]
        away = draw.sample(stage.trainees, min(len(stage.trainees), draw.randint(1, 4)))
        one.absent = [guest for guest in away if guest not in one.guests]


def come_again(stage: Stage, held: Held) -> None:
    """Some come a second time under an address of their own; later they are found to be the same people."""
    known = stage.trainees[: stage.plan.met_twice]
    held.guests = [guest for guest in held.guests if guest not in known] + [private(guest) for guest in known]


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def in_vain(stage: Stage, index: int, quarter: date) -> list[Held]:
    """What comes to nothing: people who never come, an event called off, a draft, an event to which nobody came."""
    plan, draw = stage.plan, stage.draw
    event = draw.choice(plan.training)
    partner = plan.partners[index % len(plan.partners)]
    strangers = [stage.cast.worker() for _ in range(plan.never_came // len(plan.quarters))]
    empty = Held(partner, ActivityKind.TRAINING, event, stage.day_in(quarter), partner.region, absent=strangers)
    made = [empty]
    if index % 2:
        made.append(
            Held(partner, ActivityKind.TRAINING, event, stage.day_in(quarter), partner.region, ActivityStatus.CANCELLED)
        )
    if index % 3 == 0:
        made.append(
            Held(partner, ActivityKind.TRAINING, event, stage.day_in(quarter), partner.region, ActivityStatus.DRAFT)
        )
    if index == CANCELLED_IN:
        listed = [stage.cast.worker() for _ in range(plan.on_a_cancelled_list)]
        called_off = Held(partner, ActivityKind.TRAINING, event, stage.day_in(quarter), partner.region, guests=listed)
        made.append(called_off)
        following = plan.quarter_ends[index + 1]
        stage.later(following, lambda: call_off(stage, called_off.activity, noon(following)))
    return made


def call_off(stage: Stage, activity: Activity, at: datetime) -> None:
    """Found out a quarter later: the event never took place, its list was one of registrations."""
    old, activity.status = activity.status, ActivityStatus.CANCELLED
    activity.save(update_fields=["status"])
    trail.add(
        stage.actor,
        "activity cancelled",
        about_of(activity),
        old={"status": str(old)},
        new={"status": str(activity.status)},
        reason="It never took place: the list was one of registrations.",
        at=at,
    )


def write(stage: Stage, held: Held, people: dict[Guest, Person], quarter: date) -> None:
    """Registrations now; attendances now or, where the list comes late, with the next quarter."""
    walk_ins = {guest for guest in held.guests if stage.draw.random() < 0.07}
    tickets = {
        people[guest]: stage.registration(held, people[guest], RegistrationStatus.CONFIRMED)
        for guest in [*held.guests, *held.absent]
        if guest not in walk_ins
    }
    stage.add(tickets.values())
    there = [people[guest] for guest in held.guests]
    if held.late:
        ends = stage.plan.quarter_ends
        following = ends[ends.index(quarter) + 1]
        stage.later(following, lambda: attend(stage, held, there, tickets, held.activity.ends_at + timedelta(days=100)))
    else:
        attend(stage, held, there, tickets, held.activity.ends_at + timedelta(days=2))


def attend(stage: Stage, held: Held, there: list[Person], tickets: dict[Person, Registration], at: datetime) -> None:
    """The attendances, scanned at the door or from a file; and what follows from them. tickets: who registered."""
    if not there:
        return
    imported = held.late or stage.draw.random() < 0.4
    batch = import_batch(stage, held, len(there), at) if imported else None
    rows = []
    for meeting in held.meetings:
        for person in there:
            if meeting is not held.meetings[0] and stage.draw.random() < 0.12:
                continue
            seen = meeting.starts_at + timedelta(minutes=stage.draw.randint(-15, 20))
            if imported:
                minutes = max(15, held.event.minutes - stage.draw.choice([0, 0, 0, 0, 10, 30, 150]))
                how = {"minutes": minutes, "source": AttendanceSource.IMPORT, "batch": batch}
            elif person in tickets:
                how = {"minutes": scans(stage, meeting, tickets[person], seen), "source": AttendanceSource.CHECK_IN}
            else:
                # Came without a ticket, and was written down.
                how = {"minutes": held.event.minutes, "source": AttendanceSource.HAND}
            rows.append(Attendance(meeting=meeting, person=person, at=seen, **how))
    stage.add(rows)
    stage.came += [(held.activity.organisation, person) for person in there]
    competences(stage, held, rows)
    agreed = consents(stage, held, there)
    evaluations.reaction(stage, held, there)
    if held.event.tested:
        evaluations.learning(stage, held, [person for person in there if person in tickets])
    asked_on = (held.activity.ends_at + FOLLOWED_UP).date()
    stage.later(asked_on, lambda: evaluations.behaviour(stage, held, agreed))
    passed_on = (held.activity.ends_at + PASSED_ON).date()
    stage.later(passed_on, lambda: evaluations.result(stage, held, agreed))


def scans(stage: Stage, meeting: Meeting, ticket: Registration, seen: datetime) -> int | None:
    """What the door noted: a scan coming in, some a second time, some going, which tells the minutes; else None."""
    left = meeting.ends_at - timedelta(minutes=stage.draw.randint(0, 40))
    noted = [(seen, False)]
    if stage.draw.random() < 0.08:
        noted.append((seen + timedelta(seconds=stage.draw.randint(3, 90)), False))
    leaves = stage.draw.random() < 0.15
    if leaves:
        noted.append((left, True))
    stage.add(
        CheckIn(
            meeting=meeting,
            registration=ticket,
            nonce=f"{stage.draw.getrandbits(96):024x}",
            scanned_at=at,
            received_at=at + timedelta(seconds=stage.draw.choice([0, 1, 1, 2, 900])),
            device=f"door-{stage.draw.choice('ab')}",
            leaving=leaving,
        )
        for at, leaving in noted
    )
    return int((left - max(seen, meeting.starts_at)).total_seconds()) // 60 if leaves else None


def competences(stage: Stage, held: Held, rows: Iterable[Attendance]) -> None:
    """Who stayed the minutes the event asks for holds what it teaches."""
    stayed: dict[int, int] = {}
    for row in rows:
        minutes = held.event.minutes if row.minutes is None else row.minutes
        stayed[row.person_id] = stayed.get(row.person_id, 0) + minutes
    stage.add(
        HeldCompetence(
            organisation=held.activity.organisation,
            person_id=person,
            competence=competence,
            evidence=f"activity:{held.code}",
            since=held.day,
        )
        for person, minutes in stayed.items()
        if minutes >= held.activity.minimum_minutes
        for competence in held.event.competences
    )


def consents(stage: Stage, held: Held, there: list[Person]) -> list[Person]:
    """Some agree to be asked again, and some of these to be counted along the way; returns who may be asked."""
    agreed = [person for person in there if stage.draw.random() < 0.45]
    followed = [person for person in agreed if stage.draw.random() < 0.7]
    stage.add(
        Consent(
            organisation=held.activity.organisation,
            person=person,
            purpose=purpose,
            text_version=f"{held.code}/1",
            given_at=held.activity.starts_at,
        )
        for purpose, some in ((Purpose.FOLLOW_UP, agreed), (Purpose.PIPELINE, followed))
        for person in some
    )
    return agreed


def import_batch(stage: Stage, held: Held, people: int, at: datetime) -> uuid.UUID:
    """The file that brought a list: some rows twice, some refused."""
    twice, refused = stage.draw.randint(0, 3), stage.draw.randint(0, 2)
    name = f"attendees-{held.code.lower()}.csv"
    batch = ImportBatch.objects.create(
        id=uuid.UUID(int=stage.draw.getrandbits(128), version=4),
        organisation=held.activity.organisation,
        activity=held.activity,
        what="attendance",
        source="eventbrite",
        file_name=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        size=180 * (people + twice + refused),
        mapping={},
        rows=people + twice + refused,
        imported=people,
        merged=twice,
        refused=refused,
        committed_at=at,
    )
    rows = [(people + place, RowFate.MERGED, "", "the same person stands in an earlier row") for place in range(twice)]
    rows += [(people + twice + place, RowFate.REFUSED, "Attendee Status", "refunded") for place in range(refused)]
    stage.add(
        ImportRow(batch=batch, row=row + 2, column=column, fate=fate, reason=reason)
        for row, fate, column, reason in rows
    )
    return batch.pk


def find_the_same(stage: Stage, at: datetime) -> None:
    """People who came under two addresses are found to be one each."""
    for guest in stage.trainees[: stage.plan.met_twice]:
        kept, other = stage.persons[guest], stage.persons[private(guest)]
        persons.merge(kept, other, stage.actor, "The same name and employer; they said so themselves.", at=at)
