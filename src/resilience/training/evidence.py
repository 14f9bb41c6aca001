"""The evidence of a finding in words: one line that says what was measured, in the session's language."""

from __future__ import annotations

from typing import Any

from resilience.training.findings import Finding
from resilience.training.words import Words

_FEW = 0.001
"""Fewer organisms than this are not worth a number of their own."""


def in_words(finding: Finding, words: Words) -> str:
    """What stands behind a finding, from the facts that its check measured."""
    evidence = finding.evidence
    clauses = [clause for key, tell in _CLAUSES if key in evidence for clause in tell(evidence, words)]
    if finding.seconds > 0:
        clauses.insert(0, words.say("evidence", "seconds", seconds=words.number(finding.seconds)))
    if evidence["count"] > 1:
        clauses.insert(0, words.say("evidence", "count", count=evidence["count"]))
    cfu = finding.consequence.get("expected_cfu")
    if cfu is not None and cfu < _FEW:
        clauses.append(words.say("evidence", "cfu_few"))
    elif cfu is not None:
        clauses.append(words.say("evidence", "cfu", expected_cfu=words.number(cfu, 2)))
    return "; ".join(clauses)


def _by(evidence: dict[str, Any], words: Words) -> list[str]:
    return [words.say("evidence", "by", name=words.name(evidence["by"]))]


def _allowed(evidence: dict[str, Any], words: Words) -> list[str]:
    return [words.say("evidence", "allowed", allowed=words.number(evidence["allowed"]))]


def _waited(evidence: dict[str, Any], words: Words) -> list[str]:
    key = "told" if evidence.get("reported") is True else "waited"
    return [words.say("evidence", key, waited=words.number(evidence["waited"]))]


def _not_within(evidence: dict[str, Any], words: Words) -> list[str]:
    return [words.say("evidence", "not_within", not_within=words.number(evidence["not_within"]))]


def _reported(evidence: dict[str, Any], words: Words) -> list[str]:
    return [] if evidence["reported"] else [words.say("evidence", "untold")]


def _with(evidence: dict[str, Any], words: Words) -> list[str]:
    part = words.say("part", str(evidence.get("part")))
    return [words.say("evidence", "part_with", part=part, name=words.name(evidence["with"]))]


def _wet(evidence: dict[str, Any], words: Words) -> list[str]:
    needed = words.number(evidence["needed"])
    if evidence["wet_seconds"] == 0:
        return [words.say("evidence", "never_wet", needed=needed)]
    return [words.say("evidence", "wet", wet_seconds=words.number(evidence["wet_seconds"]), needed=needed)]


def _value(evidence: dict[str, Any], words: Words) -> list[str]:
    value = words.number(evidence["value"])
    if "expected" in evidence:
        expected = words.number(evidence["expected"])
        return [words.say("evidence", "sums", value=value, expected=expected)]
    if "truth" in evidence:
        key = "no_truth" if evidence["truth"] is None else "truth"
        return [words.say("evidence", key, value=value, truth=words.number(evidence["truth"]))]
    clauses = [words.say("evidence", "value", value=value)]
    if "min" in evidence:
        clauses.append(words.say("evidence", "minimum", min=words.number(evidence["min"])))
    if "max" in evidence:
        clauses.append(words.say("evidence", "maximum", max=words.number(evidence["max"])))
    return clauses


def _speed(evidence: dict[str, Any], words: Words) -> list[str]:
    top, limit = words.number(evidence["m_s"], 2), words.number(evidence["limit_m_s"], 2)
    return [words.say("evidence", "speed", m_s=top, limit_m_s=limit)]


def _missing(evidence: dict[str, Any], words: Words) -> list[str]:
    return [words.say("evidence", "missing", missing=", ".join(words.name(name) for name in evidence["missing"]))]


def _done(evidence: dict[str, Any], words: Words) -> list[str]:
    return [words.say("evidence", "done", done=evidence["done"], needed=evidence["needed"])]


# What a measured fact is called in the evidence, and how it is said; in the order in which a person would say it.
_CLAUSES = (
    ("with", _with),
    ("by", _by),
    ("m_s", _speed),
    ("wet_seconds", _wet),
    ("value", _value),
    ("missing", _missing),
    ("done", _done),
    ("reported", _reported),
    ("not_within", _not_within),
    ("waited", _waited),
    ("allowed", _allowed),
)
