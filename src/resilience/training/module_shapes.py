"""The shapes of a module's files: what must stand in them, and of what type.

Lengths in metres, yaw in radians, times in seconds unless a field's name says otherwise.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Code = Literal[
    "HYG", "GWN", "DOR", "TRN", "DIS", "AIR", "SPD", "TCH", "LAY", "GLV", "EXP", "SEQ", "LBL", "DOC", "DEV", "WST"
]
CODES: tuple[str, ...] = get_args(Code)

Mode = Literal["guided", "practice", "assessment"]
Severity = Literal["critical", "major", "minor"]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_:{}-]*$")]
Point2 = Annotated[tuple[float, float], Field(strict=False)]
Point3 = Annotated[tuple[float, float, float], Field(strict=False)]
Pattern = dict[str, Any]
Line = dict[str, Any]


class Shape(BaseModel):
    """A part of a module file: no unknown keys, no silent conversion, never changed after loading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class Range(Shape):
    """A figure with its plausible range and where it comes from."""

    value: float
    low: float
    high: float
    source: str
    grade: Literal["solid", "medium", "weak", "assumption"] = "assumption"
    year: int | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if not self.low <= self.value <= self.high:
            raise ValueError("low, value and high must stand in that order")
        return self


# module.yaml ---------------------------------------------------------------------------------------------------------
class Mastery(Shape):
    """How often the standard must be met, and when it is tested again."""

    clean_runs: int = Field(ge=1)
    retest_weeks: list[int]


class Site(Shape):
    """Whose procedure this is; a site's overlay fills it in."""

    name: str = ""
    sop: str = ""
    author: str = ""
    approved_by: str = ""
    effective: str = ""


class Head(Shape):
    """module.yaml"""

    id: Id
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    # Another module, over whose files this one's are laid: the folder then holds only what differs.
    based_on: Id | None = None
    minutes: int = Field(ge=1)
    competencies: list[Id]
    stations: list[Id]
    modes: list[Mode]
    mastery: Mastery
    languages: list[str] = Field(min_length=1)
    site: Site = Site()


# scene.yaml ----------------------------------------------------------------------------------------------------------
class Equipment(Shape):
    """A thing that stands in the room for good."""

    id: Id
    kind: Id
    at: Point3
    yaw: float
    station: Id | None = None


class Station(Shape):
    """A place to stand; `key` is its digit on a keyboard."""

    at: Point3
    yaw: float
    key: int = Field(ge=1, le=9)


class Surface(Shape):
    """A surface of a piece of equipment; its rectangle comes from the plant specification."""

    equipment: Id
    surface: str


class Item(Shape):
    """A thing to handle. Placed one way: `on` a surface (with a slot), `in` a thing, `at` a point, or in a pack.

    `count` makes ids from a name with `{n}`; `holds` puts so many items of a kind inside, named `<kind>-<n>`.
    `expiry` is relative to today: `+400d`, or `-1d` for a thing past its date.
    """

    id: Id
    kind: Id
    on: Id | None = None
    slot: Id | None = None
    in_: Id | None = Field(default=None, alias="in")
    at: Point3 | None = None
    yaw: float = 0.0
    station: Id | None = None
    stations: list[Id] = []
    fixed: bool = False
    count: int | None = Field(default=None, ge=1)
    contents: list[Id] = []
    holds: dict[str, int] = {}
    spare_of: Id | None = None
    lot: str | None = None
    expiry: str | None = Field(default=None, pattern=r"^[+-]\d+d$")
    ml: float | None = Field(default=None, ge=0)
    sterile: bool = False


class RecordField(Shape):
    """A field of the batch record; `fact` names the truth it is compared with."""

    id: Id
    type: Literal["number", "text", "time", "choice"]
    unit: str = ""
    choices: list[Id] = []
    limits: Point2 | None = None
    fact: str | None = None
    given: bool = False
    required: bool = True


class Question(Shape):
    """A decision put to the trainee. `each` makes one per item of a kind, `{item}` in the id.

    `truth` names the fact that holds the right choice; lacking for a judgement of one's own.
    """

    id: Id
    choices: list[Id] = Field(min_length=2)
    each: str | None = None
    item: Id | None = None
    station: Id | None = None
    truth: str | None = None


Grade = Literal["A", "B", "C", "D"]


class Probe(Shape):
    """An instrument at a place in the room, and the grade whose limits it is held against."""

    at: Point3
    grade: Grade


class Sample(Shape):
    """A contact plate: of a surface or of the `sleeve`, and the grade whose limits it is held against."""

    place: Id
    grade: Grade


class Monitoring(Shape):
    """What watches a batch. `dabs` is the grade of the finger dabs at the end; none where it is left out."""

    counter: Probe | None = None
    settle: Probe | None = None
    contact: list[Sample] = []
    dabs: Grade | None = None


class Scene(Shape):
    """scene.yaml"""

    room: Id
    air_changes: float = Field(default=40.0, gt=0)
    """Air changes of the room an hour; by default the usual design of a Grade B room."""
    start: Id
    equipment: list[Equipment]
    stations: dict[Id, Station]
    surfaces: dict[Id, Surface]
    items: list[Item]
    record: list[RecordField] = []
    signatures: list[Id] = []
    questions: list[Question] = []
    monitoring: Monitoring | None = None


