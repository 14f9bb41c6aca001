from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

import resilience.modules
from resilience.footprint import FootprintError
from resilience.footprint.bills import built_in, load
from resilience.footprint.tables import FACTS

MODULES = Path(next(iter(resilience.modules.__path__)))


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    for name in ("runs.csv", "bills.csv", "modules.csv"):
        shutil.copy(FACTS / name, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_every_module_of_the_product_has_its_row() -> None:
    shipped = {path.parent.name for path in MODULES.glob("*/module.yaml")}
    assert shipped <= set(built_in().modules)


def test_a_module_and_the_footprint_mean_the_same_physical_run() -> None:
    for path in MODULES.glob("*/bill.yaml"):
        bill = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "run" in bill:
            ours = built_in().modules[path.parent.name].run
            assert (ours or "none") == bill["run"]


def test_the_aseptic_filling_stands_beside_a_media_fill_and_the_controls_beside_nothing() -> None:
    assert built_in().modules["aseptic-filling"].run == "media_fill_bsc"
    assert built_in().modules["controls"].run == ""
    assert built_in().modules["gowning"].sessions_per_run == 3


def test_reusable_garments_change_the_garment_line_alone() -> None:
    for line in built_in().runs["gowning_qual"].lines:
        reusable = line.with_reusable_garments()
        if line.line == "garments":
            assert (reusable.waste_kg, reusable.carbon, reusable.price) == (0.03, "garm_reus_set", "gbp_garm_reus")
        else:
            assert reusable == line


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("bills.csv", "tsb_L,1,gbp_tsb_L", "tsb,1,gbp_tsb_L", r"bills\.csv:\d+: `carbon`: there is no factor `tsb`"),
        ("bills.csv", "tsb_L,1,gbp_tsb_L", "gbp_tsb_L,1,gbp_tsb_L", r"`carbon`: `gbp_tsb_L` is in GBP/L"),
        ("bills.csv", "tsb_L,1,gbp_tsb_L", "hvac_gradeB,1,gbp_tsb_L", r"`hvac_gradeB` .* may not enter a result"),
        ("bills.csv", "lyo,vials", "lyophiliser,vials", r"bills\.csv:\d+: `run`: there is no run `lyophiliser`"),
        ("bills.csv", "lyo,stoppers", "lyo,vials", r"bills\.csv:\d+: `lyo/vials` stands twice"),
        ("bills.csv", "variable,3,3,3", "variable,3,4,3", r"bills\.csv:2: `row`: Value error, low, quantity and high"),
        ("bills.csv", "variable", "sometimes", r"bills\.csv:2: `behaviour`"),
        ("modules.csv", "gowning_qual", "dressing", r"modules\.csv:\d+: `run`: there is no run `dressing`"),
        ("runs.csv", ",4\n", ",0\n", r"runs\.csv:\d+: `trainees_per_run`"),
    ],
)  # fmt: skip
def test_a_bad_table_is_refused_with_file_line_and_key(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(FootprintError, match=said):
        load(changed(tmp_path, file, old, new))
