"""Emission factors, prices and other figures, each with range, unit, grade, source and the year it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from resilience.footprint import tables
from resilience.footprint.errors import FootprintError
from resilience.footprint.uncertainty import Uncertain


class Grade(StrEnum):
    """How well a figure is known."""

    SOLID = "solid"
    MEDIUM = "medium"
    WEAK = "weak"
    ASSUMPTION = "assumption"


class Role(StrEnum):
    """What a figure may be used for."""

    LINE = "line"
    PRIOR = "prior"
    CONTEXT = "context"
    NEVER = "never"


class Factor(tables.Row):
    """A row of factors.csv. `series` joins the years of one figure; without an `edition` it serves every year."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
    series: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
    edition: Annotated[int, Field(ge=2000, le=2100)] | None = None
    what: Annotated[str, Field(min_length=2)]
    beth: Annotated[str, Field(min_length=2, description="the same in Welsh")]
    value: Annotated[float, Field(ge=0)]
    low: Annotated[float, Field(ge=0)]
    high: Annotated[float, Field(ge=0)]
    unit: Annotated[str, Field(min_length=1)]
    grade: Grade
    year: Annotated[int, Field(ge=1990, le=2100, description="of the source")] | None = None
    role: Role
    source: Annotated[str, Field(min_length=4)]
    note: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise ValueError("low, value and high must rise")
        if self.role is Role.LINE and self.low == 0:
            raise ValueError("the low end of a figure that is drawn must be above nought")
        return self

    @property
    def uncertain(self) -> Uncertain:
        """Years of one series share their draws: what is not known of one is not known of the next."""
        return Uncertain.lognormal(self.series, self.value, self.low, self.high)


class Factors:
    """All figures, found by series and year."""

    def __init__(self, factors: Iterable[Factor], workbooks: dict[str, tuple[str, str]] | None = None) -> None:
        self._series: dict[str, dict[int | None, Factor]] = {}
        for factor in factors:
            self._series.setdefault(factor.series, {})[factor.edition] = factor
        # Of factors read from an official workbook: its SHA-256 and the row.
        self.workbooks = dict(workbooks or {})

    def __iter__(self) -> Iterator[Factor]:
        return (factor for years in self._series.values() for factor in years.values())

    def at(self, series: str, year: int) -> Factor:
        """The figure for a year: its edition, else the latest before it, else the earliest. Raises FootprintError."""
        years = self._series.get(series)
        if years is None:
            raise FootprintError(f"there is no factor `{series}`", fix="Take one of factors.csv.")
        if None in years:
            return years[None]
        editions = sorted(edition for edition in years if edition is not None)
        return years[max((edition for edition in editions if edition <= year), default=editions[0])]

    def has_year(self, series: str, year: int) -> bool:
        """Whether the figure is of that very year, or of none in particular."""
        years = self._series.get(series, {})
        return None in years or year in years

    def usable(self, expression: str, unit: str, where: str) -> tuple[str, ...]:
        """The series of `a+b`, checked to be figures for lines, in `unit`. Raises FootprintError."""
        names = tuple(expression.split("+")) if expression else ()
        for name in names:
            if name not in self._series:
                raise FootprintError(f"there is no factor `{name}`", where, "Take one of factors.csv.")
            factor = next(iter(self._series[name].values()))
            if factor.role is not Role.LINE:
                raise FootprintError(
                    f"`{name}` ({factor.what}) may not enter a result. {factor.note}".strip(),
                    where,
                    "Leave the line out, or show the figure as context, apart from any net.",
                )
            if not factor.unit.startswith(unit):
                raise FootprintError(f"`{name}` is in {factor.unit}, not in {unit} per unit", where, "Take another.")
        return names


def load(path: Path = tables.FACTS / "factors.csv") -> Factors:
    """The figures of a table. Raises FootprintError with file, line and key."""
    rows = tables.read(path, Factor)
    tables.unique(rows, "id")
    tables.unique(rows, "series", "edition")
    for place, factor in rows:
        if factor.id not in (factor.series, f"{factor.series}_{factor.edition}"):
            raise FootprintError(f"`id`: {factor.id} does not belong to {factor.series}", str(place), "Name it so.")
    return Factors(factor for _, factor in rows)


@cache
def built_in() -> Factors:
    """The figures that come with the product."""
    return load()
