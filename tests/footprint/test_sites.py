from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from resilience.footprint import FootprintError, SiteProfile, account

FIGURE = {"value": 2, "low": 1, "high": 3, "document": "Orders of 2026"}
LINE = {
    "run": "gowning_qual",
    "line": "air",
    "what": "Something",
    "behaviour": "variable",
    "quantity": FIGURE,
    "unit": "h",
}
RECORD = {"run": "gowning_qual", "line": "gloves", "quantity": FIGURE, "waste_kg_per_unit": 0.02, "price_gbp": FIGURE}

COMPARISON = {
    "run": "lyo", "runs_before": 4, "trainees_before": 8, "runs_after": 2, "trainees_after": 8, "practised_runs": 4,
    "document": "Logs of two years",
}  # fmt: skip


def profile(**fields: Any) -> SiteProfile:
    return SiteProfile.model_validate({"site": "s", "name": "A site", "garments": "disposable", **fields})


def test_the_first_question_has_to_be_answered() -> None:
    with pytest.raises(ValidationError, match="garments"):
        SiteProfile.model_validate({"site": "s", "name": "A site"})


def test_a_profile_survives_its_own_json() -> None:
    full = profile(
        physical_runs_per_trainee={"gowning_qual": 2}, documented_fixed={"media_fill_bsc/incubation": "Log"},
        records=[RECORD], own_lines=[LINE], headsets_bought={"2026": 4},
    )  # fmt: skip
    assert SiteProfile.model_validate_json(full.model_dump_json()) == full


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"garment": "reusable"}, "garment"),
        ({"garments": "paper"}, "garments"),
        ({"physical_runs_per_trainee": {"gowning_qual": -1}}, "physical_runs_per_trainee"),
        ({"records": [{**RECORD, "quantity": {**FIGURE, "low": 5}}]}, "low, value and high must rise"),
        ({"records": [{**RECORD, "quantity": {**FIGURE, "document": ""}}]}, "document"),
        ({"own_lines": [{**LINE, "price_gbp": FIGURE}]}, "price_gbp needs `price`"),
        ({"headsets_bought": {"2026": -1}}, "headsets_bought"),
    ],
)
def test_a_wrong_answer_is_refused_by_name(fields: dict[str, Any], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        profile(**fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"own_lines": [{**LINE, "carbon": "hvac_gradeB"}]}, "`own_lines.0.carbon`: `hvac_gradeB` .* may not enter"),
        ({"own_lines": [{**LINE, "price": "gbp_bsc"}]}, "`own_lines.0.price`: `gbp_bsc` .* may not enter"),
        ({"own_lines": [{**LINE, "price": "gbp_mab_batch"}]}, "`gbp_mab_batch` .* A lost batch is never credited"),
        ({"own_lines": [{**LINE, "carbon": "waste_defra_efw"}]}, "`waste_defra_efw`"),
        ({"own_lines": [{**LINE, "price": "nhs_total"}]}, "`nhs_total`"),
        ({"own_lines": [{**LINE, "line": "gloves"}]}, "`gowning_qual/gloves` stands already"),
        ({"own_lines": [{**LINE, "run": "dressing"}]}, "`own_lines.0.run`: there is no run `dressing`"),
        ({"records": [{**RECORD, "line": "hats"}]}, "`records.0.line`: there is no line `hats` in `gowning_qual`"),
        ({"records": [RECORD, RECORD]}, "`records.1`: `gowning_qual/gloves` is recorded twice"),
        ({"comparisons": [COMPARISON, COMPARISON]}, "`comparisons.1`: `lyo` is compared twice"),
        ({"documented_fixed": {"media_fill_bsc/roof": "Log"}}, "`documented_fixed`: there is no line"),
        ({"physical_runs_per_trainee": {"dressing": 1}}, "`physical_runs_per_trainee`: there is no run `dressing`"),
    ],
)
def test_what_a_profile_names_must_exist_and_be_allowed(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(FootprintError, match=f"site profile `s`, {said}" if said.startswith("`own_lines") else said):
        account([], [profile(**fields)])
