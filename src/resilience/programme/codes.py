"""Codes that people read out, type or carry in a picture: hard to guess, easy to tell apart."""

from __future__ import annotations

import secrets

# Without 0, 1, I, L and O, which are taken for each other, and without vowels, so that no word can be spelt.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


# For what is read from across a room: also without what looks alike there (2 and Z, 5 and S, 8 and B, U and V).
WALL_LETTERS = "CDFGHJKMNPQRTWXY34679"


def random_code(length: int, letters: str = LETTERS) -> str:
    """So many letters: 4.8 bits each, 4.4 of WALL_LETTERS."""
    return "".join(secrets.choice(letters) for _place in range(length))


def as_typed(code: str) -> str:
    """A code as people type it: any case, with spaces or hyphens."""
    return "".join(letter for letter in code.upper() if letter.isalnum())
