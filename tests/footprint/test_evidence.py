from __future__ import annotations

import pytest

from resilience.footprint import Garments, SiteProfile, Tier
from resilience.footprint.bills import built_in
from resilience.footprint.evidence import tier

SITE = SiteProfile(site="s", name="A site", garments=Garments.REUSABLE)


@pytest.mark.parametrize(
    ("credited", "sites", "expected"),
    [
        (set(), set(), Tier.T0),
        (set(), {"s"}, Tier.T1),
        (set(), {"s", "elsewhere"}, Tier.T0),
        ({("s", "lyo")}, {"s", "elsewhere"}, Tier.T1),
        ({("s", "lyo"), ("elsewhere", "lyo")}, {"s", "elsewhere"}, Tier.T0),
    ],
)
def test_the_weakest_credit_decides_and_without_credit_the_weakest_site(
    credited: set[tuple[str, str]], sites: set[str], expected: Tier
) -> None:
    assert tier(credited, sites, {"s": SITE}, built_in())[0] is expected


def test_lines_without_records_are_named_but_for_those_that_do_not_count() -> None:
    _, missing = tier({("s", "media_fill_bsc")}, {"s"}, {"s": SITE}, built_in())
    assert "s:media_fill_bsc/gloves" in missing
    assert "s:media_fill_bsc/incubation" not in missing
