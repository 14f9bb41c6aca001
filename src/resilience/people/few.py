"""How few people are too few to be told of: one number for all pages, tables and files."""

from __future__ import annotations

# Nothing is told of fewer people, forms or devices than these; numbers of people are shown as "fewer than 5" instead.
# Diversity answers go by stricter rules (results/control.py).
FEWEST = 5
