"""What the tests of check kinds share: a scene, events, and what one check finds in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from resilience.training.checks import Assessor, CheckContext, RecordedField
from resilience.training.checks.process_time import ProcessTime
from resilience.training.findings import Finding
from resilience.training.module_shapes import Check

CONTEXT = CheckContext(
    kinds={
        "vial-1": "vial",
        "vial-2": "vial",
        "syringe": "syringe",
        "forceps": "forceps",
        "bottle": "bottle",
        "syringe-pack": "pack",
    },
    equipment=frozenset({"cabinet"}),
    fields={
        "batch": RecordedField("batch", "batch", given=True),
        "airflow": RecordedField("airflow", "airflow_reading"),
        "filled": RecordedField("filled", "vials_filled"),
        "deviation": RecordedField("deviation", required=False),
    },
    signatures=("batch",),
)

Events = list[dict[str, Any]]
# What the row is about, kind, its `with`, the events, and the (item, tick) of the findings expected.
Row = tuple[str, str, dict[str, Any], Events, list[tuple[str | None, int]]]


def event(tick: int, kind: str, **fields: Any) -> dict[str, Any]:
    return {"tick": tick, "kind": kind, **fields}


def findings(
    kind: str, params: dict[str, Any], events: Events, *, end: int = 1000, facts: dict[str, Any] | None = None
) -> list[Finding]:
    """What one check finds in a session with these events that ends at tick `end`."""
    check = Check.model_validate(
        {
            "id": "rule",
            "code": "SEQ",
            "severity": "major",
            "kind": kind,
            "with": params,
            "source": "a source",
            "weight": 1.0,
        }
    )
    context = replace(CONTEXT, time=ProcessTime())
    assessor = Assessor([check], context)
    for one in events:
        assessor.observe(one, "a-step")
    assessor.finish(end, facts or {})
    return assessor.findings()


def about(found: list[Finding]) -> list[tuple[str | None, int]]:
    return sorted(((finding.item, finding.tick) for finding in found), key=str)
