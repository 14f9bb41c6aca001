"""A figure with everything it was counted from."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from resilience.results.definitions import Indicator
from resilience.results.filters import Filters


@dataclass(frozen=True)
class Figure:
    """One indicator, counted: what a snapshot keeps."""

    indicator: Indicator
    as_of: date
    filters: Filters
    value: float | None
    numerator: float | None
    denominator: float | None
    response_rate: float | None
    # Names of the organisations whose activities are in it.
    partners: tuple[str, ...]
    rows: tuple[str, ...] = field(repr=False)
    note: str = ""

    @property
    def rows_hash(self) -> str:
        """SHA-256 over the sorted references, one a line."""
        return hash_of(self.rows)

    def as_json(self) -> dict[str, Any]:
        """As `resilience results --json` prints it; whole numbers without a point."""
        return {
            "value": plain(self.value),
            "numerator": plain(self.numerator),
            "denominator": plain(self.denominator),
            "response_rate": plain(self.response_rate),
            "definition": self.indicator.definition["en"],
            "version": self.indicator.version,
            "rows_hash": self.rows_hash,
        }


def plain(number: float | None) -> float | int | None:
    """1200 rather than 1200.0; shares with four decimals."""
    if number is None:
        return None
    return int(number) if float(number).is_integer() else round(number, 4)


def hash_of(rows: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def pack(rows: Iterable[str]) -> bytes:
    return zlib.compress("\n".join(rows).encode(), 6)


def unpack(packed: bytes | memoryview) -> tuple[str, ...]:
    """The references that `pack` was given. The store hands bytes out as memoryview, which zlib takes as well."""
    text = zlib.decompress(packed).decode() if packed else ""
    return tuple(text.split("\n")) if text else ()
