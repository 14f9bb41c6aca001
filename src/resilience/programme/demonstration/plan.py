"""The plan of the invented programme, read from its files and checked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from resilience.people.models import OrganisationKind, Region, Size
from resilience.programme.models import ActivityFormat
from resilience.programme.quarters import quarters

FOLDER = Path(__file__).parent
Weights = dict[str, Annotated[int, Field(ge=0)]]


class Data(BaseModel):
    """Read from a file: nothing unknown in it, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Names(Data):
    """Words that stand for names."""

    first: list[str]
    last: list[str]


class PlannedGrant(Data):
    code: str
    title: str
    gbp: Decimal


class Partner(Data):
    code: str
    name: str
    kind: OrganisationKind
    region: Region
    place: str
    gbp: Decimal
    # Of 100 activities.
    share: int


class Employer(Data):
    name: str
    size: Size
    region: Region
    also: list[str] = []


class Spelling(Data):
    name: str
    means: str


class School(Data):
    name: str
    region: Region


class Quarter(Data):
    """What is held, and how many people come for the first time."""

    training: int
    outreach: int
    newcomers: int
    pupils: int
    adults: int
    helpers: int


class Event(Data):
    """`module` is practised by who is trained, `modules` are played by classes; `tested`: asked before and after."""

    title: str
    format: ActivityFormat
    minutes: int
    cpd: int = 0
    module: str = ""
    modules: list[str] = []
    competences: list[str] = []
    tested: bool = False


class Texts(Data):
    en: str
    cy: str


class TestQuestion(Data):
    """A question with one right choice, counted from 0."""

    label: Texts
    choices: list[str]
    right: int


class PlannedForm(Data):
    """What a registration page asks: a choice, and a consent to be asked later."""

    question: Texts
    choices: list[str]
    follow_up: Texts


class ToCome(Data):
    """An activity that is open on the day the demonstration is made, in so many days from then; 0: that day."""

    partner: str
    title: str
    in_days: int
    registered: int = 0
    waiting: int = 0


class OpenCall(Data):
    """A call that is open on that day."""

    partner: str
    code: str
    title: str
    since_days: int
    for_days: int
    places: int
    applications: int


class PlannedCohort(Data):
    quarter: int
    partner: str
    code: str
    title: str
    attended: int
    never_came: int
    returning: int
    applications: int
    sex: Weights
    ethnicity: Weights
    refused: int


class DiversityPlan(Data):
    asked_percent: int
    returned_percent: int
    refused_percent: int
    sex: Weights
    ethnicity: Weights
    disability: Weights


class PlannedSession(Data):
    """A session that a virtual trainee plays as somebody of a partner: in a quarter (1 is the first)."""

    partner: str
    quarter: int
    somebody: int
    plays: str
    purpose: str
    device: str
    countersigned: bool = True


class PlannedMastery(Data):
    """So many people of a partner reach mastery in the days before the demonstration is made."""

    partner: str
    people: int
    plays: list[str]
    purpose: str
    device: str


class PlannedRecord(Data):
    """What a site's ledger says of one line of a physical run: quantity, its 95 % range, kg of waste a unit, GBP."""

    line: str
    quantity: tuple[float, float, float]
    waste: float
    price: tuple[float, float, float]


class PlannedSite(Data):
    partner: str
    garments: Literal["disposable", "reusable"]
    runs: int
    document: str = ""
    records: list[PlannedRecord] = []


class PlannedPractice(Data):
    """Practice of one module at the partners, and what their sites say of the physical runs beside it."""

    module: str
    run: str
    sessions: list[PlannedSession]
    mastery: PlannedMastery
    sites: list[PlannedSite]


class PlannedPackage(Data):
    code: str
    partner: str
    title: str
    due_on: date


class PlannedRisk(Data):
    partner: str
    title: str
    likelihood: int
    impact: int
    mitigation: str
    opened: int
    closed: int | None = None


class PlannedChange(Data):
    partner: str
    title: str
    reason: str
    decision: Literal["asked", "agreed", "refused"]
    asked: int


class PlannedTarget(Data):
    indicator: str
    due_on: date
    value: float


class Plan(Data):
    """Everything that is planned. docs/how/results.md tells what each part is for."""

    starts_on: date
    ends_on: date
    grant: PlannedGrant
    funder: str
    partners: list[Partner]
    employers: list[Employer]
    unknown_spellings: list[Spelling]
    schools: list[School]
    quarters: list[Quarter]
    never_came: int
    on_a_cancelled_list: int
    met_twice: int
    name_alone: int
    sharing_an_address: int
    training: list[Event]
    outreach: list[Event]
    year_groups: list[str]
    heads_known: Weights
    test: list[TestQuestion]
    form: PlannedForm
    to_come: list[ToCome]
    open_calls: list[OpenCall]
    cohorts: list[PlannedCohort]
    leaders_employers: int
    cohort_meetings: int
    words: list[str]
    projects: list[str]
    diversity: DiversityPlan
    comments: list[str]
    effects: list[str]
    job_roles: list[str]
    practice: PlannedPractice
    packs: list[int]
    work_packages: list[PlannedPackage]
    risks: list[PlannedRisk]
    changes: list[PlannedChange]
    spend: Weights
    spend_by_quarter: list[int]
    targets: list[PlannedTarget]

    @property
    def quarter_ends(self) -> list[date]:
        """The last days of the quarters for which rows are planned."""
        return list(quarters(self.starts_on, self.ends_on))[: len(self.quarters)]

    @property
    def as_of(self) -> date:
        """The day after 18 months: the end of the last planned quarter."""
        return self.quarter_ends[-1]

    def entered_by(self, quarter: date) -> date:
        """The day by which a quarter's rows are entered and its figures frozen."""
        return quarter + timedelta(days=8)


@cache
def plan() -> Plan:
    """The plan. Raises pydantic's ValidationError that names the key."""
    return Plan.model_validate(yaml.safe_load((FOLDER / "plan.yaml").read_text(encoding="utf-8")))


@cache
def names() -> Names:
    return Names.model_validate(yaml.safe_load((FOLDER / "names.yaml").read_text(encoding="utf-8")))
