"""Bills of material of the physical runs, and which module stands beside which run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from resilience.footprint import factors, tables
from resilience.footprint.errors import FootprintError
from resilience.footprint.factors import Factors, Grade
from resilience.footprint.sites import Behaviour

Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Amount = Annotated[float, Field(ge=0)]


class Line(tables.Row):
    """A row of bills.csv, for one physical run; `carbon` and `price` name factors for one unit of the quantity."""

    run: Name
    line: Name
    what: Annotated[str, Field(min_length=2)]
    beth: Annotated[str, Field(min_length=2)]
    behaviour: Behaviour
    quantity: Annotated[float, Field(gt=0)]
    low: Annotated[float, Field(gt=0)]
    high: Annotated[float, Field(gt=0)]
    unit: str
    waste_kg: Amount
    carbon: str = ""
    carbon_times: Annotated[float, Field(gt=0)] = 1.0
    price: str = ""
    grade: Grade
    source: Annotated[str, Field(min_length=4)]
    reusable_waste_kg: Amount | None = None
    reusable_carbon: str = ""
    reusable_price: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.quantity <= self.high:
            raise ValueError("low, quantity and high must rise")
        return self

    @property
    def key(self) -> str:
        return f"{self.run}/{self.line}"

    def with_reusable_garments(self) -> Line:
        """The line where garments are washed and worn again; most lines stay as they are."""
        if self.reusable_waste_kg is None:
            return self
        return self.model_copy(
            update={
                "waste_kg": self.reusable_waste_kg,
                "carbon": self.reusable_carbon,
                "price": self.reusable_price,
            }
        )


class Run(tables.Row):
    """A physical run: how many trainees take part in one."""

    run: Name
    what: Annotated[str, Field(min_length=2)]
    beth: Annotated[str, Field(min_length=2)]
    trainees_per_run: Annotated[int, Field(ge=1)]


class Module(tables.Row):
    """The physical run a training module stands beside, if any, and how many sessions make one of it."""

    module: str
    run: str = ""
    sessions_per_run: Annotated[int, Field(ge=1)]


@dataclass(frozen=True)
class Bill:
    """A physical run with its lines."""

    run: Run
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Bills:
    """All physical runs, and the modules that stand beside them."""

    runs: Mapping[str, Bill]
    modules: Mapping[str, Module]


def load(folder: Path = tables.FACTS, figures: Factors | None = None) -> Bills:
    """Read and check runs.csv, bills.csv and modules.csv. Raises FootprintError with file, line and key."""
    known = figures or factors.built_in()
    runs = {row.run: row for _, row in tables.read(folder / "runs.csv", Run)}
    rows = tables.read(folder / "bills.csv", Line)
    tables.unique(rows, "run", "line")
    lines: dict[str, list[Line]] = {name: [] for name in runs}
    for place, line in rows:
        if line.run not in lines:
            raise FootprintError(f"`run`: there is no run `{line.run}`", str(place), "Add it to runs.csv.")
        for key, unit in (
            ("carbon", "kgCO2e/"),
            ("reusable_carbon", "kgCO2e/"),
            ("price", "GBP/"),
            ("reusable_price", "GBP/"),
        ):
            known.usable(getattr(line, key), unit, f"{place}: `{key}`")
        lines[line.run].append(line)
    modules = tables.read(folder / "modules.csv", Module)
    for place, module in modules:
        if module.run and module.run not in runs:
            raise FootprintError(f"`run`: there is no run `{module.run}`", str(place), "Take one of runs.csv.")
    return Bills(
        {name: Bill(run, tuple(lines[name])) for name, run in runs.items()},
        {name[0]: module for name, module in tables.unique(modules, "module").items()},
    )


@cache
def built_in() -> Bills:
    """The bills that come with the product."""
    return load()
