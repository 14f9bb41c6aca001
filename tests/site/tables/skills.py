"""Who sees competences needed and held, and who enters posts."""

from __future__ import annotations

from datetime import date
from typing import Any

from resilience.people.permissions import NOBODY
from resilience.programme.skills import gap
from tests.site.conftest import People
from tests.site.tables import WHO, only

PARTNERS = ("lead", "coordinator")
SEE = only(*PARTNERS)


def lead_comes_first() -> str:
    """Whoever takes the post away first has done it; the next finds none."""
    statuses = only("lead", answer=302).split()
    statuses[WHO.index("coordinator")] = "404"
    return " ".join(statuses)


ROWS = [
    ("GET", "skills", "", SEE),
    ("GET", "skills-csv", "", SEE),
    ("GET", "skills-chart", "shade", SEE),
    ("GET", "skills-posts", "", SEE),
    ("POST", "skills-posts", "", only(*PARTNERS, answer=422)),
    ("POST", "skills-post-remove", "post", lead_comes_first()),
    ("GET", "skills-roles", "", SEE),
    ("GET", "skills-pipeline", "", SEE),
]
BODIES: dict[str, dict[str, Any]] = {}


def given(people: People, needed: list[str]) -> dict[str, Any]:
    if not {"shade", "post"} & set(needed):
        return {}
    post = gap.add_post(
        people.here, NOBODY, employer="Acme", role="shift-lead", region="TLG", people=3, today=date(2026, 3, 2)
    )
    return {"shade": "light", "post": post.pk}
