"""The limits that readings are held against, by grade: a reading exceeds one, keeps it, or there is none."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from resilience.twins.errors import BadInput

DATA: Final = Path(__file__).with_name("limits.yaml")


def particles(grade: str, size: str, state: str = "operation") -> float | None:
    """Particles per m3 of a `size` (fine: from 0.5 um on; coarse: from 5 um on), at rest or in operation."""
    return _limit("particles_per_m3", grade, state, size)


def viable(grade: str, kind: str) -> float | None:
    """Colonies: `air_per_m3`, `settle_per_4h`, `contact` a plate, `glove` a glove of five fingers."""
    return _limit("viable", grade, kind)


def exceeds(reading: float, limit: float | None) -> bool:
    """Whether a reading exceeds a limit; where there is none nothing does."""
    return limit is not None and reading > limit


def _limit(*path: str) -> float | None:
    here: Any = _tables()
    for word in path:
        if word not in here:
            raise BadInput(f"no limit for `{word}`", ".".join(path), f"Use one of {', '.join(here)}.")
        here = here[word]
    return None if here is None else float(here)


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return tables
