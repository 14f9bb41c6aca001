"""The command `twin`: its answer as JSON and for people, and what it says of a case that cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import resilience

ROOM = {"name": "filling", "volume_m3": 50, "floor_m2": 20, "air_changes_per_h": 40}
PERSON = {"name": "one", "room": "filling", "clothing": "gowned", "activity": "chamber"}
ROOMS = {"model": "rooms", "rooms": [ROOM], "people": [PERSON], "deposition": False, "seconds": 3600}
HAND = {"name": "right", "palm": [0, 1.1, -0.05], "elbow": [0, 1.02, 0.3]}
SITE = {"name": "vial", "at": [0, 0.96, -0.05], "radius_m": 0.006}


def written(folder: Path, inputs: dict[str, Any]) -> Path:
    file = folder / "case.json"
    file.write_text(json.dumps({"case": "test", "inputs": inputs}))
    return file


def test_an_answer_is_case_kind_and_outputs(tmp_path: Path) -> None:
    done = resilience("twin", "air", written(tmp_path, ROOMS), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert list(answer) == ["case", "kind", "outputs"]
    assert (answer["case"], answer["kind"]) == ("test", "air")
    assert answer["outputs"]["rooms"]["filling"]["mcp"] == pytest.approx(5.3, rel=0.02)


def test_people_read_lines(tmp_path: Path) -> None:
    done = resilience("twin", "air", written(tmp_path, ROOMS))
    assert done.returncode == 0
    assert done.stdout.startswith("air: test\n")
    assert "mcp: 5.31" in done.stdout


def test_hands_and_sites_are_answered_by_contributor(tmp_path: Path) -> None:
    inputs = {"model": "exposure", "sites": [SITE], "hands": [HAND], "room_per_m3": 1.0, "seconds": 3.0}
    answer = json.loads(resilience("twin", "air", written(tmp_path, inputs), "--json").stdout)
    vial = answer["outputs"]["sites"]["vial"]
    assert vial["expected"] == pytest.approx(sum(vial["by"].values()))
    assert vial["by"]["right glove"] > vial["by"]["first air"]
    assert vial["standard_error"] > 0


@pytest.mark.parametrize(
    ("inputs", "what"),
    [
        ({**ROOMS, "people": [{**PERSON, "clothing": "pyjamas"}]}, "unknown clothing `pyjamas`"),
        ({**ROOMS, "people": [{**PERSON, "activity": "tango"}]}, "unknown activity `tango`"),
        ({**ROOMS, "people": [{**PERSON, "room": "attic"}]}, "no room `attic`"),
        ({**ROOMS, "rooms": [{**ROOM, "air_changes_per_h": -1}]}, "air_changes_per_h: the value is -1"),
        ({**ROOMS, "doors": [{"name": "d", "between": ["filling", "attic"]}]}, "of no room: `attic`"),
        ({**ROOMS, "doors": [{"name": "d", "between": ["filling"]}]}, "needs two rooms"),
        ({**ROOMS, "doors": [{"name": "d", "between": ["filling", "outside"], "gap_m2": -1}]}, "gap_m2"),
        ({**ROOMS, "events": [{"at": 9999, "verb": "leave", "name": "one"}]}, "after the end"),
        ({**ROOMS, "events": [{"at": 1, "verb": "dance"}]}, "unknown verb `dance`"),
        ({**ROOMS, "seconds": 1e9}, "from 0 to 1e+06"),
        ({**ROOMS, "colour": "red"}, "unknown key `colour`"),
        ({"model": "exposure", "sites": [SITE], "hands": [{**HAND, "palm": [0, 1, 2]}]}, "outside the cabinet"),
        ({"model": "exposure", "sites": [{**SITE, "radius_m": -1}]}, "radius_m"),
        ({"model": "downflow", "height_m": 0.6, "speed_m_s": -1}, "speed_m_s"),
        ({"model": "plate", "concentration_per_m3": -5}, "concentration_per_m3"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_printed(inputs: dict[str, Any], what: str, tmp_path: Path) -> None:
    done = resilience("twin", "air", written(tmp_path, inputs), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert what in done.stderr


def test_a_case_with_something_that_is_no_number_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, ROOMS)
    file.write_text(file.read_text().replace("3600", "NaN"))
    done = resilience("twin", "air", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert "NaN is no number" in done.stderr


def test_an_unknown_kind_is_told_the_kinds(tmp_path: Path) -> None:
    done = resilience("twin", "water", written(tmp_path, ROOMS))
    assert done.returncode == 2
    assert "air" in done.stderr
    assert "touch" in done.stderr
