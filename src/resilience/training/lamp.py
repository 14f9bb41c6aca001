"""What lies on every face over a run, step by step: for the view that makes it visible."""

from __future__ import annotations

from typing import Any

from resilience.training.canonical import significant
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.heat import step_seconds
from resilience.training.session import SEEN, Session

_DIGITS = 2


class Lamp:
    """Looks at a session as it is replayed: at the first frame at or after each step of its time.

    Faces that never carried as much as is shown (`SEEN`) are left out; of the others every step is kept.
    """

    def __init__(self, ticks: int) -> None:
        self.step_s = step_seconds(ticks)
        self._steps = 0
        self._faces: dict[tuple[str, str], dict[int, float]] = {}

    def look(self, session: Session) -> None:
        """Take in the session as it is now; steps that have passed without a frame are as this one."""
        upto = int(session.tick / (self.step_s * TICKS_PER_SECOND)) + 1
        if upto <= self._steps:
            return
        for owner, part, organisms in session.lying(0.1 * SEEN):
            kept = self._faces.setdefault((owner, part), {})
            for step in range(self._steps, upto):
                kept[step] = significant(organisms, _DIGITS)
        self._steps = upto

    def shown(self) -> dict[str, Any]:
        """The steps so far: `step_s`, and for each face its owner (`item`), `part` and expected CFU at every step."""
        return {
            "step_s": self.step_s,
            "of": "expected CFU on the face",
            "faces": [
                {"item": owner, "part": part, "cfu": [kept.get(step, 0.0) for step in range(self._steps)]}
                for (owner, part), kept in sorted(self._faces.items())
                if max(kept.values()) >= SEEN
            ],
        }
