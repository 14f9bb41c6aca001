"""Why a figure changed: two snapshots of one indicator compared row by row, each row gained or lost with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from resilience.people.scopes import whole_programme
from resilience.results.definitions import shelf
from resilience.results.figures import unpack
from resilience.results.models import Snapshot
from resilience.results.reasons import Explanation, Reasons, Why
from resilience.training.errors import BadInput

# References whose last parts are numbers that enter the figure: how many parts name the row, which part is the number.
NUMBERED = {"heads": (3, 4), "visits": (2, 2), "hours": (2, 3), "places": (2, 3), "forms": (3, 3)}


@dataclass(frozen=True)
class Line:
    """One row of a figure that is not the same in both. `effect` is what it adds to the numerator, where it adds."""

    change: Literal["gained", "lost", "changed"]
    ref: str
    before: str
    after: str
    effect: float | None
    why: Why
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """What lies between two snapshots. `lines` are in the order of their references."""

    first: Snapshot
    second: Snapshot
    lines: list[Line]

    @property
    def change(self) -> float | None:
        if self.first.value is None or self.second.value is None:
            return None
        return round(self.second.value - self.first.value, 4)

    @property
    def definition_changed(self) -> bool:
        return self.first.version != self.second.version

    @property
    def reasons(self) -> Counter[tuple[str, Why]]:
        """How many rows were gained, lost and changed for each reason."""
        return Counter((line.change, line.why) for line in self.lines)

    @property
    def explained(self) -> float | None:
        """The sum of the rows' effects: the change itself, where the figure is a sum of its rows."""
        effects = [line.effect for line in self.lines]
        return None if None in effects else round(sum(effect for effect in effects if effect is not None), 4)


def difference(first: Snapshot, second: Snapshot) -> Difference:
    """Raises BadInput for snapshots of different indicators or of different parts of the programme."""
    if first.indicator != second.indicator:
        raise BadInput(f"`{first.indicator}` and `{second.indicator}` are different figures", "", "Compare one.")
    if first.filters != second.filters:
        raise BadInput("the snapshots are of different parts of the programme", "filters", "Compare the same part.")
    before, after = _keyed(first), _keyed(second)
    adds = shelf().version(second.indicator, second.version).unit not in {"percent", "points", "hours"}
    with whole_programme("explaining why a figure changed"):
        reasons = Reasons(first, second)
        reasons.prepare(
            gained=[after[key] for key in after.keys() - before.keys()],
            lost=[before[key] for key in before.keys() - after.keys()],
        )
        lines = list(_lines(before, after, reasons, adds))
    return Difference(first, second, lines)


def _keyed(snapshot: Snapshot) -> dict[str, str]:
    """What names a row -> the whole reference."""
    return {_key(ref): ref for ref in unpack(snapshot.rows)}


def _key(ref: str) -> str:
    parts = ref.split(":")
    named, _ = NUMBERED.get(parts[0], (len(parts), 0))
    return ":".join(parts[:named])


def _lines(before: dict[str, str], after: dict[str, str], reasons: Reasons, adds: bool) -> Iterator[Line]:
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, ""), after.get(key, "")
        if old == new:
            continue
        effect = _worth(new) - _worth(old) if adds else None
        explained: Explanation
        if not old:
            explained = reasons.gained(new)
        elif not new:
            explained = reasons.lost(old)
        else:
            explained = reasons.changed(old, new)
        change: Any = "changed" if old and new else "gained" if new else "lost"
        yield Line(change, key, old, new, effect, explained.why, explained.detail)


def _worth(ref: str) -> float:
    if not ref:
        return 0
    parts = ref.split(":")
    _, place = NUMBERED.get(parts[0], (0, 0))
    return float(parts[place]) if place else 1
