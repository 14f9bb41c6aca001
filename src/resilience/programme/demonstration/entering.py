"""The invented programme, entered quarter by quarter as its coordinators would have, so that figures can be frozen in
between and later change for a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from resilience.people.models import Account, Organisation, Person
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme
from resilience.programme.demonstration import answers, coming, grant, leadership, outreach, training
from resilience.programme.demonstration.plan import plan
from resilience.programme.demonstration.stage import Stage

SEED = 1


class Demonstration:
    """Call `found` once, then `enter` for each quarter of `plan.quarter_ends` in order. The same seed and moment
    give the same programme; people's references and tokens are random, as they are in life."""

    def __init__(self, reviewers: Sequence[Account], now: datetime, seed: int = SEED) -> None:
        """reviewers: who read the applications of cohorts that are over; now: when looked at, for what is open then."""
        self.plan = plan()
        self._now = now
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
                coming.announce(self._stage, self._now)
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
