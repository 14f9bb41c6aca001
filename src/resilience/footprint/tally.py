"""Nets as they add up."""

from __future__ import annotations

import numpy as np

from resilience.footprint.displacement import Key
from resilience.footprint.uncertainty import Array


class Tally:
    """Nets by module and purpose, and by part; every entry of shape (3, draws)."""

    def __init__(self, draws: int) -> None:
        self.nets: dict[Key | None, Array] = {}
        self.parts: dict[str, Array] = {}
        self._draws = draws

    def net(self, key: Key | None, entry: Array) -> None:
        self.nets[key] = self.nets[key] + entry if key in self.nets else entry

    def part(self, name: str, entry: Array) -> None:
        self.parts[name] = self.parts[name] + entry if name in self.parts else entry

    def both(self, key: Key | None, name: str, entry: Array) -> None:
        self.net(key, entry)
        self.part(name, entry)

    def total(self) -> Array:
        return sum(self.nets.values(), np.zeros((3, self._draws)))
