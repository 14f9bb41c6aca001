from __future__ import annotations

import hashlib

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from resilience.footprint import FootprintError, Measure, Proposal, Session, account, adopt, built_in_factors, propose
from resilience.footprint.editions import wanted
from tests.footprint.workbooks import figure, flat, ordinary

NAMES = {want.series for want in wanted()}


def without(series: str) -> bytes:
    """A flat file that lacks one row."""

    def drop(page: Worksheet) -> None:
        want = next(want for want in wanted() if want.series == series)
        for row in range(page.max_row, 3, -1):
            if page.cell(row, 5).value == want.level_3 and page.cell(row, 3).value == want.level_1:
                page.delete_rows(row)

    return flat(change=drop)


def test_every_official_series_is_one_of_ours_with_an_edition() -> None:
    factors = built_in_factors()
    for want in wanted():
        assert factors.at(want.series, 2026).edition is not None


@pytest.mark.parametrize(("form", "data"), [("flat", flat(2027)), ("sheets", ordinary(2027))])
def test_a_dry_run_shows_every_change_and_changes_nothing(form: str, data: bytes) -> None:
    factors = built_in_factors()
    found = propose(data, factors)
    assert (found.form, found.edition, found.missing) == (form, 2027, {})
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert {change.series for change in found.changes} == NAMES
    for change in found.changes:
        want = next(want for want in wanted() if want.series == change.series)
        assert change.new == pytest.approx(figure(want) / want.per)
        assert change.old == factors.at(change.series, 2027).value
        assert change.kind == "new"
        assert change.relative == pytest.approx(change.new / change.old - 1)
    assert not factors.has_year("elec_uk_gen", 2027)


def test_a_dry_run_can_be_kept_and_adopted_later() -> None:
    found = propose(flat(2027), built_in_factors())
    assert Proposal.model_validate_json(found.model_dump_json()) == found


def test_an_adopted_edition_serves_its_year_and_carries_hash_and_row() -> None:
    data = flat(2027)
    factors = adopt(built_in_factors(), propose(data, built_in_factors()))
    grid = factors.at("elec_uk_gen", 2027)
    assert (grid.id, grid.value, grid.grade, grid.year) == ("elec_uk_gen_2027", pytest.approx(0.1), "solid", 2027)
    assert factors.workbooks["elec_uk_gen_2027"] == (hashlib.sha256(data).hexdigest(), "7_400_4000_5_1")
    assert factors.at("elec_uk_gen", 2026).value == 0.13096
    found = account([Session(module="controls", year=2027, device_hours=1)], factors_used=factors)
    fact = next(fact for fact in found.method.facts if fact.id == "elec_uk_gen_2027")
    assert (fact.workbook_sha256, fact.workbook_row) == (hashlib.sha256(data).hexdigest(), "7_400_4000_5_1")
    assert "2027" in fact.source
    assert "factors_of_another_year" not in found.notes


def test_the_relative_range_of_a_factor_stays() -> None:
    old = built_in_factors().at("mat_pp", 2026)
    new = adopt(built_in_factors(), propose(flat(2026), built_in_factors())).at("mat_pp", 2026)
    assert (new.low / new.value, new.high / new.value) == pytest.approx((old.low / old.value, old.high / old.value))


def test_an_edition_we_have_is_corrected_or_confirmed() -> None:
    def confirm(page: Worksheet) -> None:
        page.cell(4, 10).value = 0.13096

    kinds = {change.series: change.kind for change in propose(flat(2026, confirm), built_in_factors()).changes}
    assert (kinds["elec_uk_gen"], kinds["elec_uk_td"], kinds["mat_pp"]) == ("confirmed", "changed", "new")
    factors = adopt(built_in_factors(), propose(flat(2026, confirm), built_in_factors()))
    assert len(list(factors)) == len(list(built_in_factors())) + list(kinds.values()).count("new")


def test_a_new_grid_moves_the_account() -> None:
    def coal(page: Worksheet) -> None:
        page.cell(4, 10).value = 1.0

    session = Session(module="controls", year=2026, device_hours=1)
    before = account([session]).figures[Measure.CARBON].median
    factors = adopt(built_in_factors(), propose(flat(2026, coal), built_in_factors()))
    assert account([session], factors_used=factors).figures[Measure.CARBON].median < before


def test_a_missing_row_is_named_and_must_be_left_out_by_name() -> None:
    found = propose(without("mat_glass"), built_in_factors())
    assert set(found.missing) == {"mat_glass"}
    assert "Material use > Glass > Primary material production > tonnes" in found.missing["mat_glass"]
    with pytest.raises(FootprintError, match="edition 2026: the workbook lacks 1 factors: mat_glass"):
        adopt(built_in_factors(), found)
    factors = adopt(built_in_factors(), found, without=["mat_glass"])
    assert factors.at("mat_glass", 2026).edition == 2025


def test_a_proposal_for_other_factors_is_refused() -> None:
    later = adopt(built_in_factors(), propose(flat(2027), built_in_factors()))
    with pytest.raises(FootprintError, match="is gone"):
        adopt(built_in_factors(), propose(flat(2028), later))


def test_official_rows_stand_in_the_sheet_they_are_said_to() -> None:
    found = propose(ordinary(2027), built_in_factors())
    assert {change.sheet for change in found.changes} == {want.level_1 for want in wanted()}
    assert all(change.row.isdigit() for change in found.changes)
