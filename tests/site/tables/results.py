"""Who may see results, freeze and publish them, read packs, and enter money."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme
from resilience.programme.models import Grant, ProgrammeChange, Risk, WorkPackage
from resilience.results import publications, snapshots, targets
from resilience.results.models import Pack, PackFile, Snapshot
from tests.results import programme
from tests.results.programme import NOW, QUARTERS
from tests.site.conftest import People
from tests.site.tables import everybody, only

READERS = ("lead", "coordinator", "funder")
PARTNERS = ("lead", "coordinator")
SEE = only(*READERS)
LEAD = only("lead")
LEAD_GOES_ON = only("lead", answer=302)
PARTNERS_GO_ON = only(*PARTNERS, answer=302)

ROWS = [
    ("GET", "results", "", only(*READERS, "analyst")),
    # Nothing is frozen, no grant is entered: who may ask is told that there is nothing.
    ("GET", "results-csv", "", only(*READERS, answer=404)),
    ("GET", "money-csv", "", only(*READERS, answer=404)),
    ("GET", "money-risk", "", only(*PARTNERS, answer=404)),
    ("POST", "money-risk", "", only(*PARTNERS, answer=404)),
    ("GET", "money-change", "", only(*PARTNERS, answer=404)),
    ("POST", "money-change", "", only(*PARTNERS, answer=404)),
    ("GET", "results-freeze", "", LEAD),
    ("POST", "results-freeze", "", LEAD_GOES_ON),
    ("GET", "results-targets", "", LEAD),
    ("POST", "results-targets", "", LEAD_GOES_ON),
    ("POST", "results-target-remove", "target", LEAD_GOES_ON),
    ("GET", "results-chart", "drawing theme", only(*READERS, answer=404)),
    ("GET", "results-definitions", "", SEE),
    ("GET", "results-definition", "indicator version", everybody()),
    ("GET", "results-figure", "snapshot", SEE),
    ("GET", "results-figure-csv", "snapshot", SEE),
    ("GET", "results-activity", "snapshot held", SEE),
    ("GET", "results-difference", "earlier later", SEE),
    ("GET", "results-publish", "snapshot", LEAD),
    ("POST", "results-publish", "snapshot", LEAD_GOES_ON),
    ("GET", "results-publications", "", SEE),
    ("GET", "results-publication", "publication", SEE),
    ("POST", "results-publication", "publication", LEAD_GOES_ON),
    ("GET", "packs", "", SEE),
    ("POST", "packs", "", only("lead", answer=422)),
    ("GET", "pack", "until", SEE),
    ("GET", "pack-file", "until file", SEE),
    ("GET", "published", "", everybody()),
    ("GET", "published-method", "publication", everybody()),
    ("GET", "money", "", SEE),
    ("GET", "money-grant", "", LEAD),
    ("POST", "money-grant", "", only("lead", answer=422)),
    ("GET", "money-spend", "until", only(*PARTNERS)),
    ("POST", "money-spend", "until", PARTNERS_GO_ON),
    ("GET", "money-report", "package until", only(*PARTNERS)),
    ("POST", "money-report", "package until", PARTNERS_GO_ON),
    ("POST", "money-risk-close", "risk", PARTNERS_GO_ON),
    ("POST", "money-change-decide", "change", LEAD_GOES_ON),
]
BODIES: dict[str, dict[str, Any]] = {
    "results-freeze": {"data": {"as_of": "2026-03-31"}},
    "results-targets": {"data": {"indicator": "trainees", "due_on": "2026-12-31", "value": "2000"}},
    "results-publish": {"data": {"text_en": "4 people", "text_cy": "4 o bobl", "printed": "4"}},
    "results-publication": {"data": {"do": "withdraw", "reason": "Counted twice"}},
    "packs": {"data": {"quarter": "2026-03-31"}},
    "money-spend": {"data": {"forecast_staff": "100", "actual_staff": "90"}},
    "money-report": {"data": {"standing": "on-plan", "percent": "40", "text": "Half the events were held."}},
    "money-change-decide": {"data": {"decision": "agreed"}},
}
OURS = {
    "target",
    "drawing",
    "indicator",
    "snapshot",
    "held",
    "earlier",
    "publication",
    "until",
    "package",
    "risk",
    "change",
}


def given(people: People, needed: list[str]) -> dict[str, Any]:
    if not OURS & set(needed):
        return {}
    plain = {"drawing": "trend", "theme": "light", "indicator": "trainees", "version": 1}
    if {"drawing", "indicator"} & set(needed):
        return plain
    grant = programme.grant(people.here)
    with whole_programme("what the table asks about"):
        rows = {
            "package": WorkPackage.objects.get(code="WP1").pk,
            "risk": Risk.objects.get(organisation=people.here).pk,
            "change": waiting(grant),
            "until": QUARTERS[-1].isoformat(),
        }
    if "file" in needed or needed == ["until"]:
        rows["file"] = a_pack().files.get().name
    if {"snapshot", "earlier", "publication", "target"} & set(needed):
        rows |= figures(people)
    return rows


def waiting(grant: Grant) -> int:
    """A change that the first lead who asks decides; those after them find it decided, and go on as well."""
    found = ProgrammeChange.objects.filter(grant=grant, decision="asked").first()
    assert found is not None
    return found.pk


def a_pack() -> Pack:
    data = {"programme": {"title": "Skills", "funder": "The fund", "invented": True}, "indicators": []}
    content = b"{}"
    hashes = {"pack.json": sha256(content).hexdigest()}
    made = Pack.objects.create(
        quarter=QUARTERS[-1], data=data, data_hash=hashes["pack.json"], file_hashes=hashes, frozen_at=NOW
    )
    PackFile.objects.create(pack=made, name="pack.json", content=content)
    return made


def figures(people: People) -> dict[str, Any]:
    """Four trainees of one partner, frozen twice, published once."""
    programme.held([people.here], QUARTERS[-1:])
    for _time in range(2):
        snapshots.freeze(QUARTERS[-1], NOBODY, NOW)
    first, second = Snapshot.objects.filter(indicator="trainees", filters={}).order_by("pk")
    published = publications.draft(second, {"en": "4 people", "cy": "4 o bobl"}, "4", NOBODY, NOW)
    publications.approve(published, NOBODY, NOW)
    return {
        "target": targets.set_target(NOBODY, "trainees", date(2026, 12, 31), 60).pk,
        "snapshot": second.pk,
        "held": "TRN-00",
        "earlier": first.pk,
        "later": second.pk,
        "publication": published.pk,
    }