# procedure.yaml ------------------------------------------------------------------------------------------------------
class Step(Shape):
    """A step of the procedure, done when its pattern was seen."""

    id: Id
    done: Pattern
    expert: list[Line] = []
    source: str
    optional: bool = False


class Each(Shape):
    """All items of one kind, in the order of the scene."""

    each: str


class Phase(Shape):
    """A group of steps; with `per` it is repeated for each item."""

    id: Id
    per: list[Id] | Each | None = None
    steps: list[Step] = Field(min_length=1)


class Operation(Shape):
    """A unit procedure's operation, as ISA-88 has it."""

    id: Id
    phases: list[Phase] = Field(min_length=1)


class Reaction(Shape):
    """What an expert does when something happens (a pattern over events), at once or `after` a step of its item."""

    id: Id
    on: Pattern
    once: bool = True
    after: Id | None = None
    expert: list[Line]


class Procedure(Shape):
    """procedure.yaml"""

    operations: list[Operation] = Field(min_length=1)
    reactions: list[Reaction] = []


# checks.yaml ---------------------------------------------------------------------------------------------------------
class Check(Shape):
    """An assessment rule; `with` holds what its kind needs."""

    id: Id
    code: Code
    severity: Severity
    kind: str
    with_: dict[str, Any] = Field(alias="with")
    source: str = Field(min_length=3)
    weight: float = Field(gt=0)


class Checks(Shape):
    """checks.yaml"""

    checks: list[Check]


# variants.yaml -------------------------------------------------------------------------------------------------------
class BadPack(Shape):
    """One pack of `of` is made unfit in one of the ways of `how`."""

    of: list[Id] = Field(min_length=1)
    how: list[Literal["expired", "torn"]] = Field(min_length=1)


class Trigger(Shape):
    """The moment a deviation begins: the nth event of a pattern, n drawn from `nth` (both ends included)."""

    event: Pattern
    nth: Annotated[tuple[int, int], Field(strict=False)]


class Deviation(Shape):
    """A fault the seed may inject; without a trigger it is there from the beginning."""

    id: Id
    effect: Literal["airflow", "drop", "tear", "wrong_roll"]
    trigger: Trigger | None = None
    hand: list[Literal["left", "right"]] = []
    item: Id | None = None


class Variants(Shape):
    """variants.yaml; slots are [x, z] in metres in the room, on the surface they are listed under."""

    slots: dict[Id, dict[Id, Point2]] = {}
    shuffle: list[list[Id]] = []
    bad_pack: BadPack | None = None
    deviations: list[Deviation] = []
    numbers: dict[str, Point2] = {}
    batch: str = Field("B-{n:05d}", pattern=r"^[^{}]*\{n(:0\d+d)?\}[^{}]*$", max_length=40)


# mutations.yaml ------------------------------------------------------------------------------------------------------
class Needs(Shape):
    """What a scenario must hold for a mutation to have a chance; lacking, any seed will do."""

    fault: Id | None = None
    bad_how: str | None = None


class At(Shape):
    """Where in the expert's plan: a step (of an operation), its nth repetition, the nth line in it, from 1."""

    step: Id
    operation: Id | None = None
    nth: int | Literal["all"] = 1
    line: int | None = None


class Mutation(Shape):
    """A novice's error as a change to the expert's plan, and the checks that must see it."""

    id: Id
    at: At
    change: Literal["skip", "swap", "insert", "replace", "path", "rush", "shorten", "forge", "grip"]
    lines: list[Line] = []
    with_: At | None = Field(default=None, alias="with")
    to: Any = None
    needs: Needs = Needs()
    catches: list[Id] = Field(min_length=1)


class Mutations(Shape):
    """mutations.yaml"""

    mutations: list[Mutation]


# standard.yaml, bill.yaml, frameworks.yaml ----------------------------------------------------------------------------
class ItemStandard(Shape):
    """How likely a just competent person is judged to meet this item (Angoff), 0 to 1."""

    minimum: float = Field(ge=0, le=1)


class Standard(Shape):
    """standard.yaml"""

    critical_gate: bool
    checklist_minimum: float = Field(ge=0, le=1)
    records_minimum: float = Field(ge=0, le=1)
    set_by: str
    set_on: str = ""
    method: str
    items: dict[Id, ItemStandard]


class BillLine(Shape):
    """One line of what the physical run consumes; waste in kg per unit, price in pounds per unit."""

    id: Id
    quantity: Range
    unit: str
    waste_kg: Range
    price_gbp: Range
    per_vial: bool = False


class Bill(Shape):
    """bill.yaml"""

    run: str
    trainees_per_run: int = Field(ge=1)
    lines: list[BillLine]
    lost_batch_gbp: Range


class Topic(Shape):
    """A topic of a framework; the code stays empty where its wording could not be read."""

    code: str
    topic: Id


class Framework(Shape):
    """A competency framework and what of it this module practises."""

    id: str
    version: str
    source: str
    licence: str
    retrieved: str
    topics: list[Topic]


class Frameworks(Shape):
    """frameworks.yaml"""

    frameworks: list[Framework]
