"""What somebody decides about a file where its columns cannot say it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from resilience.programme.models import EvaluationLevel, HeadCountKind


@dataclass(frozen=True)
class Options:
    """present: everybody with a ticket was there, although nobody was checked in.

    meeting: which meeting of the activity, from 1 in the order of time; None: by date, or the only one.
    heads_kind: how numbers of heads are known where no column says it.
    level: of an evaluation; full_marks: the points of a test in which everything is right, None: the most that anybody
    got for each question.
    """

    present: bool = False
    meeting: int | None = None
    heads_kind: str = HeadCountKind.ESTIMATE.value
    level: str = EvaluationLevel.REACTION.value
    full_marks: float | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
