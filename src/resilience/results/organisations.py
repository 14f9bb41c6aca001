"""Organisations as they are counted: one for all its spellings."""

from __future__ import annotations

from collections.abc import Callable

from resilience.people.spelling import key_of
from resilience.results.ground import ask, hex_of


def after_aliases() -> Callable[[str], str]:
    """From an organisation's reference to the reference of the one it is counted as.

    Usually they are the same. An organisation whose own name was later made an alias of another is counted as that.
    """
    aliases = dict(ask(f"SELECT x.key, {hex_of('x.organisation_id')} FROM people_organisationalias x"))
    known_as = {}
    for ref, name in ask(f"SELECT {hex_of('o.id')}, o.name FROM people_organisation o"):
        other = aliases.get(key_of(name))
        if other is not None and other != ref:
            known_as[ref] = other
    return lambda ref: known_as.get(ref, ref)


def kinds_and_sizes() -> dict[str, tuple[str, str]]:
    """Kind and size of every organisation, by reference."""
    return {
        ref: (kind, size)
        for ref, kind, size in ask(f"SELECT {hex_of('o.id')}, o.kind, o.size FROM people_organisation o")
    }
