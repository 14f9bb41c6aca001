"""The plant is everybody's to look at."""

from __future__ import annotations

from typing import Any

from tests.site.conftest import People
from tests.site.tables import everybody

ROWS = [
    ("GET", "plant", "", everybody()),
    ("GET", "plant-kind", "kind", everybody()),
    ("GET", "plant-drawing", "kind", everybody()),
    ("GET", "plant-walk", "room", everybody()),
    ("GET", "plant-scene", "room", everybody()),
]
BODIES: dict[str, dict[str, Any]] = {}


def given(people: People, needed: list[str]) -> dict[str, Any]:
    return {"kind": "vial", "room": "filling-room"}
