"""Indicators' files: checked, versioned, found by code."""

from __future__ import annotations

from pathlib import Path

import pytest

from resilience.results import definitions, diversity_tables
from resilience.results.definitions import FOLDER, load, load_all, shelf
from resilience.training.errors import BadInput

GOOD = (FOLDER / "trainees.1.yaml").read_text()
TABLE = (diversity_tables.FOLDER / "training-sex.1.yaml").read_text()


def written(folder: Path, text: str, name: str = "trainees.1.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_the_shipped_indicators_are_in_order_and_in_both_languages() -> None:
    codes = [indicator.code for indicator in shelf().all]
    assert codes[:7] == [
        "trainees",
        "students",
        "activities",
        "leaders",
        "leader_organisations",
        "leaders_female_percent",
        "leaders_bame_percent",
    ]
    for indicator in shelf().all:
        assert indicator.title["en"] != indicator.title["cy"] != ""
        assert indicator.definition["en"] != indicator.definition["cy"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kinds: [training]", "kinds: [lecture]", r"trainees.1.yaml:\d+: `parameters.kinds.0`"),
        ("kinds: [training]", "sorts: [training]", r"trainees.1.yaml:\d+: `parameters.kinds`"),
        ("rule: people", "rule: persons", r"trainees.1.yaml:\d+: `rule`: there is no rule `persons`"),
        ("unit: people", "unit: heads", r"trainees.1.yaml:\d+: `unit`"),
        ("owner: lead", "owner: lead\ncolour: red", r"trainees.1.yaml:\d+: `colour`"),
        ("version: 1", "version: 2", "Name it trainees.2.yaml"),
        ("  cy: Hyfforddeion\n", "", r"trainees.1.yaml:\d+: `title.cy`"),
    ],
)
def test_a_wrong_file_is_refused_with_file_line_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(BadInput, match=told):
        load(written(tmp_path, GOOD.replace(old, new)))


def test_the_newest_version_counts_and_older_ones_stay_readable(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    newer = GOOD.replace("version: 1", "version: 2").replace("kinds: [training]", "kinds: [training, leadership]")
    written(tmp_path, newer, "trainees.2.yaml")
    found = load_all(tmp_path)
    assert [indicator.version for indicator in found.all] == [2]
    assert found.newest("trainees").parameters == {"kinds": ["training", "leadership"]}
    assert found.version("trainees", 1).parameters == {"kinds": ["training"]}
    assert found.version("trainees", 1).content_hash != found.version("trainees", 2).content_hash
    with pytest.raises(BadInput, match="version 3"):
        found.version("trainees", 3)
    with pytest.raises(BadInput, match="no indicator `pupils`"):
        found.newest("pupils")


def test_every_rule_is_used() -> None:
    assert {indicator.rule for indicator in shelf().all} == set(definitions.RULES)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('codes: ["11"]', 'codes: ["10"]', r"training-sex.1.yaml:\d+: `rows.1.codes`: code 10 is counted twice"),
        ("method: rounding", "method: exact", r"training-sex.1.yaml:\d+: `method`"),
        ("method: rounding", "method: suppression\nseveral: true", r"training-sex.1.yaml:\d+: `several`"),
        ("version: 1", "version: 2", "Name it training-sex.2.yaml"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in TABLE
    with pytest.raises(BadInput, match=told):
        diversity_tables.load(written(tmp_path, TABLE.replace(old, new), "training-sex.1.yaml"))


def test_exact_and_rounded_answers_of_the_same_people_never_stand_side_by_side(tmp_path: Path) -> None:
    written(tmp_path, TABLE, "training-sex.1.yaml")
    beside = TABLE.replace("id: training-sex", "id: training-women").replace("method: rounding", "method: suppression")
    written(tmp_path, beside, "training-women.1.yaml")
    with pytest.raises(BadInput, match="together they tell more"):
        diversity_tables.load_all(tmp_path)
