"""What is kept of a secret that somebody holds: a token in an address or a cookie, a withdrawal code."""

from __future__ import annotations

import hashlib


def hashed(secret: str) -> str:
    """SHA-256 of a token or code, in hexadecimal digits. It has 90 random bits or more, so that no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
