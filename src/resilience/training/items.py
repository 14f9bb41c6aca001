"""Items: things that are handled, what state their parts are in, and where they are."""

from __future__ import annotations

from math import cos, nan, sin
from typing import Final

from resilience.plant.specs import Spec
from resilience.training.patches import Patch

# The state of each part that has one, as an item of the kind comes from its maker.
FRESH: Final[dict[str, dict[str, str]]] = {
    "vial": {"foil": "on", "stopper": "none", "crimp": "none", "label": "none"},
    "stopper-bowl": {"lid": "on"},
    "syringe": {"sheath": "on"},
    "pack": {"outer": "closed"},
}
FLOOR = "floor"
FIXED = "fixed"


class Item:
    """One thing. `place` is `surface:<id>`, `hand:<side>`, `in:<item>`, `fixed` or `floor`; lengths in metres.

    `ml` is what it holds; `expiry` is days from today. `version` rises whenever something that can be seen or done with
    it changes.
    """

    __slots__ = (
        "_extent",
        "_place",
        "expiry",
        "hand",
        "holder",
        "id",
        "inside",
        "kind",
        "label",
        "lot",
        "ml",
        "parts",
        "patches",
        "socket",
        "sound",
        "spare_of",
        "spec",
        "stations",
        "sterile",
        "surface",
        "version",
        "x",
        "y",
        "yaw",
        "z",
    )

    def __init__(self, name: str, spec: Spec) -> None:
        self.id = name
        self.kind = spec.kind
        self.spec = spec
        self._extent = (nan, 0.0, 0.0)
        self.place = FIXED
        self.x = self.y = self.z = self.yaw = 0.0
        self.parts: dict[str, str] = dict(FRESH.get(spec.kind, {}))
        self.patches: dict[str, Patch] = {}
        self.inside: list[str] = []
        self.socket = -1
        self.ml = 0.0
        self.lot: str | None = None
        self.expiry: int | None = None
        self.label: str | None = None
        self.sound = "intact"
        self.sterile = False
        self.spare_of: str | None = None
        self.stations: tuple[str, ...] = ()
        self.version = 0

    @property
    def place(self) -> str:
        return self._place

    @place.setter
    def place(self, place: str) -> None:
        """`holder`, `hand` and `surface` follow: the item, hand or surface that has it, None where none has."""
        self._place = place
        where, _, name = place.partition(":")
        self.holder: str | None = name if where == "in" else None
        self.hand: str | None = name if where == "hand" else None
        self.surface: str | None = name if where == "surface" else None

    @property
    def fit(self) -> bool:
        """Whether it is sound and in date."""
        return self.sound == "intact" and (self.expiry is None or self.expiry >= 0)

    @property
    def open_site(self) -> str | None:
        """The critical part that is bare to the air now, if any."""
        parts = self.parts
        if self.kind == "vial":
            return "neck" if parts["foil"] == "off" and parts["stopper"] == "none" else None
        if self.kind == "stopper-bowl":
            return "body" if parts["lid"] == "off" else None
        if self.kind == "syringe":
            return "needle" if parts["sheath"] == "off" else None
        if self.kind == "forceps":
            return "tip" if self.inside else None
        return None

    def half_extent(self) -> tuple[float, float]:
        """Half the width along x and along z that it takes up as it stands."""
        if self.kind == "pack" and self.parts["outer"] == "open":
            return 0.05, 0.04
        if self._extent[0] != self.yaw:
            self._extent = (self.yaw, *self._turned())
        return self._extent[1], self._extent[2]

    def _turned(self) -> tuple[float, float]:
        footprint = self.spec.footprint
        if footprint.circle is not None:
            return footprint.circle, footprint.circle
        assert footprint.rectangle is not None
        wide, deep = footprint.rectangle
        c, s = abs(cos(self.yaw)), abs(sin(self.yaw))
        return (wide * c + deep * s) / 2, (wide * s + deep * c) / 2

    def point(self, at: tuple[float, float, float]) -> tuple[float, float, float]:
        """A point of the item's own frame, in the room."""
        c, s = cos(self.yaw), sin(self.yaw)
        return self.x + at[0] * c + at[2] * s, self.y + at[1], self.z - at[0] * s + at[2] * c
