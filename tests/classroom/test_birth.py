from __future__ import annotations

from dataclasses import replace

import pytest

from resilience.classroom.birth import Birth, new_token
from resilience.classroom.simulator import ModuleChangedError, begin, load_module
from resilience.people.tokens import hashed

BIRTH = Birth("controls", "1.0.0", "0" * 64, 7, "practice", "en", hashed("token"))


def test_a_birth_reads_back_as_it_was_written() -> None:
    assert Birth.from_payload(BIRTH.to_payload()) == BIRTH


def test_only_its_token_opens_a_session() -> None:
    assert BIRTH.opens_with("token")
    assert not BIRTH.opens_with("Token")
    assert not BIRTH.opens_with(hashed("token"))
    assert not BIRTH.opens_with("")


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32


def test_a_session_begins_as_it_was_created() -> None:
    module = load_module("controls")
    session = begin(replace(BIRTH, version=module.version, content_hash=module.content_hash))
    assert (session.module.id, session.seed, session.mode, session.language) == ("controls", 7, "practice", "en")
    assert session.header.content_hash == module.content_hash


@pytest.mark.parametrize("change", [{}, {"module": "unicorn"}])
def test_a_session_of_a_changed_module_does_not_begin(change: dict[str, str]) -> None:
    with pytest.raises(ModuleChangedError):
        begin(replace(BIRTH, **change))  # type: ignore[arg-type]
