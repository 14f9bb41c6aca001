"""Who sees the account of waste, carbon and money, keeps a site's profile, adopts factors and countersigns claims.

Factors count for every partner: the lead alone brings them in and adopts them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from resilience.people.permissions import NOBODY
from resilience.results import footprint_factors, footprint_sites
from tests.footprint.workbooks import flat
from tests.site.conftest import People
from tests.site.tables import WHO, only

READERS = ("lead", "coordinator", "quality", "funder")
KEEPERS = ("lead", "coordinator")
SEE = only(*READERS)
KEEP = only(*KEEPERS)
KEEP_GOES_ON = only(*KEEPERS, answer=302)


def instructor_alone() -> str:
    """An instructor of another organisation finds no such record."""
    statuses = only("instructor", answer=302).split()
    statuses[WHO.index("outsider")] = "404"
    return " ".join(statuses)


ROWS = [
    ("POST", "record-countersign", "seq", instructor_alone()),
    ("GET", "footprint", "", SEE),
    ("GET", "footprint-method", "", SEE),
    ("GET", "footprint-csv", "", SEE),
    ("GET", "footprint-method-csv", "", SEE),
    ("GET", "footprint-json", "", SEE),
    ("GET", "footprint-chart", "aspect measure theme", SEE),
    ("GET", "footprint-site", "", KEEP),
    ("POST", "footprint-site", "", KEEP_GOES_ON),
    ("GET", "footprint-site-add", "part", KEEP),
    ("POST", "footprint-site-add", "part", only(*KEEPERS, answer=422)),
    ("POST", "footprint-site-remove", "part index", KEEP_GOES_ON),
    ("GET", "footprint-factors", "", SEE),
    ("POST", "footprint-factors-read", "", only("lead", answer=422)),
    ("GET", "footprint-edition", "number", SEE),
    ("POST", "footprint-edition", "number", only("lead", answer=302)),
]
BODIES: dict[str, dict[str, Any]] = {"footprint-site": {"data": {"garments": "reusable"}}}


def given(people: People, needed: list[str]) -> dict[str, Any]:
    now = datetime.now(UTC)
    if "measure" in needed:
        return {"aspect": "ranges", "measure": "co2e_kg", "theme": "light"}
    if "part" in needed:
        footprint_sites.change(people.here, {"garments": "reusable"}, NOBODY, now)
        return {"part": "comparisons", "index": 0}
    if "number" in needed:
        return {"number": footprint_factors.read(flat(), "factors.xlsx", now).pk}
    return {}
