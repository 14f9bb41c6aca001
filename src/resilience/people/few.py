"""How few people are too few to be told of: one number for all pages, tables and files."""

from __future__ import annotations

# Nothing is told of fewer people, forms or devices than these; numbers of people are shown as "fewer than 5" instead.
# Diversity answers go by stricter rules (results/control.py).
FEWEST = 5


def told(number: int) -> int | None:
    """A number of people as others may be told it: None for 1 to 4, shown as "fewer than 5"."""
    return None if 0 < number < FEWEST else number
