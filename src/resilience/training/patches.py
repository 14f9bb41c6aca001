"""A patch: one face of a thing that can carry organisms and be wet, be it a glove, a needle or a worktop."""

from __future__ import annotations


class Patch:
    """One face as the simulator knows it: whose it is, and how wet it looks. Times are process ticks, -1 for never.

    `owner` is an item id, surface id or `hand:left`; `face` is the touch twin's name of it: what lies there, it knows.
    """

    __slots__ = (
        "agent",
        "coverage",
        "critical",
        "face",
        "kind",
        "met",
        "owner",
        "part",
        "wet_from",
        "wet_seconds",
        "wet_until",
    )

    def __init__(self, owner: str, kind: str, part: str, critical: bool, face: str | None = None) -> None:
        self.owner, self.kind, self.part, self.critical = owner, kind, part, critical
        self.face = face or f"{owner}/{part}"
        self.met = False
        self.wet_from = self.wet_until = -1
        self.wet_seconds = 0.0
        self.agent = ""
        self.coverage = 0.0

    @property
    def wet(self) -> bool:
        return self.wet_from >= 0
