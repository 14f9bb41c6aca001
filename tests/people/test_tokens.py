"""What is kept of a token."""

from __future__ import annotations

from resilience.people.tokens import hashed


def test_a_token_is_kept_as_its_sha_256() -> None:
    # FIPS 180-2, appendix B.1: the digest of "abc".
    assert hashed("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hashed("é") != hashed("e")
