"""A new edition of the government's conversion factors: read, shown, and only then adopted."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from resilience.footprint import official_sheets, tables
from resilience.footprint.errors import FootprintError
from resilience.footprint.factors import Factor, Factors, Grade
from resilience.footprint.official_sheets import Found, Wanted
from resilience.footprint.sessions import Shape
from resilience.footprint.spreadsheet import Spreadsheet


class Change(Shape):
    """What one row of the workbook would do to one factor; values in the factor's own unit."""

    series: str
    id: str
    sheet: str
    row: str
    unit: str
    old_id: str
    old: float
    new: Annotated[float, Field(gt=0)]
    kind: Literal["new", "changed", "confirmed"]

    @property
    def relative(self) -> float:
        """New over old, less one."""
        return self.new / self.old - 1


class Proposal(Shape):
    """A workbook's edition as it would enter the factors. Nothing has been changed yet."""

    edition: Annotated[int, Field(ge=2000, le=2100)]
    form: Literal["flat", "sheets"]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    changes: tuple[Change, ...]
    missing: Annotated[Mapping[str, str], Field(description="series: what was looked for and not found")]


@cache
def wanted(path: Path = tables.FACTS / "official.csv") -> tuple[Wanted, ...]:
    """The rows of the official workbook that feed our factors."""
    rows = tables.read(path, Wanted)
    tables.unique(rows, "series")
    return tuple(row for _, row in rows)


def propose(data: bytes, factors: Factors) -> Proposal:
    """Read a workbook, flat file or ordinary, and say what it would change.

    Raises FootprintError, naming sheet, column and row, for a workbook that cannot be taken as a whole; rows of single
    factors that are not there are listed as missing.
    """
    form, edition, found, missing = official_sheets.read(Spreadsheet(data), wanted())
    changes = []
    for row in wanted():
        if row.series in found:
            changes.append(_change(factors.at(row.series, edition), edition, found[row.series]))
    return Proposal(
        edition=edition, form=form, sha256=hashlib.sha256(data).hexdigest(), changes=tuple(changes), missing=missing
    )


def _change(old: Factor, edition: int, found: Found) -> Change:
    kind: Literal["new", "changed", "confirmed"] = "new"
    if old.edition == edition:
        kind = "confirmed" if abs(found.value - old.value) <= 1e-9 * old.value else "changed"
    identifier = old.id if kind != "new" else f"{old.series}_{edition}"
    return Change(
        series=old.series, id=identifier, sheet=found.sheet, row=found.row, unit=old.unit, old_id=old.id,
        old=old.value, new=found.value, kind=kind,
    )  # fmt: skip


def adopt(factors: Factors, proposal: Proposal, *, without: Collection[str] = ()) -> Factors:
    """The factors with a proposed edition. What was missing must be named in `without`, or FootprintError is raised.

    A factor's relative range stays; its grade becomes solid, since its value is now the official one.
    """
    open_questions = sorted(set(proposal.missing) - set(without))
    if open_questions:
        raise FootprintError(
            f"the workbook lacks {len(open_questions)} factors: {', '.join(open_questions)}",
            f"edition {proposal.edition}",
            "Name them as left out, and the latest figures before stand in; or take a complete workbook.",
        )
    known = {factor.id: factor for factor in factors}
    workbooks = dict(factors.workbooks)
    for change in proposal.changes:
        if change.old_id not in known:
            raise FootprintError(
                f"`{change.old_id}` is gone",
                f"edition {proposal.edition}",
                "Read the workbook again: the factors have changed.",
            )
        old = known[change.old_id]
        place = f"sheet {change.sheet}, row {change.row}"
        known[change.id] = old.model_copy(
            update={
                "id": change.id,
                "edition": proposal.edition,
                "value": change.new,
                "low": change.new * old.low / old.value,
                "high": change.new * old.high / old.value,
                "grade": Grade.SOLID,
                "year": proposal.edition,
                "source": f"UK government conversion factors {proposal.edition}, {place}",
            }
        )
        workbooks[change.id] = (proposal.sha256, change.row)
    return Factors(known.values(), workbooks)
