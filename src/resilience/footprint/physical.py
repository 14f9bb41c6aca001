"""What one trainee's share of a physical run takes, line by line, at a site in a year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resilience.footprint.basis import Basis
from resilience.footprint.bills import Bill, Bills, Line
from resilience.footprint.errors import FootprintError
from resilience.footprint.factors import Factors, Grade
from resilience.footprint.measures import amounts
from resilience.footprint.sites import Behaviour, Garments, SiteFigure, SiteProfile
from resilience.footprint.uncertainty import Array


@dataclass(frozen=True)
class Placed:
    """A line of a bill as it stands at a site; `site` is empty where the default quantity serves."""

    line: Line
    site: str
    recorded: bool
    counted: bool
    price: SiteFigure | None = None


def lines_at(bill: Bill, profile: SiteProfile | None) -> tuple[Placed, ...]:
    """The bill with a site's garments, records and own lines.

    Fixed lines do not count unless the site documents that they fall away. Where nobody was asked, garments are
    taken as reusable: most sites wear them, and they give the lower figures.
    """
    run = bill.run.run
    records = {record.line: record for record in profile.records if record.run == run} if profile else {}
    documented = set(profile.documented_fixed) if profile else set()
    reusable = profile is None or profile.garments is Garments.REUSABLE
    placed = []
    for line in bill.lines:
        at_site = line.with_reusable_garments() if reusable else line
        record = records.get(line.line)
        if profile and record:
            figure = record.quantity
            at_site = at_site.model_copy(
                update={
                    "quantity": figure.value,
                    "low": figure.low,
                    "high": figure.high,
                    "waste_kg": record.waste_kg_per_unit,
                    "grade": Grade.MEDIUM,
                    "source": figure.document,
                }
            )
        counted = line.behaviour is not Behaviour.FIXED or line.key in documented
        site = profile.site if profile and record else ""
        paid = record.price_gbp if record else None
        placed.append(Placed(at_site, site, record is not None, counted, paid))
    for own in profile.own_lines if profile else ():
        if profile and own.run == run:
            line = Line(
                run=run, line=own.line, what=own.what, beth=own.what, behaviour=own.behaviour,
                quantity=own.quantity.value, low=own.quantity.low, high=own.quantity.high, unit=own.unit,
                waste_kg=own.waste_kg_per_unit, carbon=own.carbon, price=own.price, grade=Grade.MEDIUM,
                source=own.quantity.document,
            )  # fmt: skip
            counted = own.behaviour is not Behaviour.FIXED or line.key in documented
            placed.append(Placed(line, profile.site, True, counted, own.price_gbp))
    return tuple(placed)


def line_amounts(placed: Placed, trainees_per_run: int, year: int, basis: Basis) -> Array:
    """Waste, carbon and money of a trainee's share of one line, shape (3, draws)."""
    line = placed.line
    share = basis.quantity(line, placed.site) / trainees_per_run
    return amounts(
        basis.draws.n,
        share * line.waste_kg,
        share * basis.figure(line.carbon, year) * line.carbon_times,
        share * (basis.paid(line, placed.site, placed.price) if placed.price else basis.figure(line.price, year)),
    )


def gross(bill: Bill, garments: Garments, year: int, basis: Basis) -> Array:
    """A trainee's share of all lines of a physical run, fixed ones too, shape (3, draws): what there is to avoid."""
    total = np.zeros((3, basis.draws.n))
    for line in bill.lines:
        at_site = line.with_reusable_garments() if garments is Garments.REUSABLE else line
        total += line_amounts(Placed(at_site, "", False, True), bill.run.trainees_per_run, year, basis)
    return total


def check_profile(profile: SiteProfile, bills: Bills, factors: Factors) -> None:
    """Every run, line and factor that a profile names exists and may be used. Raises FootprintError."""
    where = f"site profile `{profile.site}`"

    def bill(run: str, key: str) -> Bill:
        if run not in bills.runs:
            raise FootprintError(f"there is no run `{run}`", f"{where}, `{key}`", f"Runs: {', '.join(bills.runs)}.")
        return bills.runs[run]

    known: set[str] = set()
    for run in bills.runs.values():
        known |= {line.key for line in run.lines}
    for index, own in enumerate(profile.own_lines):
        bill(own.run, f"own_lines.{index}.run")
        if f"{own.run}/{own.line}" in known:
            raise FootprintError(
                f"`{own.run}/{own.line}` stands already",
                f"{where}, `own_lines.{index}`",
                "Give a record of it instead.",
            )
        known.add(f"{own.run}/{own.line}")
        factors.usable(own.carbon, "kgCO2e/", f"{where}, `own_lines.{index}.carbon`")
        factors.usable(own.price, "GBP/", f"{where}, `own_lines.{index}.price`")
    recorded: set[str] = set()
    for index, record in enumerate(profile.records):
        if f"{record.run}/{record.line}" in recorded:
            raise FootprintError(
                f"`{record.run}/{record.line}` is recorded twice", f"{where}, `records.{index}`", "Keep one record."
            )
        recorded.add(f"{record.run}/{record.line}")
        if record.line not in {line.line for line in bill(record.run, f"records.{index}.run").lines}:
            raise FootprintError(
                f"there is no line `{record.line}` in `{record.run}`",
                f"{where}, `records.{index}.line`",
                "Add it as own line.",
            )
    for key in profile.documented_fixed:
        if key not in known:
            raise FootprintError(f"there is no line `{key}`", f"{where}, `documented_fixed`", "Write run/line.")
    for run_name in profile.physical_runs_per_trainee:
        bill(run_name, "physical_runs_per_trainee")
    compared: set[str] = set()
    for index, comparison in enumerate(profile.comparisons):
        bill(comparison.run, f"comparisons.{index}.run")
        if comparison.run in compared:
            raise FootprintError(
                f"`{comparison.run}` is compared twice", f"{where}, `comparisons.{index}`", "Keep the one that holds."
            )
        compared.add(comparison.run)
