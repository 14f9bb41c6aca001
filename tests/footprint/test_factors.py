from __future__ import annotations

from pathlib import Path

import pytest

from resilience.footprint import FootprintError
from resilience.footprint.factors import Role, built_in, load
from resilience.footprint.tables import FACTS

HEAD = "id,series,edition,what,beth,value,low,high,unit,grade,year,role,source,note\n"


def one_row(folder: Path, row: str) -> Path:
    path = folder / "factors.csv"
    path.write_text(HEAD + row + "\n", encoding="utf-8")
    return path


def test_electricity_is_that_of_the_year_of_the_session() -> None:
    factors = built_in()
    assert [factors.at("elec_uk_gen", year).value for year in (2024, 2025, 2026)] == [0.20705, 0.177, 0.13096]


def test_a_year_without_an_edition_takes_the_latest_before_else_the_earliest_and_can_be_told() -> None:
    factors = built_in()
    assert factors.at("elec_uk_gen", 2028).id == "elec_uk_gen_2026"
    assert factors.at("elec_uk_gen", 2019).id == "elec_uk_gen_2024"
    assert not factors.has_year("elec_uk_gen", 2028)
    assert factors.has_year("elec_uk_gen", 2025)
    assert factors.has_year("labplastic_kg", 2028)


def test_clinical_waste_burns_at_a_ton_a_ton_and_the_official_row_is_kept_out() -> None:
    factors = built_in()
    assert factors.at("waste_hti", 2026).value == 1.074
    with pytest.raises(FootprintError, match="burning itself"):
        factors.usable("waste_defra_efw", "kgCO2e/", "a line")


@pytest.mark.parametrize("series", ["hvac_gradeB", "hvac_gradeC", "gbp_bsc", "gbp_mab_batch", "plastic_batch_1000L"])
def test_ventilation_capital_and_lost_batches_never_enter_a_result(series: str) -> None:
    assert built_in().at(series, 2026).role is Role.NEVER
    with pytest.raises(FootprintError, match="may not enter a result"):
        built_in().usable(series, "", "a line")


def test_context_is_not_for_lines_and_units_must_fit() -> None:
    with pytest.raises(FootprintError, match="may not enter a result"):
        built_in().usable("nhs_total", "", "a line")
    with pytest.raises(FootprintError, match=r"in GBP/L, not in kgCO2e/ per unit"):
        built_in().usable("gbp_tsb_L", "kgCO2e/", "a line")
    with pytest.raises(FootprintError, match="a line: there is no factor `unobtainium`"):
        built_in().usable("unobtainium", "kgCO2e/", "a line")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "a,a,,A thing,Peth,2,3,4,kg,weak,2020,line,somewhere,",
            "factors.csv:2: `row`: Value error, low, value and high",
        ),
        ("a,a,,A thing,Peth,2,0,4,kg,weak,2020,line,somewhere,", "the low end of a figure that is drawn"),
        ("a,a,,A thing,Peth,2,1,4,kg,rough,2020,line,somewhere,", "factors.csv:2: `grade`:"),
        ("a,a,,A thing,Peth,2,1,4,kg,weak,2020,line,,", "factors.csv:2: `source`: Field required"),
        ("a,a,,A thing,,2,1,4,kg,weak,2020,line,somewhere,", "factors.csv:2: `beth`: Field required"),
        ("b,a,2025,A thing,Peth,2,1,4,kg,weak,2020,line,somewhere,", "factors.csv:2: `id`: b does not belong to a"),
    ],
)
def test_a_bad_row_is_refused_with_line_and_key(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(FootprintError) as error:
        load(one_row(tmp_path, row))
    assert said in str(error.value)


def test_the_built_in_table_holds_all_grades_and_roles() -> None:
    factors = list(load(FACTS / "factors.csv"))
    assert {factor.grade for factor in factors} == {"solid", "medium", "weak", "assumption"}
    assert {factor.role for factor in factors} == set(Role)
