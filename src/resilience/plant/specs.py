"""Specifications of the plant: one YAML file a kind, validated once, shared by physics, interaction and CAD.

Lengths are metres, angles degrees, volumes millilitres. A kind's origin is the middle of its base, y up, front towards
+z; a `shift` moves the bounding box where that does not hold (hands, spouts). See docs/how/plant.md.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from resilience.plant.facts import Fact, Metres, Span, Wording
from resilience.plant.rooms import Opening, Room
from resilience.plant.rules import broken_rule
from resilience.plant.space import IDENTITY, Quaternion, Vector, add, distance, mirrored, quaternion, rotated, subtract

SPECS = Path(__file__).parent / "specs"
MODELS = Path(__file__).parent / "models"

HandSide = Literal["left", "right"]


class SpecError(ValueError):
    """A specification file is wrong: says which kind, which field and why."""

    def __init__(self, kind: str, field: str, why: str) -> None:
        super().__init__(f"plant specification {kind!r}, field {field!r}: {why}")
        self.kind, self.field, self.why = kind, field, why


class Grip(Fact):
    """How the right hand holds a part: `hold` (item frame) meets the hand's `pose` point. The left hand mirrors it."""

    pose: Literal["pinch", "grip", "palm"]
    hold: Vector
    turn: Vector = (0.0, 0.0, 0.0)


class Part(Fact):
    critical: bool = False
    grip: Grip | None = None


class Grid(Fact):
    """Sockets in rows along x, row after row along z."""

    first: Vector
    step: tuple[Metres, Metres]
    columns: int = Field(ge=1, le=50)
    rows: int = Field(ge=1, le=50)

    def places(self) -> tuple[Vector, ...]:
        x, y, z = self.first
        return tuple(
            (x + column * self.step[0], y, z + row * self.step[1])
            for row in range(self.rows)
            for column in range(self.columns)
        )


class Sockets(Fact):
    """Where contents rest: the base of what stands there. `accepts` are kinds, or "*" for anything."""

    accepts: tuple[str, ...]
    radius: Metres
    at: tuple[Vector, ...] = ()
    grid: Grid | None = None

    @property
    def places(self) -> tuple[Vector, ...]:
        return self.grid.places() if self.grid else self.at


class CriticalSite(Fact):
    """An opening or surface the product meets: centre and radius in the item's frame."""

    part: str
    at: Vector
    radius: Metres


class Surface(Fact):
    """A level rectangle on which things rest."""

    y: float
    x: Span
    z: Span


class Volume(Fact):
    x: Span
    y: Span
    z: Span


class Control(Fact):
    """A thing to operate: `at` is where a finger meets it."""

    kind: Literal["toggle", "press", "choice", "number"]
    part: str
    at: Vector
    values: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None


class Motion(Fact):
    """How a part moves from rest to its end: `slide` in metres, or `turn` (axis) by `degrees` about `at`."""

    slide: Vector | None = None
    turn: Vector | None = None
    degrees: float = 0.0
    at: Vector = (0.0, 0.0, 0.0)
    of: str


class Liquid(Fact):
    """The part that shows the level: its node has its origin at the foot and is stretched along `axis` by 0..1."""

    part: str
    axis: Literal["y", "z"] = "y"
    full_ml: float = Field(gt=0)
    brimful_ml: float = Field(gt=0)


class Screen(Fact):
    """A node whose face carries text drawn by the client: width and height in metres, UV 0..1.

    `read_from` is how far away, in metres, `lines` lines of text must still be legible.
    """

    size: tuple[Metres, Metres]
    read_from: Metres | None = None
    lines: int | None = Field(default=None, ge=1, le=60)


class Mount(Fact):
    """Where equipment stands: `kind` where the name of the mount is not the kind itself."""

    at: Vector
    yaw: float
    kind: str = ""


class Named(Fact):
    """A real part that a trainee must be able to name: its words, the part (node) it belongs to, and where it is."""

    en: str = Field(min_length=2)
    cy: str = Field(min_length=2)
    part: str
    at: Vector | None = None


class NameParts(Fact):
    """The real parts of a kind, at least `least` of them."""

    least: int = Field(ge=1)
    parts: dict[str, Named]


class Affordance(Fact):
    """What a person does with it beside operating a control: the part, where, and the words for it."""

    part: str
    at: Vector
    words: Wording


class Footprint(Fact):
    """What an item takes up on a surface, for collisions and first air: a circle or a rectangle, and its height."""

    circle: Metres | None = None
    rectangle: tuple[Metres, Metres] | None = None
    height: Metres

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        if (self.circle is None) == (self.rectangle is None):
            raise ValueError("give either circle (radius) or rectangle (x, z)")
        return self

    @property
    def radius(self) -> float:
        """Radius of the circle around it, metres."""
        if self.circle is not None:
            return self.circle
        assert self.rectangle is not None
        return distance((self.rectangle[0] / 2, 0.0, self.rectangle[1] / 2), (0.0, 0.0, 0.0))


