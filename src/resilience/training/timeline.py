"""The course of a session as the debrief tells it: a timeline, the steps, and the record beside the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from resilience.training.findings import Finding
from resilience.training.patterns import Event
from resilience.training.session import Session
from resilience.training.words import Words, clock_text

Entry = dict[str, Any]


def timeline(events: Iterable[Event], findings: Iterable[Finding], words: Words) -> list[Entry]:
    """Everything worth a mark on the timeline, in the order of time."""
    entries = [
        {"tick": event["tick"], "kind": event["kind"], "text": text, "severity": None}
        for event in events
        if (tell := _TELLING.get(event["kind"])) is not None and (text := tell(event, words)) is not None
    ]
    entries += [
        {
            "tick": finding.tick,
            "kind": "finding",
            "text": _of(words.text(f"check.{finding.check}.title"), finding.item, words),
            "severity": finding.severity,
        }
        for finding in findings
    ]
    return sorted(entries, key=lambda entry: int(entry["tick"]))


def _of(text: str, item: str | None, words: Words) -> str:
    return f"{text}: {words.name(item)}" if item is not None else text


def _step(event: Event, words: Words) -> str:
    return _of(words.text(f"step.{event['step']}.title"), event.get("item"), words)


def _alarm(event: Event, words: Words) -> str:
    key = "alarm" if event.get("on") else "alarm_off"
    return words.say("timeline", key, what=words.say("alarm", str(event.get("what"))))


def _thrown_away(event: Event, words: Words) -> str | None:
    if event.get("how") != "discard":
        return None
    return words.say("timeline", "discarded", name=words.name(event["item"]))


_TELLING: dict[str, Callable[[Event, Words], str | None]] = {
    "moved": lambda event, words: words.say("timeline", "moved", station=words.text(f"station.{event['station']}")),
    "item_moved": _thrown_away,
    "alarm": _alarm,
    "fault": lambda event, words: words.text(f"deviation.{event['what']}"),
    "step_done": _step,
    "recorded": lambda event, words: words.say("timeline", "recorded", label=words.name(event["field"])),
    "corrected": lambda event, words: words.say("timeline", "corrected", label=words.name(event["field"])),
    "reported": lambda event, words: words.say("timeline", "reported", to=words.say("to", str(event.get("to")))),
    "signed": lambda event, words: words.say("timeline", "signed", label=words.text(f"signature.{event['step']}")),
    "pace_changed": lambda event, words: words.say("timeline", "pace", pace=event["pace"]),
    "finished": lambda event, words: words.say("timeline", "finished"),
}


def steps(session: Session, words: Words) -> list[Entry]:
    """The steps of the procedure, each with how many of its items are done and when the last of them was."""
    found: dict[str, Entry] = {}
    for state in session.procedure.states:
        entry = found.setdefault(
            state.step.id,
            {
                "id": state.step.id,
                "operation": words.text(f"operation.{state.operation}"),
                "title": words.text(f"step.{state.step.id}.title"),
                "done": 0,
                "of": 0,
                "tick": None,
            },
        )
        entry["of"] += 1
        if state.done_at is not None:
            entry["done"] += 1
            entry["tick"] = max(entry["tick"] or 0, state.done_at)
    return list(found.values())


def records(session: Session, findings: Iterable[Finding], words: Words) -> dict[str, Any]:
    """The batch record as it was kept, beside the facts as they were."""
    kinds = {check.id: check.with_.get("what") for check in session.module.checks if check.kind == "record_quality"}
    faults = {(finding.item, kinds[finding.check]) for finding in findings if finding.check in kinds}
    latest: dict[str, Event] = {}
    signed: dict[str, Event] = {}
    for event in session.events:
        if event["kind"] in ("recorded", "corrected"):
            latest[event["field"]] = event
        elif event["kind"] == "signed":
            signed[event["step"]] = event
    facts = session.facts()
    fields = [
        {
            "id": field.id,
            "label": words.text(f"record.{field.id}"),
            "unit": field.unit,
            "value": latest[field.id]["value"] if field.id in latest else None,
            "truth": _truth(field.fact, latest.get(field.id), facts),
            "at": clock_text(latest[field.id]["tick"]) if field.id in latest else None,
            "state": _state(field.id, field.required, latest, faults),
        }
        for field in session.module.scene.record
        if not field.given
    ]
    signatures = [
        {
            "step": step,
            "label": words.text(f"signature.{step}"),
            "meaning": signed[step]["meaning"] if step in signed else None,
            "at": clock_text(signed[step]["tick"]) if step in signed else None,
        }
        for step in session.module.scene.signatures
    ]
    return {"fields": fields, "signatures": signatures}


def _truth(fact: str | None, event: Event | None, facts: Mapping[str, Any]) -> Any:
    if event is not None:
        return event.get("truth")
    return facts.get(fact) if fact is not None else None


def _state(field: str, required: bool, latest: Mapping[str, Event], faults: set[tuple[str | None, Any]]) -> str:
    if field not in latest:
        return "missing" if required or (field, "missing") in faults else "agrees"
    if (field, "forged") in faults:
        return "differs"
    return "late" if (field, "late") in faults else "agrees"
