"""The reveal: what the debrief shows of a finished session, in one language. docs/how/live-session.md has its shape."""

from __future__ import annotations

from typing import Any

from resilience.training.bills import cost
from resilience.training.canonical import significant
from resilience.training.contributors import contributors
from resilience.training.dose import ROUTES, by_route
from resilience.training.evidence import in_words
from resilience.training.findings import Finding
from resilience.training.headline import headline
from resilience.training.heat import exposure
from resilience.training.modules import available
from resilience.training.monitoring_text import shown
from resilience.training.outcome import Outcome, incubated
from resilience.training.relative import risk
from resilience.training.session import Session
from resilience.training.timeline import records, steps, timeline
from resilience.training.words import Words, clock_text

SELF_RATING = "self-rating"
MOST_CONTRIBUTORS = 5
LARGEST_SEED = 2**31


def reveal(session: Session, language: str | None = None) -> dict[str, Any]:
    """The reveal of a session; `language` other than the session's own is allowed. Raises BadInput for an unknown one.

    The place in the record (`receipt`) is for whoever keeps records to add.
    """
    words = Words(session.module, language or session.language)
    outcome = session.outcome()
    walked = steps(session, words)
    done = sum(step["done"] == step["of"] for step in walked)
    return {
        "outcome": outcome.as_dict(),
        "headline": headline(outcome, (done, len(walked)), words),
        "notice": words.text("notice"),
        "self_rating": _self_rating(session),
        "findings": [_finding(finding, words) for finding in outcome.findings],
        "plates": _plates(session, outcome, words),
        "monitoring": shown(outcome.environment, words),
        "risk": risk(session, words),
        "exposure": exposure(session.world.organisms.ledger, _units(session), session.tick),
        "cost": cost(session.module.bill, len(_units(session)), _lost(outcome), words) if _units(session) else None,
        "timeline": timeline(session.events, outcome.findings, words),
        "steps": walked,
        "records": records(session, outcome.findings, words),
        "next": _next(session, outcome, words),
        "receipt": None,
    }


def _self_rating(session: Session) -> int | None:
    """How well the trainee thought it went, 1 to 5, asked before anything was shown."""
    for event in reversed(session.events):
        if event["kind"] == "answered" and event["question"] == SELF_RATING:
            return int(event["choice"])
    return None


def _finding(finding: Finding, words: Words) -> dict[str, Any]:
    shown = finding.as_dict()
    said = in_words(finding, words)
    if said:
        shown["evidence"] = {**finding.evidence, "text": said}
    return {
        **shown,
        "title": words.text(f"check.{finding.check}.title"),
        "why": words.text(f"check.{finding.check}.why"),
        "advice": words.text(f"check.{finding.check}.advice"),
        "paragraph": finding.source,
        "item": None if finding.item is None else {"id": finding.item, "name": words.name(finding.item)},
        "at": clock_text(finding.tick),
    }


def _plates(session: Session, outcome: Outcome, words: Words) -> list[dict[str, Any]]:
    """One plate a unit, those thrown away included: what is expected to grow, what the draw grew, what brought it."""
    if outcome.dose is None:
        return []
    kept, discarded = session.assessment.filled_units(), session.assessment.discarded_units()
    plates, ledger = [], session.world.organisms.ledger
    for unit in _units(session):
        routes = by_route(ledger, unit)
        expected, drawn = incubated(session.module.id, session.seed, unit, routes)
        state = "discarded" if unit in discarded else "kept" if unit in kept else "empty"
        kind = words.say("unit", session.module.items[unit].kind)
        plates.append(
            {
                "item": unit,
                "name": words.name(unit),
                "state": state,
                "state_text": words.say("plate", state),
                "expected_cfu": expected,
                "drawn_cfu": drawn,
                "by_route": {route: significant(routes[route]) for route in ROUTES},
                "largest": contributors(ledger, unit, kind, words, MOST_CONTRIBUTORS),
            }
        )
    return plates


def _units(session: Session) -> list[str]:
    return session.assessment.units


def _lost(outcome: Outcome) -> bool:
    """A batch with a critical finding is not released."""
    return any(finding.severity == "critical" for finding in outcome.findings)


def _next(session: Session, outcome: Outcome, words: Words) -> dict[str, Any]:
    """What to do next, on another variant."""
    modes = session.module.head.modes
    if "assessment" not in modes:
        module = next((name for name in available() if name != session.module.id), session.module.id)
        return {"module": module, "mode": "guided", "seed": session.seed, "text": words.say("next", "lesson")}
    ready = outcome.verdict == "competent"
    mode = "assessment" if ready or "practice" not in modes else "practice"
    seed = (session.seed + 1) % LARGEST_SEED
    return {"module": session.module.id, "mode": mode, "seed": seed, "text": words.say("next", mode)}
