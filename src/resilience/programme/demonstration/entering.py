"""The invented programme, entered quarter by quarter as its coordinators would have, so that figures can be frozen in
between and later change for a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from resilience.people.models import Account, Organisation, Person
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme
from resilience.programme.demonstration import answers, grant, leadership, outreach, training
from resilience.programme.demonstration.plan import plan
from resilience.programme.demonstration.stage import Held, Stage
from resilience.programme.models import (
    ActivityKind,
    ActivityStatus,
    RegistrationStatus,
)

SEED = 1


class Demonstration:
    """Call `found` once, then `enter` for each quarter of `plan.quarter_ends` in order. The same seed gives the same
    programme; people's references and tokens are random, as they are in life."""

    def __init__(self, reviewers: Sequence[Account], seed: int = SEED) -> None:
        self.plan = plan()
        self._stage = Stage(self.plan, seed)
        self._leadership = leadership.Leadership(self._stage, reviewers)
        self._asked: set[int] = set()

    def found(self) -> dict[str, Organisation]:
        """Organisations, grant, budgets; returns the organisations by name, the funder's among them."""
        with transaction.atomic(), whole_programme("the demonstration's organisations"):
            self._grant = grant.found(self._stage)
        return {**self._stage.organisations, self.plan.funder: self._grant.funder}

    def enter(self, quarter: date, actor: Actor) -> None:
        """All rows of a quarter, and those of the one before that came late. actor: who the trail names."""
        index = self.plan.quarter_ends.index(quarter)
        with transaction.atomic(), whole_programme("the demonstration's rows"):
            self._stage.actor = actor
            self._stage.due(quarter)
            training.enter(self._stage, index, quarter)
            outreach.enter(self._stage, index, quarter)
            for planned, leaders in self._leadership.enter(index, quarter):
                answers.of_leaders(self._stage, planned, leaders, quarter)
            self._ask_newcomers(quarter)
            grant.enter(self._stage, self._grant, index, quarter)
            if quarter == self.plan.as_of:
                self._announce()
            self._stage.write()
            if quarter == self.plan.as_of:
                training.find_the_same(self._stage, training.noon(quarter))

    def _ask_newcomers(self, quarter: date) -> None:
        """Whoever came to training for the first time, by the partner that met them first."""
        new: dict[Organisation, list[Person]] = defaultdict(list)
        for organisation, person in self._stage.came:
            if person.pk not in self._asked:
                self._asked.add(person.pk)
                new[organisation].append(person)
        self._stage.came.clear()
        for organisation, people in new.items():
            answers.of_trainees(self._stage, organisation, people, quarter)

    def _announce(self) -> None:
        """Activities that are still to come, with places taken."""
        stage = self._stage
        held = []
        for coming in self.plan.to_come:
            partner = stage.partner(coming.partner)
            event = next(one for one in self.plan.training if one.title == coming.title)
            one = Held(partner, ActivityKind.TRAINING, event, coming.day, partner.region, ActivityStatus.OPEN)
            one.absent = stage.draw.sample(stage.trainees, coming.registered)
            held.append(one)
        stage.hold(held)
        met = stage.meet_all(held, self.plan.as_of)
        stage.add(
            stage.registration(one, met[one.partner.code][guest], RegistrationStatus.CONFIRMED)
            for one in held
            for guest in one.absent
        )
