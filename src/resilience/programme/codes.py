"""Codes that people read out, type or carry in a picture: hard to guess, easy to tell apart."""

from __future__ import annotations

import secrets

# Without I, L, O, U, 0 and 1, which are taken for each other when a code is read out or typed from a wall.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def random_code(length: int) -> str:
    """So many letters, 4.9 bits each."""
    return "".join(secrets.choice(LETTERS) for _place in range(length))
