"""The leadership accelerator: calls, applications read without names, cohorts, assessments, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from resilience.people.models import Account, Organisation, Person
from resilience.programme.demonstration.cast import Guest
from resilience.programme.demonstration.plan import Event, PlannedCohort
from resilience.programme.demonstration.stage import Held, Stage
from resilience.programme.leadership.words import lists
from resilience.programme.models import (
    ActivityFormat,
    ActivityKind,
    Application,
    Assessment,
    Attendance,
    AttendanceSource,
    Call,
    Cohort,
    CohortMember,
    Review,
)

MEETING = Event(title="Leadership accelerator", format=ActivityFormat.IN_PERSON, minutes=240)
TRAINEES_AMONG = 8  # of each cohort, so many have been at a training event before


@dataclass
class Members:
    """Who is in a cohort: those who come to its meetings, and those who never do."""

    attending: list[Guest]
    absent: list[Guest]


class Leadership:
    """Enters the cohorts; remembers the first for those who come back."""

    def __init__(self, stage: Stage, reviewers: Sequence[Account]) -> None:
        self._stage, self._reviewers = stage, reviewers
        self._first: list[Guest] = []
        self._leaders = 0

    def enter(self, index: int, quarter: date) -> list[tuple[PlannedCohort, list[Person]]]:
        """The cohorts that begin in a quarter, each with its leaders who were in none before."""
        planned = [cohort for cohort in self._stage.plan.cohorts if cohort.quarter == index + 1]
        return [(cohort, self._cohort(cohort, quarter)) for cohort in planned]

    def _cohort(self, planned: PlannedCohort, quarter: date) -> list[Person]:
        stage = self._stage
        partner = stage.partner(planned.partner)
        members = self._members(planned)
        held = Held(
            partner,
            ActivityKind.LEADERSHIP,
            MEETING,
            stage.day_in(quarter, 10, 20),
            partner.region,
            code=planned.code,
            title=planned.title,
            guests=members.attending,
            absent=members.absent,
            days=stage.plan.cohort_meetings,
        )
        stage.hold([held])
        declined = [stage.cast.worker() for _ in range(planned.applications - len(members.attending + members.absent))]
        opened = held.activity.starts_at - timedelta(days=60)
        people = stage.meet(partner, [*members.attending, *members.absent, *declined], opened)
        employers = stage.employers()
        call = self._call(planned, held, people, declined, employers)
        self._write(held, call, members, people, employers)
        return [people[guest] for guest in members.attending if guest not in self._returning(planned)]

    def _members(self, planned: PlannedCohort) -> Members:
        """Leaders are from the first employers of the plan, each at least once; who never comes is from the others."""
        stage, plan = self._stage, self._stage.plan
        known = plan.employers[: plan.leaders_employers]
        attending = list(self._returning(planned))
        fitting = {employer.name for employer in known} | {other for employer in known for other in employer.also}
        trained = [g for g in stage.trainees if g.employer in fitting and g not in self._first]
        attending += stage.draw.sample(trained, TRAINEES_AMONG)
        while len(attending) < planned.attended:
            employer = known[self._leaders % len(known)]
            self._leaders += 1
            attending.append(stage.cast.worker(employer))
        others = plan.employers[plan.leaders_employers :]
        absent = [stage.cast.worker(stage.draw.choice(others)) for _ in range(planned.never_came)]
        self._first += attending
        return Members(attending, absent)

    def _returning(self, planned: PlannedCohort) -> list[Guest]:
        return self._first[TRAINEES_AMONG : TRAINEES_AMONG + planned.returning]

    def _call(
        self,
        planned: PlannedCohort,
        held: Held,
        people: dict[Guest, Person],
        declined: list[Guest],
        employers: dict[str, Organisation],
    ) -> Call:
        stage, plan = self._stage, self._stage.plan
        starts_at = held.activity.starts_at
        call = Call.objects.create(
            organisation=held.activity.organisation,
            code=planned.code.replace("LEAD", "CALL"),
            title=planned.title,
            opens_at=starts_at - timedelta(days=75),
            closes_at=starts_at - timedelta(days=40),
            places=planned.attended + planned.never_came,
            questions=[one.model_dump() for one in lists().questions],
            criteria=[one.model_dump() for one in lists().criteria],
        )
        applicants = list(people)
        stage.draw.shuffle(applicants)
        applications = [
            Application(
                call=call,
                person=people[guest],
                employer=employers[guest.employer],
                number=f"A{place:03d}",
                answers={question.id: stage.draw.choice(plan.words) for question in lists().questions},
                received_at=starts_at - timedelta(days=stage.draw.randint(41, 74)),
                status=Application.Status.DECLINED if guest in declined else Application.Status.SELECTED,
                decided_at=starts_at - timedelta(days=20),
            )
            for place, guest in enumerate(applicants, 1)
        ]
        Application.objects.bulk_create(applications)
        self._stage.add(
            Review(
                application=application,
                reviewer=reviewer,
                scores={criterion.id: self._score(application) for criterion in lists().criteria},
                at=starts_at - timedelta(days=30),
            )
            for application in applications
            for reviewer in self._reviewers
        )
        return call

    def _score(self, application: Application) -> int:
        return self._stage.draw.randint(0, 3) if application.status == "declined" else self._stage.draw.randint(3, 5)

    def _write(
        self,
        held: Held,
        call: Call,
        members: Members,
        people: dict[Guest, Person],
        employers: dict[str, Organisation],
    ) -> None:
        stage = self._stage
        cohort = Cohort.objects.create(activity=held.activity, call=call)
        over = held.day + timedelta(days=150) <= stage.plan.as_of
        rows = {
            guest: CohortMember(
                cohort=cohort,
                person=people[guest],
                employer=employers[guest.employer],
                joined_at=held.activity.starts_at - timedelta(days=14),
                left_at=held.activity.starts_at + timedelta(days=1) if guest in members.absent else None,
                project="" if guest in members.absent else stage.draw.choice(stage.plan.projects),
                project_done=over and guest in members.attending and stage.draw.random() < 0.7,
                follow_up=self._told(held) if over and stage.draw.random() < 0.4 else [],
            )
            for guest in [*members.attending, *members.absent]
        }
        CohortMember.objects.bulk_create(rows.values())
        self._stage.add(
            Attendance(
                meeting=meeting,
                person=people[guest],
                minutes=held.event.minutes,
                source=AttendanceSource.HAND,
                at=meeting.starts_at,
            )
            for place, meeting in enumerate(held.meetings)
            for guest in members.attending
            if place == 0 or stage.draw.random() < 0.85
        )
        self._assess([rows[guest] for guest in members.attending], held, over)

    def _told(self, held: Held) -> list[dict[str, Any]]:
        """What an alumnus tells of half a year later."""
        outcome = self._stage.draw.choice(lists().outcomes)
        return [{"on": (held.day + timedelta(days=180)).isoformat(), "outcomes": [outcome.id]}]

    def _assess(self, members: list[CohortMember], held: Held, over: bool) -> None:
        """Before and, where the cohort is over, after; by the member and by a peer. Some never answer."""
        draw = self._stage.draw
        rows = []
        for when in ["before", "after"] if over else ["before"]:
            at = held.activity.starts_at if when == "before" else held.activity.starts_at + timedelta(days=150)
            for member in members:
                for by in ("self", "peer"):
                    if draw.random() < 0.12:
                        continue
                    better = 1 if when == "after" and draw.random() < 0.6 else 0
                    scores = {one.id: min(5, draw.randint(2, 4) + better) for one in lists().behaviours}
                    rows.append(Assessment(member=member, by=by, when=when, scores=scores, at=at))
        self._stage.add(rows)
