"""What a dashboard reads from snapshots: the last of each day, headlines first, parts by partner and region."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from resilience.people.models import Organisation, Region
from resilience.people.permissions import NOBODY
from resilience.results import overview, targets
from resilience.results.models import Snapshot
from tests.results.programme import NOW

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)


def keep(code: str, as_of: date, value: float | None, **filters: str) -> Snapshot:
    return Snapshot.objects.create(
        indicator=code,
        version=1,
        as_of=as_of,
        filters=filters,
        value=value,
        numerator=value,
        partners=[],
        rows_hash="0" * 64,
        code_version="x",
        taken_at=NOW,
    )


@pytest.mark.usefixtures("embedded_store")
class TestStandings:
    def test_headlines_come_first_then_the_others_as_they_are_listed(self) -> None:
        for code in ("visits", "training_activities", "leaders", "trainees"):
            keep(code, MARCH, 1)
        order = [one.snapshot.indicator for one in overview.standings(MARCH)]
        assert order == ["trainees", "leaders", "training_activities", "visits"]

    def test_of_a_day_that_was_frozen_twice_the_last_stands(self) -> None:
        keep("trainees", MARCH, 10)
        last = keep("trainees", MARCH, 12)
        keep("trainees", JUNE, 20)
        assert overview.standings(MARCH)[0].snapshot == last
        assert [held.value for held in overview.histories(JUNE)["trainees"]] == [12, 20]
        assert overview.frozen_days() == [JUNE, MARCH]

    def test_an_indicator_that_was_not_frozen_on_the_day_is_left_out(self) -> None:
        keep("trainees", MARCH, 10)
        keep("leaders", JUNE, 5)
        assert [one.snapshot.indicator for one in overview.standings(JUNE)] == ["leaders"]

    @pytest.mark.parametrize(("value", "percent"), [(1199.9, 99), (1200, 100), (1500, 125), (None, None)])
    def test_a_target_is_reached_only_when_it_is(self, value: float | None, percent: int | None) -> None:
        keep("trainees", MARCH, value)
        targets.set_target(NOBODY, "trainees", JUNE, 1200)
        assert overview.standings(MARCH)[0].percent_of_target == percent

    def test_a_number_has_an_outlook_and_a_share_has_none(self) -> None:
        for step in range(4):
            day = MARCH - timedelta(days=90 * step)
            keep("trainees", day, 400 - 100 * step)
            keep("heads_known_percent", day, 80 - step)
        for code in ("trainees", "heads_known_percent"):
            targets.set_target(NOBODY, code, JUNE, 1000)
        found = {one.snapshot.indicator: one.outlook for one in overview.standings(MARCH)}
        assert found["heads_known_percent"] is None
        assert found["trainees"] is not None
        assert found["trainees"].value == pytest.approx(400 + 91 * 100 / 90)


@pytest.mark.usefixtures("embedded_store")
def test_parts_are_told_by_name_the_largest_first() -> None:
    north, south = (Organisation.objects.create(name=name) for name in ("North", "South"))
    keep("trainees", MARCH, 9)
    keep("trainees", MARCH, 3, organisation=str(north.pk))
    keep("trainees", MARCH, 6, organisation=str(south.pk))
    keep("trainees", MARCH, 4, organisation=str(north.pk))
    keep("trainees", MARCH, 5, region="TLM")
    keep("trainees", MARCH, 1, region="TLM", kind="training")
    assert [(name, held.value) for name, held in overview.by_partner("trainees", MARCH)] == [("South", 6), ("North", 4)]
    assert {region: held.value for region, held in overview.by_region("trainees", MARCH).items()} == {
        Region.SCOTLAND: 5
    }
