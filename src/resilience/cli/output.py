"""What the command line prints: one JSON value or lines for people on standard output, messages on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from resilience.training.errors import BadInput

FAILED = 1
BAD_INPUT = 2


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Lines for people on standard output."""
    for line in lines:
        sys.stdout.write(line + "\n")


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as aligned columns."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))] if rows else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def say(message: str) -> None:
    """A message on standard error."""
    sys.stderr.write(message + "\n")


def complain(error: BadInput) -> None:
    """Bad input on standard error: what, where, and what to do."""
    say(f"resilience: {f'{error.where}: ' if error.where else ''}{error.what}")
    if error.fix:
        say(f"  {error.fix}")