class Spec(Fact):
    """One kind of thing in the plant."""

    kind: str
    title: Wording
    source: str = Field(min_length=10)
    size: tuple[Metres, Metres, Metres]
    shift: Vector = (0.0, 0.0, 0.0)
    footprint: Footprint
    parts: dict[str, Part] = Field(min_length=1)
    outside: tuple[str, ...] = ()
    sockets: Sockets | None = None
    critical_sites: tuple[CriticalSite, ...] = ()
    surfaces: dict[str, Surface] = {}
    volumes: dict[str, Volume] = {}
    controls: dict[str, Control] = {}
    motions: dict[str, Motion] = {}
    points: dict[str, Vector] = {}
    screens: dict[str, Screen] = {}
    mounts: dict[str, Mount] = {}
    name_parts: NameParts | None = None
    affordances: dict[str, Affordance] = {}
    opening: Opening | None = None
    room: Room | None = None
    liquid: Liquid | None = None
    dimensions: dict[str, float] = {}
    budget: int = Field(gt=0, le=60_000, description="triangles of the whole model")
    repeats: int = Field(default=1, ge=1, le=100)
    digest: str = ""

    @property
    def low(self) -> Vector:
        """Lower corner of the bounding box."""
        return (self.shift[0] - self.size[0] / 2, self.shift[1], self.shift[2] - self.size[2] / 2)

    @property
    def high(self) -> Vector:
        """Upper corner of the bounding box."""
        return add(self.low, self.size)

    @property
    def critical_parts(self) -> tuple[str, ...]:
        return tuple(name for name, part in self.parts.items() if part.critical)

    @property
    def standing(self) -> tuple[tuple[str, str, Mount], ...]:
        """What stands in a room: (name of the mount, kind, mount)."""
        return tuple((name, mount.kind or name, mount) for name, mount in self.mounts.items())

    @property
    def grips(self) -> dict[str, Grip]:
        return {name: part.grip for name, part in self.parts.items() if part.grip}

    def dimension(self, name: str) -> float:
        """A named length of the CAD model, in metres (or degrees where the name says so)."""
        try:
            return self.dimensions[name]
        except KeyError:
            raise SpecError(self.kind, f"dimensions.{name}", "is not given") from None

    def held(self, part: str, hand: HandSide) -> tuple[Vector, Quaternion]:
        """Where the item's origin is, and how it is turned, in the frame of the hand that holds it by `part`."""
        grip = self.grips.get(part)
        if grip is None:
            known = ", ".join(self.grips) or "no part"
            raise SpecError(self.kind, f"parts.{part}", f"cannot be gripped; grips are on {known}")
        turn = quaternion(grip.turn) if any(grip.turn) else IDENTITY
        origin = subtract(load("glove-right").points[grip.pose], rotated(grip.hold, turn))
        return (origin, turn) if hand == "right" else mirrored(origin, turn)

    def point_in_hand(self, point: str, part: str, hand: HandSide) -> Vector:
        """A working point (needle tip, nozzle) in the frame of the hand that holds the item by `part`."""
        if point not in self.points:
            raise SpecError(self.kind, f"points.{point}", f"is not given; known: {', '.join(self.points) or 'none'}")
        origin, turn = self.held(part, hand)
        return add(origin, rotated(self.points[point], turn))


def kinds() -> tuple[str, ...]:
    """All kinds, in alphabetical order."""
    return tuple(sorted(path.stem for path in SPECS.glob("*.yaml")))


@cache
def load(kind: str) -> Spec:
    """The specification of a kind; raises SpecError naming kind, field and reason."""
    path = SPECS / f"{kind}.yaml"
    if kind not in kinds():
        raise SpecError(kind, "kind", f"is not known; the kinds are {', '.join(kinds())}")
    return parse(kind, path.read_text(encoding="utf-8"))


def parse(kind: str, text: str) -> Spec:
    """Validate the text of one specification file. `kind` is the name of the file it came from."""
    try:
        raw: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise SpecError(kind, "file", f"is not YAML: {error}") from None
    if not isinstance(raw, dict):
        raise SpecError(kind, "file", "must be a mapping of fields")
    if raw.get("kind") != kind:
        raise SpecError(kind, "kind", f"is {raw.get('kind')!r}, but the file is named {kind}.yaml")
    raw["digest"] = hashlib.sha256(text.encode()).hexdigest()
    try:
        spec = Spec.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise SpecError(kind, ".".join(str(step) for step in first["loc"]) or "file", first["msg"]) from None
    broken = broken_rule(spec)
    if broken:
        raise SpecError(kind, *broken)
    for name, standing, _ in spec.standing:
        if not (SPECS / f"{standing}.yaml").exists():
            raise SpecError(kind, f"mounts.{name}", f"is of the unknown kind {standing!r}")
    return spec
