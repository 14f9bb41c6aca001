"""docs/how/footprint-figures.md: every figure of the footprint with range, grade and source.

`python -m resilience.footprint.method_page` prints it.
"""

from __future__ import annotations

from collections.abc import Iterable

from resilience.footprint import bills, factors
from resilience.footprint.factors import Role

_HEAD = """# The figures of the footprint

Written from the tables in `src/resilience/footprint/facts/` by `python -m resilience.footprint.method_page`.
Low and high are the ends of a 95 % range. Grades: solid (an official table or peer-reviewed), medium (one good source
or a stated derivation), weak (judgement), assumption (a choice of ours). Use: line (may enter an account), prior
(how much a session displaces), context (for comparison, apart from any net), never (may not enter a result)."""

_FACTOR_HEAD = ("id", "what", "value", "low", "high", "unit", "grade", "use", "source")
_BILL_HEAD = (
    "line", "what", "behaves", "quantity", "low", "high", "unit", "kg waste a unit", "carbon", "price", "grade",
    "source",
)  # fmt: skip


def page() -> str:
    """The whole page."""
    return "\n\n".join([_HEAD, "## Factors and prices", _factors(), "## Bills of material", _bills()]) + "\n"


def _factors() -> str:
    rows = [
        (f"`{one.id}`", one.what, one.value, one.low, one.high, one.unit, one.grade, one.role,
         " ".join(part for part in (one.source + ".", one.note) if part))
        for one in sorted(factors.built_in(), key=lambda one: (list(Role).index(one.role), one.id))
    ]  # fmt: skip
    return _table(_FACTOR_HEAD, rows)


def _bills() -> str:
    tables = []
    for bill in bills.built_in().runs.values():
        shared = bill.run.trainees_per_run
        rows = [
            (f"`{line.line}`", line.what, line.behaviour, line.quantity, line.low, line.high, line.unit, line.waste_kg,
             f"{line.carbon_times:g} x {line.carbon}" if line.carbon else "", line.price, line.grade, line.source)
            for line in bill.lines
        ]  # fmt: skip
        title = f"### `{bill.run.run}`: {bill.run.what}, {shared} trainee{'s' if shared > 1 else ''} a run"
        tables.append(f"{title}\n\n{_table(_BILL_HEAD, rows)}")
    return "\n\n".join(tables)


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    print(page(), end="")
