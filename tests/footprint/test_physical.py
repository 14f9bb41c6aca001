from __future__ import annotations

from resilience.footprint import Garments, LineRecord, SiteFigure, SiteProfile
from resilience.footprint.bills import built_in
from resilience.footprint.physical import lines_at

FILL = built_in().runs["media_fill_bsc"]
SITE = SiteProfile(site="s", name="A site", garments=Garments.DISPOSABLE)
ORDERS = SiteFigure(value=5, low=4, high=6, document="Orders of 2026")


def by_name(profile: SiteProfile | None) -> dict[str, object]:
    return {placed.line.line: placed for placed in lines_at(FILL, profile)}


def test_sites_that_say_the_same_have_the_same_lines() -> None:
    other = SITE.model_copy(update={"site": "t", "name": "Another site"})
    assert lines_at(FILL, SITE) == lines_at(FILL, other)
    assert lines_at(FILL, SITE) != lines_at(FILL, None)


def test_a_fixed_line_is_listed_but_does_not_count() -> None:
    counted = {placed.line.line: placed.counted for placed in lines_at(FILL, SITE)}
    assert [name for name, counts in counted.items() if not counts] == ["incubation"]
    documented = SITE.model_copy(update={"documented_fixed": {"media_fill_bsc/incubation": "Log"}})
    assert all(placed.counted for placed in lines_at(FILL, documented))


def test_a_record_changes_its_own_line_and_draws_it_apart() -> None:
    record = LineRecord(run="media_fill_bsc", line="gloves", quantity=ORDERS, waste_kg_per_unit=0.03, price_gbp=ORDERS)
    found = {placed.line.line: placed for placed in lines_at(FILL, SITE.model_copy(update={"records": (record,)}))}
    gloves = found["gloves"]
    assert (gloves.line.quantity, gloves.line.waste_kg, gloves.line.source) == (5, 0.03, "Orders of 2026")
    assert (gloves.site, gloves.recorded, gloves.price) == ("s", True, ORDERS)
    untouched = {name: placed for name, placed in found.items() if name != "gloves"}
    assert untouched == {name: placed for name, placed in by_name(SITE).items() if name != "gloves"}
