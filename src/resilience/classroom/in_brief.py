"""What a pupil is told of a finished session: the one sentence, and what mattered most. Nothing else of it remains."""

from __future__ import annotations

from typing import Any

from resilience.classroom.wire import Action
from resilience.training.headline import headline
from resilience.training.session import Session
from resilience.training.timeline import steps
from resilience.training.words import Words

MOST_FINDINGS = 3


def in_brief(session: Session, actions: list[Action]) -> dict[str, Any]:
    """{"headline", "findings": [{"title", "why"}]} in the session's language, the gravest findings first."""
    words = Words(session.module, session.language)
    outcome = session.outcome(actions)
    walked = steps(session, words)
    done = sum(step["done"] == step["of"] for step in walked)
    named = list(dict.fromkeys(finding.check for finding in outcome.findings))[:MOST_FINDINGS]
    return {
        "headline": headline(outcome, (done, len(walked)), words),
        "findings": [
            {"title": words.text(f"check.{check}.title"), "why": words.text(f"check.{check}.why")} for check in named
        ],
    }
