"""What a counting rule hands back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Counted:
    """What a rule found. `rows` are the references of what was counted, in any order, each once.

    A reference names no person: `person:` and the person's random reference, `activity:` and its code, and so on;
    numbers that enter a figure stand behind the reference (`heads:OUT-7:Year 9:register:30`).
    """

    value: float | None
    numerator: float | None
    denominator: float | None = None
    response_rate: float | None = None
    rows: Iterable[str] = ()
    # Why there is no value, or why an older one stands: a code that pages translate (disclosure.Note).
    note: str = ""
