"""A patch: one face of a thing that can carry organisms and be wet, be it a glove, a needle or a worktop."""

from __future__ import annotations


class Patch:
    """What lies on one face. `cfu` is an expected number of organisms; times are process ticks, -1 for never.

    `owner` is an item id, surface id or `hand:left`; `cause` names what brought most of what lies there.
    """

    __slots__ = (
        "agent",
        "cause",
        "cause_tick",
        "cfu",
        "coverage",
        "critical",
        "kind",
        "owner",
        "part",
        "wet_from",
        "wet_seconds",
        "wet_until",
    )

    def __init__(self, owner: str, kind: str, part: str, critical: bool, cfu: float) -> None:
        self.owner, self.kind, self.part, self.critical = owner, kind, part, critical
        self.cfu = cfu
        self.cause, self.cause_tick = owner, 0
        self.wet_from = self.wet_until = -1
        self.wet_seconds = 0.0
        self.agent = ""
        self.coverage = 0.0

    @property
    def wet(self) -> bool:
        return self.wet_from >= 0

    def gain(self, cfu: float, cause: str, tick: int) -> None:
        """Add organisms, remembering the cause where it outweighs what was there."""
        if cfu > self.cfu:
            self.cause, self.cause_tick = cause, tick
        self.cfu += cfu
