"""Outreach of a quarter: pupils as heads, known in different ways; teachers and helpers by name."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from resilience.people.few import FEWEST
from resilience.programme.demonstration.cast import split, weighted
from resilience.programme.demonstration.plan import School
from resilience.programme.demonstration.stage import Held, Stage
from resilience.programme.models import (
    ActivityKind,
    ActivityStatus,
    Attendance,
    AttendanceSource,
    ClassJoin,
    HeadCount,
    HeadCountKind,
)
from resilience.programme.outreach import POINTS

FEWEST_PUPILS = 18
MOST_DEVICES = 30
REGISTER, COUNTED, ESTIMATE = HeadCountKind.REGISTER, HeadCountKind.COUNTED, HeadCountKind.ESTIMATE


def enter(stage: Stage, index: int, quarter: date) -> None:
    """Enters the outreach of one quarter (index counts from 0)."""
    planned, draw = stage.plan.quarters[index], stage.draw
    schools = [draw.choice(stage.plan.schools) for _ in range(planned.outreach)]
    held = [
        Held(partner, ActivityKind.OUTREACH, draw.choice(stage.plan.outreach), stage.day_in(quarter), school.region)
        for partner, school in zip(stage.partners(planned.outreach), schools, strict=True)
    ]
    name_adults(stage, held, schools, planned.adults, planned.helpers)
    in_vain = without_pupils(stage, quarter)
    stage.hold([*held, *in_vain])
    pupils = split(draw, planned.pupils, len(held), FEWEST_PUPILS)
    for one, school, number in zip(held, schools, pupils, strict=True):
        known_heads = heads(stage, one, school, number)
        stage.add(known_heads)
        if one.event.modules:
            stage.add(played(stage, one, known_heads))
    record_in_vain(stage, in_vain)
    met = stage.meet_all(held, quarter)
    stage.add(
        Attendance(
            meeting=one.meetings[0],
            person=met[one.partner.code][guest],
            minutes=one.event.minutes,
            source=AttendanceSource.HAND,
            at=one.activity.starts_at,
        )
        for one in held
        for guest in one.guests
    )


def name_adults(stage: Stage, held: list[Held], schools: list[School], adults: int, helpers: int) -> None:
    """Teachers are spread over the activities of their schools; trainees who help over all."""
    for place in range(adults):
        held[place % len(held)].guests.append(stage.cast.teacher(schools[place % len(held)]))
    for helper in stage.draw.sample(stage.trainees, helpers):
        stage.draw.choice(held).guests.append(helper)


def heads(stage: Stage, held: Held, school: School, pupils: int) -> list[HeadCount]:
    """The pupils of an activity by year group, each group known in one way or in two."""
    groups = stage.draw.sample(stage.plan.year_groups, min(3, max(1, pupils // 60)))
    sizes = split(stage.draw, pupils, len(groups), FEWEST_PUPILS // 2)
    rows: list[HeadCount] = []
    for group, number in zip(groups, sizes, strict=True):
        rows += known(stage, held, school, group, number)
    return rows


def known(stage: Stage, held: Held, school: School, group: str, number: int) -> list[HeadCount]:
    """`number` pupils are there. What is written down beside the best knowledge is off, as such numbers are."""
    name = school.name.removesuffix(" (invented)")
    ends_at = held.activity.ends_at
    way = weighted(stage.draw, stage.plan.heads_known)
    guess = max(10, round(number * stage.draw.uniform(0.8, 1.3) / 10) * 10)

    def row(kind: HeadCountKind, heads: int, source: str, at: datetime) -> HeadCount:
        return HeadCount(
            activity=held.activity, kind=kind, number=heads, year_group=group, source=source, recorded_at=at
        )

    register = f"Register of {name}, {group}"
    slip = f"Tally of the visit to {name}"
    if way == "two registers":
        first = number // 2
        return [
            row(REGISTER, first, f"{register}, first class", ends_at),
            row(REGISTER, number - first, f"{register}, second class", ends_at),
        ]
    estimate = row(ESTIMATE, guess, f"Letter from {name}", ends_at - timedelta(days=10))
    if way == "estimate":
        return [row(ESTIMATE, number, f"Letter from {name}", ends_at)]
    if way == "estimate and register":
        return [estimate, row(REGISTER, number, register, ends_at + timedelta(days=5))]
    if way == "estimate and counted":
        return [estimate, row(COUNTED, number, slip, ends_at)]
    if way == "counted":
        return [row(COUNTED, number, slip, ends_at)]
    rows = [row(REGISTER, number, register, ends_at)]
    if stage.draw.random() < 0.25:
        # The school sent its register again, corrected.
        rows.insert(0, row(REGISTER, number + stage.draw.choice([-2, -1, 1, 3]), register, ends_at - timedelta(days=1)))
    return rows


def played(stage: Stage, held: Held, known_heads: list[HeadCount]) -> list[ClassJoin | HeadCount]:
    """A class of those whose register the school sent joined by a code and played; its counts, and its heads beside
    the register, which counts before them."""
    register = next((row for row in known_heads if row.kind == REGISTER), None)
    if register is None:
        return []
    joined = min(MOST_DEVICES, register.number)
    started = joined - stage.draw.randint(0, 2)
    finished = started - stage.draw.randint(0, 3)
    group = ClassJoin(
        activity=held.activity,
        code=None,
        year_group=register.year_group,
        modules=held.event.modules,
        opened_at=held.activity.starts_at,
        expires_at=held.activity.ends_at,
        closed_at=held.activity.ends_at,
        joined=joined,
        started=started,
        finished=finished,
        interest_before=interest(stage, started, (14, 24, 34, 19, 9)),
        interest_after=interest(stage, finished, (8, 17, 33, 27, 15)),
    )
    heads_of_class = HeadCount(
        activity=held.activity,
        kind=ESTIMATE,
        number=joined,
        year_group=register.year_group,
        source=f"class: {joined} devices joined by code",
        recorded_at=held.activity.ends_at,
    )
    return [group, heads_of_class]


def interest(stage: Stage, devices: int, weights: tuple[int, ...]) -> list[int]:
    """How many chose each of the points; some leave the question out. Nothing of few."""
    answered = [point for point in stage.draw.choices(range(POINTS), weights, k=devices) if stage.draw.random() < 0.9]
    return [answered.count(point) for point in range(POINTS)] if len(answered) >= FEWEST else []


def without_pupils(stage: Stage, quarter: date) -> list[Held]:
    """A draft, one that was called off, and one to which nobody came, a quarter each in turn."""
    partner = stage.draw.choice(stage.plan.partners)
    statuses = [ActivityStatus.DRAFT, ActivityStatus.CANCELLED, ActivityStatus.CLOSED]
    status = statuses[stage.plan.quarter_ends.index(quarter) % 3]
    event = stage.draw.choice(stage.plan.outreach)
    return [Held(partner, ActivityKind.OUTREACH, event, stage.day_in(quarter), partner.region, status)]


def record_in_vain(stage: Stage, held: list[Held]) -> None:
    """Somebody expected pupils: an estimate stands at what was never held, and nought where nobody came."""
    stage.add(
        HeadCount(
            activity=one.activity,
            kind=ESTIMATE if one.status != ActivityStatus.CLOSED else COUNTED,
            number=150 if one.status != ActivityStatus.CLOSED else 0,
            source="Plan of the term",
            recorded_at=one.activity.starts_at - timedelta(days=30),
        )
        for one in held
    )
