"""What a site says about its physical training; every answer beyond the first raises what may be claimed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from resilience.footprint.sessions import Shape

_Text = Annotated[str, Field(min_length=3, max_length=300)]
_Code = Annotated[str, Field(min_length=1, max_length=80)]


class Garments(StrEnum):
    """The first question to a site: it moves the waste of a gowning by two fifths."""

    DISPOSABLE = "disposable"
    REUSABLE = "reusable"


class Behaviour(StrEnum):
    """How a line of a bill answers when one trainee's run falls away."""

    VARIABLE = "variable"
    STEP = "step"
    FIXED = "fixed"


class SiteFigure(Shape):
    """A figure of the site's own with its 95 % range and the document it stands in."""

    value: Annotated[float, Field(gt=0)]
    low: Annotated[float, Field(gt=0)]
    high: Annotated[float, Field(gt=0)]
    document: _Text

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise ValueError("low, value and high must rise")
        return self


class LineRecord(Shape):
    """What purchase and waste records say of one line of a bill, for one physical run: used, thrown away, paid."""

    run: _Code
    line: _Code
    quantity: SiteFigure
    waste_kg_per_unit: Annotated[float, Field(ge=0)]
    price_gbp: SiteFigure


class SiteLine(Shape):
    """A line that the site adds to a bill, such as an hour's recharge of a room.

    `carbon` and `price` name factors and so say what it is; `price_gbp`, what the site pays, takes the place of the
    factor's value.
    """

    run: _Code
    line: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    what: _Text
    behaviour: Behaviour
    quantity: SiteFigure
    unit: Annotated[str, Field(min_length=1, max_length=40)]
    waste_kg_per_unit: Annotated[float, Field(ge=0)] = 0.0
    carbon: Annotated[str, Field(max_length=80, description="id of a factor, or empty")] = ""
    price: Annotated[str, Field(max_length=80, description="id of a price, or empty")] = ""
    price_gbp: SiteFigure | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.price_gbp and not self.price:
            raise ValueError("price_gbp needs `price`, the id that says what is paid for")
        return self


class BeforeAfter(Shape):
    """Physical practice runs and trainees in two like periods, and the runs' worth of sessions in the second."""

    run: _Code
    runs_before: Annotated[float, Field(ge=0)]
    trainees_before: Annotated[int, Field(ge=1)]
    runs_after: Annotated[float, Field(ge=0)]
    trainees_after: Annotated[int, Field(ge=1)]
    practised_runs: Annotated[float, Field(gt=0, description="sessions in the second period over sessions per run")]
    document: _Text


class SiteProfile(Shape):
    """A site's answers. `garments` has no default: nothing else of a profile changes the waste as much."""

    site: _Code
    name: _Text
    garments: Garments
    physical_runs_per_trainee: Annotated[
        dict[str, Annotated[float, Field(ge=0, le=100)]],
        Field(description="practice runs a trainee would do in a year, by physical run"),
    ] = {}
    documented_fixed: Annotated[
        dict[str, str], Field(description="`run/line` of a fixed line that does fall away: the document that shows it")
    ] = {}
    records: tuple[LineRecord, ...] = ()
    own_lines: tuple[SiteLine, ...] = ()
    comparisons: tuple[BeforeAfter, ...] = ()
    headsets_bought: Annotated[
        dict[int, Annotated[int, Field(ge=0, le=10000)]],
        Field(description="headsets bought for this training alone, by calendar year"),
    ] = {}
