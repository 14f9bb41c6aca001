"""The one way out for diversity answers: a table, a quarter, and what disclosure control leaves of it.

A quarter is released once and then stands. What is shown of it is all that is ever shown: no filter, no crossing, no
figure between the quarters. Under the suppression method a quarter is held back when it differs from one released
before by 1 to 9 people in any cell; the one before then stands for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from resilience.people import diversity, invitations, trail
from resilience.people.permissions import Actor
from resilience.programme.quarters import is_quarter_end, quarter_end
from resilience.results.control import Shown, by_rounding, by_suppression, rounded, tells_apart
from resilience.results.counted import Counted
from resilience.results.diversity_tables import Method, Table, tables
from resilience.results.ground import end_of
from resilience.results.models import Release
from resilience.training.canonical import digest
from resilience.training.errors import BadInput


@dataclass(frozen=True)
class Tally:
    """True numbers of one table until a quarter: how many were asked, how many answered, and people by row."""

    asked: int
    answered: int
    counts: dict[str, int]


def release(table_id: str, quarter: date, actor: Actor, now: datetime) -> Release:
    """Releases a table for a quarter, once. Raises BadInput for a table that does not exist, a day that ends no
    quarter, a quarter that has not ended, and one that was released before."""
    table = table_of(table_id)
    if not is_quarter_end(quarter):
        raise BadInput(f"{quarter} ends no quarter", "quarter", f"Take {quarter_end(quarter)}.")
    if end_of(quarter) > now:
        raise BadInput(f"the quarter that ends on {quarter} is not over", "quarter", "Release it afterwards.")
    earlier = released(table)
    if earlier and earlier[0].quarter >= quarter:
        raise BadInput(
            f"`{table_id}` was released for {earlier[0].quarter}", "quarter", "A quarter is released once, in order."
        )
    cells = cells_of(table, tally(table, quarter), earlier)
    try:
        with transaction.atomic():
            made = Release.objects.create(
                table=table.id,
                version=table.version,
                quarter=quarter,
                cells=cells,
                method=table.method,
                # Of what is shown alone: a hash of small true numbers would give them away to whoever tries them all.
                rows_hash=digest(cells),
                released_at=now,
            )
            trail.add(actor, "released diversity table", f"table:{table.id}:{quarter}", new=digest(cells), at=now)
            return made
    except IntegrityError:
        raise BadInput(f"`{table_id}` was just released for {quarter}", "quarter", "Nothing is left to do.") from None


def table_of(table_id: str) -> Table:
    """Raises BadInput for a table that does not exist."""
    found = tables().get(table_id)
    if found is None:
        raise BadInput(f"there is no diversity table `{table_id}`", "", f"Take one of {', '.join(tables())}.")
    return found


def released(table: Table) -> list[Release]:
    """The releases of the table's version, newest first."""
    return list(Release.objects.filter(table=table.id, version=table.version).order_by("-quarter"))


def waiting(quarter: date) -> list[Table]:
    """The tables that can still be released for a quarter: those of which neither it nor a later one is out."""
    out = [(table, next(iter(released(table)), None)) for table in tables().values()]
    return [table for table, last in out if last is None or last.quarter < quarter]


def standing(table_id: str, as_of: date) -> Release | None:
    """What is known of a table on a day: the release of the last quarter that ended on or before it, if any."""
    return next((found for found in released(table_of(table_id)) if found.quarter <= as_of), None)


def tally(table: Table, quarter: date) -> Tally:
    """Opens the door for one table. Nothing else does, and nothing it returns leaves this module."""
    asked = invitations.counted(table.strand, quarter)
    with diversity.door():
        found = diversity.tallies(table.strand, table.question, quarter)
    counts = {row.id: sum(found.codes.get(code, 0) for code in row.codes) for row in table.rows}
    silent = sum(found.codes.get(code, 0) for code in table.unanswered)
    return Tally(asked, found.forms - silent, counts)


def cells_of(table: Table, true: Tally, earlier: Sequence[Release] = ()) -> dict[str, Any]:
    """What is shown of a tally, given the releases before it, newest first:
    {"rows": {row: {"count", "percent"}}, "total", "asked", "response_rate", "stands_from": null | day}.

    The response rate is of answers to this question among those asked. Forms returned without an answer to it are not
    counted in it, because how many refused an answer would follow from both.
    """
    if table.method is Method.ROUNDING:
        shown, asked = by_rounding(true.counts, true.answered, not table.several), rounded(true.asked)
    else:
        shown, asked = by_suppression(true.counts), true.asked
        before = [{row: cell["count"] for row, cell in old.cells["rows"].items()} for old in earlier]
        if any(tells_apart(shown, counts) for counts in before):
            # The newest one stands, which may itself have stood for an older one.
            return {
                **earlier[0].cells,
                "stands_from": earlier[0].cells["stands_from"] or earlier[0].quarter.isoformat(),
            }
    return {
        "rows": {row: {"count": count, "percent": shown.percentage(row)} for row, count in shown.counts.items()},
        "total": shown.total,
        "asked": asked,
        "response_rate": rate(shown, asked),
        "stands_from": None,
    }


def rate(shown: Shown, asked: int) -> float | None:
    return min(1.0, round(shown.total / asked, 4)) if shown.total is not None and asked else None


def share(table_id: str, row: str, as_of: date) -> Counted:
    """A row's share among those who answered, as it was released. Raises BadInput for a row that does not exist."""
    table = table_of(table_id)
    if row not in {known.id for known in table.rows}:
        raise BadInput(f"table `{table_id}` has no row `{row}`", "", "Take one of its file.")
    found = standing(table_id, as_of)
    if found is None:
        return Counted(None, None, note="not-released")
    rows = [f"release:{table.id}:{table.version}:{found.quarter}:{found.rows_hash}"]
    count, total = found.cells["rows"][row]["count"], found.cells["total"]
    if count is None or not total:
        return Counted(None, None, rows=rows, note="suppressed")
    note = "held-back" if found.cells["stands_from"] else ""
    value = (200 * count + total) // (2 * total)
    return Counted(value, count, total, found.cells["response_rate"], rows, note)
