"""What a comparison with an outside program is made of: its case, the limits of each output, and a row for each.

A reference of 0 has no relative error, so that a limit has an absolute floor too; the larger of the two counts.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

MISSING = "missing"
"""Our answer where we give none: never within a limit."""


@dataclass(frozen=True)
class Case:
    """One case of an outside program: what it was given, what it answered, and its thinned trajectory, if any."""

    kind: str
    name: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    trajectory: dict[str, list[float]] | None = None


@dataclass(frozen=True)
class Limit:
    """How far an output may lie from the reference: the larger of a share of it and a number in its unit."""

    relative: float = 0.0
    absolute: float = 0.0

    def __str__(self) -> str:
        said = [f"{100 * self.relative:.3g} %"] if self.relative else []
        said += [f"{self.absolute:.3g} abs"] if self.absolute else []
        return " or ".join(said) or "exact"


@dataclass(frozen=True)
class Row:
    """One output: ours, the reference's, and how far they may be apart."""

    output: str
    ours: Any
    reference: Any
    limit: Limit

    @property
    def error(self) -> float | None:
        """Relative; None where the reference is 0 or either is no number."""
        if not _number(self.ours) or not _number(self.reference) or self.reference == 0:
            return None
        return abs(self.ours - self.reference) / abs(self.reference)

    @property
    def within(self) -> bool:
        if not _number(self.reference):
            return type(self.ours) is type(self.reference) and bool(self.ours == self.reference)
        if not _number(self.ours):
            return False
        allowed = max(self.limit.relative * abs(self.reference), self.limit.absolute)
        return abs(self.ours - self.reference) <= allowed


def by_rules(ours: Mapping[str, Any], case: Case, rules: Mapping[str, Limit]) -> Iterator[Row]:
    """A row for each output of the case. `rules`: limits by pattern of a path (`*.t_max_h`); the first to fit counts.

    Raises KeyError for an output that no rule speaks of: it would be compared with nothing.
    """
    found = dict(leaves(ours))
    for path, reference in leaves(case.outputs):
        limit = next((limit for pattern, limit in rules.items() if fnmatchcase(path, pattern)), None)
        if limit is None:
            raise KeyError(f"no rule speaks of the output `{path}`")
        yield Row(path, found.get(path, MISSING), reference, limit)


def farthest(output: str, ours: Iterable[float], reference: Iterable[float], limit: Limit) -> Row:
    """The point of a trajectory at which ours lies farthest from the reference, as one row."""
    pairs = list(zip(ours, reference, strict=True))
    worst = max(pairs, key=lambda pair: abs(pair[0] - pair[1]) if math.isfinite(pair[0]) else math.inf)
    return Row(output, *worst, limit)


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a tree of mappings, with its path (`A.peak_mM`)."""
    if isinstance(tree, Mapping):
        for key, inner in tree.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, tree


def cases(kind: str, file: Path) -> list[Case]:
    """The cases of a file: one, or a list of them. A trajectory stands beside it as .csv of the same name."""
    tree = json.loads(file.read_text(encoding="utf-8"))
    beside = file.with_suffix(".csv")
    trajectory = _columns(beside) if beside.exists() else None
    return [
        Case(kind, each["case"], each["inputs"], each["outputs"], trajectory)
        for each in (tree if isinstance(tree, list) else [tree])
    ]


def _columns(file: Path) -> dict[str, list[float]]:
    with file.open(newline="", encoding="utf-8") as lines:
        head, *rows = csv.reader(lines)
    return {name: [float(row[place]) for row in rows] for place, name in enumerate(head)}


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
