"""The course of a session in words."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.training.findings import Finding
from resilience.training.timeline import timeline
from resilience.training.words import Words
from tests.training.runs import module


def told(kind: str, **fields: Any) -> list[str]:
    entries = timeline([{"tick": 5, "kind": kind, **fields}], [], Words(module(), "en"))
    return [entry["text"] for entry in entries]


@pytest.mark.parametrize(
    ("kind", "fields", "text"),
    [
        ("alarm", {"what": "airflow", "on": True}, "Alarm: air velocity too low"),
        ("alarm", {"what": "airflow", "on": False}, "Alarm over: air velocity too low"),
        ("reported", {"to": "supervisor", "what": "deviation", "text": "a name"}, "Reported to: supervisor"),
        ("pace_changed", {"pace": 10}, "Time runs at 10 times its pace"),
        ("recorded", {"field": "filled", "value": 12}, "Recorded: Vials filled"),
        ("corrected", {"field": "filled", "value": 12}, "Corrected: Vials filled"),
        ("item_moved", {"item": "vial-3", "how": "discard"}, "Thrown away: vial 3"),
        ("finished", {}, "Finished"),
    ],
)
def test_what_matters_is_told(kind: str, fields: dict[str, Any], text: str) -> None:
    assert told(kind, **fields) == [text]


def test_module_texts_name_stations_steps_signatures_and_deviations() -> None:
    assert told("moved", station="desk") == [f"Moved to: {module().text('en', 'station.desk')}"]
    assert told("fault", what="torn-glove", hand="left") == [module().text("en", "deviation.torn-glove")]
    assert told("signed", step="batch", meaning="performed") == [f"Signed: {module().text('en', 'signature.batch')}"]
    title = module().text("en", "step.dispense.title")
    assert told("step_done", step="dispense", operation="fill", item="vial-3") == [f"{title}: vial 3"]


@pytest.mark.parametrize("kind", ["contact", "exposed", "reading", "entered", "liquid_moved"])
def test_the_rest_is_not(kind: str) -> None:
    assert told(kind) == []


def test_taking_and_placing_is_not_told() -> None:
    assert told("item_moved", item="vial-3", how="take") == []


def test_findings_stand_at_their_time_with_their_severity() -> None:
    finding = Finding("touched-neck", "TCH", "critical", 3, 0.0, None, "source", {"count": 1, "item": "vial-3"})
    entries = timeline([{"tick": 5, "kind": "finished"}], [finding], Words(module(), "en"))
    assert [(entry["tick"], entry["kind"], entry["severity"]) for entry in entries] == [
        (3, "finding", "critical"),
        (5, "finished", None),
    ]
    assert entries[0]["text"].endswith(": vial 3")
