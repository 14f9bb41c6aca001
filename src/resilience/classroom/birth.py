"""How a session begins: what is written in the journal at its creation and everything later is checked against."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import asdict, dataclass

import orjson

from resilience.people.tokens import hashed
from resilience.training.module_shapes import Mode


@dataclass(frozen=True, slots=True)
class Birth:
    """What a session was created as. Of the token only the SHA-256 is kept."""

    module: str
    version: str
    content_hash: str
    seed: int
    mode: Mode
    language: str
    token_hash: str
    # False for a pupil's session: it is never recorded, and no movement of it is written, not even in the journal.
    kept: bool = True

    def to_payload(self) -> bytes:
        """As it stands in the journal."""
        return orjson.dumps(asdict(self))

    @classmethod
    def from_payload(cls, payload: bytes) -> Birth:
        """Read back from the journal."""
        return cls(**orjson.loads(payload))

    def opens_with(self, token: str) -> bool:
        """Whether this is the session's token; takes the same time whichever it is."""
        return hmac.compare_digest(hashed(token), self.token_hash)


def new_token() -> str:
    """A token nobody can guess (192 bits)."""
    return secrets.token_urlsafe(24)
