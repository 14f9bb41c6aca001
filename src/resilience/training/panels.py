"""Panels: what stands on the procedure tablet, in the batch record, on the cabinet's display."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from resilience.training.cabinet import READING_SECONDS
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.cues import target
from resilience.training.facts import clock_text, fact
from resilience.training.paperwork import open_questions

if TYPE_CHECKING:
    from resilience.training.session import Session

TODAY: Final = date(2026, 6, 1)
"""The day of every session: dates on packs count from it, whenever it is played or replayed."""
LOWEST, HIGHEST = 0.36, 0.54
"""Guidance for the air velocity at the working position, m/s: EU GMP Annex 1 (2022) 4.30."""


def day(after: int) -> str:
    """A date so many days from the session's own, as it is printed on a label."""
    return (TODAY + timedelta(days=after)).isoformat()


def procedure(session: Session) -> dict[str, Any]:
    """The procedure: guided says what is now and why; practice what is done, and why once asked; assessment neither."""
    labels, tracker, mode = session.labels, session.procedure, session.mode
    current = tracker.current
    hinted = session.world.hinted if mode == "practice" else None
    steps = []
    for operation in session.module.operations:
        for phase in operation.phases:
            for step in phase.steps:
                line: dict[str, Any] = {
                    "id": step.id,
                    "operation": operation.id,
                    "title": labels.text(f"step.{step.id}.title"),
                    "source": step.source,
                }
                if mode != "assessment":
                    state = tracker.state_of(step.id)
                    shown = mode == "guided" or step.id == hinted
                    line["state"] = state if shown or state != "now" else "later"
                    if shown:
                        line["why"] = labels.text(f"step.{step.id}.why")
                steps.append(line)
    told = mode != "assessment" and current is not None
    return {
        "title": labels.text("title"),
        "target": cue(session),
        "operation": labels.text(f"operation.{current.operation}") if told and current is not None else None,
        "item": labels.name(current.item) if mode == "guided" and current is not None and current.item else None,
        "steps": steps,
    }


def cue(session: Session) -> str | None:
    """What the step at hand goes to next, in guided mode alone; see `cues.target`."""
    return target(session) if session.mode == "guided" else None


def record(session: Session) -> dict[str, Any]:
    """The batch record: what was written, when, and what it replaced. `at` and `today` are ticks and a date."""
    labels, papers = session.labels, session.world.papers
    fields = []
    for field in papers.fields.values():
        entry = papers.entries.get(field.id)
        given = fact(session.world, field.fact)[0] if field.given and field.fact else None
        fields.append(
            {
                "id": field.id,
                "label": labels.text(f"record.{field.id}"),
                "type": field.type,
                "unit": field.unit,
                "choices": [{"id": c, "label": labels.text(f"record.{field.id}.{c}")} for c in field.choices],
                "given": field.given,
                "value": entry.value if entry is not None else given,
                "at": entry.tick if entry is not None else None,
                "corrected": list(entry.corrected) if entry is not None else [],
            }
        )
    signatures = []
    for step in session.module.scene.signatures:
        meaning, at = papers.signatures.get(step, (None, None))
        signatures.append({"step": step, "label": labels.text(f"signature.{step}"), "meaning": meaning, "at": at})
    return {
        "title": labels.text("record.title"),
        "batch": session.variant.batch,
        "today": TODAY.isoformat(),
        "time": clock_text(session.world),
        "fields": fields,
        "signatures": signatures,
    }


def cabinet(session: Session) -> dict[str, Any] | None:
    """The cabinet's display: None where the scene has no cabinet."""
    found, labels = session.world.cabinet, session.labels
    if found is None:
        return None
    value = found.reading()
    return {
        "title": labels.name(found.id),
        "running": found.power,
        "minutes": int(found.seconds // 60),
        "readings": [
            {
                "label": labels.text("panel.airflow"),
                "value": value,
                "unit": "m/s",
                "tone": "normal" if LOWEST <= value <= HIGHEST else "alarm",
            }
        ],
        "alarm": labels.text("panel.alarm-airflow") if found.alarm is not None else None,
        "muted": found.muted,
        "light": found.light,
        "sash": found.sash,
    }


def next_display(session: Session) -> int:
    """The process tick at which a display changes by time alone: the cabinet's reading, or the clock on the wall."""
    world = session.world
    now, step = world.clock.process, READING_SECONDS * TICKS_PER_SECOND
    origins = [0] if world.cabinet is None else [0, world.cabinet.started]
    return min(now + step - (now - origin) % step for origin in origins)


def questions(session: Session) -> list[dict[str, Any]]:
    """The questions that are asked here and now."""
    labels = session.labels
    found = []
    for asked in open_questions(session.world):
        key = asked.shape.id.partition(":")[0]
        text = labels.text(f"question.{key}")
        found.append(
            {
                "id": asked.id,
                "text": text.replace("{item}", labels.name(asked.item)) if asked.item else text,
                "choices": [{"id": c, "label": labels.text(f"question.{key}.{c}")} for c in asked.shape.choices],
                "item": asked.item,
            }
        )
    return found
