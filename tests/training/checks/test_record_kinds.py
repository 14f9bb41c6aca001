"""Kinds about records and reports find what they are for, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.training.checks.judging import Events, Row, about, event, findings

QUICKLY = {"fault": "airflow-alarm", "within": 30, "to": "supervisor"}
LABELS = {"fields": ["labels-used", "labels-destroyed"], "equals": "labels-issued"}


TABLE: list[Row] = [
    # record_quality
    (
        "all filled in",
        "record_quality",
        {"what": "missing"},
        [event(1, "recorded", field="airflow", value=0.45), event(2, "recorded", field="filled", value=12)],
        [],
    ),
    (
        "one missing, one empty",
        "record_quality",
        {"what": "missing"},
        [event(1, "recorded", field="airflow", value=" ")],
        [("airflow", 1000), ("filled", 1000)],
    ),
    (
        "an optional field asked for",
        "record_quality",
        {"what": "missing", "fields": ["deviation"]},
        [],
        [("deviation", 1000)],
    ),
    (
        "in time",
        "record_quality",
        {"what": "late", "seconds": 10},
        [event(210, "recorded", field="airflow", value=1, fact_tick=10)],
        [],
    ),
    (
        "late",
        "record_quality",
        {"what": "late", "seconds": 10},
        [event(211, "recorded", field="airflow", value=1, fact_tick=10)],
        [("airflow", 211)],
    ),
    (
        "true",
        "record_quality",
        {"what": "forged", "tolerance": 0.01},
        [event(1, "recorded", field="airflow", value=0.45, truth=0.44)],
        [],
    ),
    (
        "untrue",
        "record_quality",
        {"what": "forged", "tolerance": 0.01},
        [event(1, "recorded", field="airflow", value=0.45, truth=0.43)],
        [("airflow", 1)],
    ),
    (
        "before the fact",
        "record_quality",
        {"what": "forged"},
        [event(1, "recorded", field="filled", value=12, truth=None)],
        [("filled", 1)],
    ),
    (
        "no fact to compare with",
        "record_quality",
        {"what": "forged"},
        [event(1, "recorded", field="deviation", value="x", truth=None)],
        [],
    ),
    (
        "a time of day",
        "record_quality",
        {"what": "forged", "tolerance": 60},
        [event(1, "recorded", field="filled", value="9:15", truth="09:14")],
        [],
    ),
    (
        "a forged time of day",
        "record_quality",
        {"what": "forged", "tolerance": 60},
        [event(1, "recorded", field="filled", value="09:20", truth="09:14")],
        [("filled", 1)],
    ),
    (
        "put right in the open",
        "record_quality",
        {"what": "forged"},
        [
            event(1, "recorded", field="filled", value=11, truth=12),
            event(2, "corrected", field="filled", value=12, truth=12, old=11, reason="miscounted"),
        ],
        [],
    ),
    (
        "corrected with a reason",
        "record_quality",
        {"what": "unreasoned"},
        [event(2, "corrected", field="filled", value=12, old=11, reason="miscounted")],
        [],
    ),
    (
        "corrected without",
        "record_quality",
        {"what": "unreasoned"},
        [event(2, "corrected", field="filled", value=12, old=11, reason=" ")],
        [("filled", 2)],
    ),
    ("signed", "record_quality", {"what": "unsigned"}, [event(2, "signed", step="batch", meaning="performed")], []),
    ("unsigned", "record_quality", {"what": "unsigned"}, [], [("batch", 1000)]),
    # reported
    (
        "reported",
        "reported",
        QUICKLY,
        [event(1, "fault", what="airflow-alarm"), event(601, "reported", to="supervisor", what="deviation")],
        [],
    ),
    (
        "reported late",
        "reported",
        QUICKLY,
        [event(1, "fault", what="airflow-alarm"), event(602, "reported", to="supervisor", what="deviation")],
        [("airflow-alarm", 601)],
    ),
    (
        "reported to somebody else",
        "reported",
        QUICKLY,
        [event(1, "fault", what="airflow-alarm"), event(9, "reported", to="cleaner", what="deviation")],
        [("airflow-alarm", 601)],
    ),
    (
        "asked a question about",
        "reported",
        QUICKLY,
        [event(1, "fault", what="airflow-alarm"), event(9, "reported", to="supervisor", what="question")],
        [("airflow-alarm", 601)],
    ),
    (
        "never reported",
        "reported",
        {"fault": "*"},
        [event(1, "fault", what="torn-glove", hand="left")],
        [("torn-glove", 1000)],
    ),
    (
        "reported before it happened",
        "reported",
        {"fault": "*"},
        [event(1, "reported", to="supervisor"), event(2, "fault", what="torn-glove")],
        [("torn-glove", 1000)],
    ),
    (
        "reported too late for the signature",
        "reported",
        {"fault": "*", "before": {"kind": "signed"}},
        [event(1, "fault", what="torn-glove"), event(5, "signed", step="batch"), event(9, "reported", to="supervisor")],
        [("torn-glove", 5)],
    ),
    ("another fault", "reported", QUICKLY, [event(1, "fault", what="torn-glove")], []),
    # reconciled
    (
        "adds up",
        "reconciled",
        LABELS,
        [
            event(n, "recorded", field=f, value=v)
            for n, f, v in ((1, "labels-used", 12), (2, "labels-destroyed", "3"), (3, "labels-issued", 15))
        ],
        [],
    ),
    (
        "does not add up",
        "reconciled",
        LABELS,
        [
            event(n, "recorded", field=f, value=v)
            for n, f, v in ((1, "labels-used", 12), (2, "labels-destroyed", 2), (3, "labels-issued", 15))
        ],
        [("labels-used", 3)],
    ),
    (
        "not recorded",
        "reconciled",
        LABELS,
        [event(1, "recorded", field="labels-used", value=12)],
        [("labels-used", 1000)],
    ),
    (
        "adds up once corrected",
        "reconciled",
        {"fields": ["filled"], "equals": "12 - (1 + 1)"},
        [
            event(1, "recorded", field="filled", value=12),
            event(2, "corrected", field="filled", value=10, old=12, reason="two rejected"),
        ],
        [],
    ),
]
KINDS = (
    "record_quality",
    "reported",
    "reconciled",
)


@pytest.mark.parametrize(
    ("kind", "params", "events", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_kind_finds_what_it_is_for(
    kind: str, params: dict[str, Any], events: Events, expected: list[tuple[str | None, int]]
) -> None:
    assert about(findings(kind, params, events)) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_shows_it_kept_and_broken(kind: str) -> None:
    rows = [row for row in TABLE if row[1] == kind]
    assert any(row[4] for row in rows)
    assert any(not row[4] for row in rows)


def test_reconciliation_takes_a_fact_where_no_field_has_the_name() -> None:
    events = [event(1, "recorded", field="filled", value=12)]
    params = {"fields": ["filled"], "equals": "vials_filled"}
    assert findings("reconciled", params, events, facts={"vials_filled": 12}) == []
    assert len(findings("reconciled", params, events, facts={"vials_filled": 11})) == 1


def test_reconciliation_by_a_count_of_nothing_is_a_finding() -> None:
    events = [event(1, "recorded", field="filled", value=12)]
    found = findings("reconciled", {"fields": ["filled"], "equals": "12 / none"}, events, facts={"none": 0})
    assert found[0].evidence["equals"] == "12 / none"
