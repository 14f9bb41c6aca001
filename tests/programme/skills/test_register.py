"""The register: complete, consistent, and honest about frameworks that were not read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from resilience.programme.demonstration.plan import plan
from resilience.programme.skills.register import FOLDER, load, register
from resilience.training import modules
from resilience.training.errors import BadInput


def test_every_code_in_use_is_in_the_register() -> None:
    taught = {code for name in modules.available() for code in modules.load(name).head.competencies}
    taught |= {code for event in plan().training for code in event.competences}
    assert taught <= set(register().competences)


def test_a_framework_code_stands_only_beside_wording_that_was_read(tmp_path: Path) -> None:
    assert {entry.framework for entry in register().frameworks} == {"ST1406", "ST0422", "ST0248", "SPE201"}
    assert all(entry.text and entry.retrieved for entry in register().frameworks if entry.code)
    folder = Path(shutil.copytree(FOLDER, tmp_path / "register"))
    path = folder / "frameworks" / "ST1406.csv"
    path.write_text(path.read_text().replace("\n,gmp", "\nK12,gmp"))
    with pytest.raises(BadInput, match="a code stands only beside its wording"):
        load(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "match"),
    [
        ("roles.yaml", "[process-understanding,", "[alchemy,", "`process-engineer` names `alchemy`"),
        ("competences.yaml", "code: gowning,", "code: records,", "`records` stands twice"),
        ("competences.yaml", "code: gowning,", "code: Gowning!,", "`code`"),
        ("frameworks/SPE201.csv", "records batch-records", "alchemy", "`labels` names `alchemy`"),
    ],
)
def test_a_slip_in_a_file_is_named(tmp_path: Path, file: str, old: str, new: str, match: str) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "register"))
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(BadInput, match=match):
        load(folder)


def test_roles_know_who_needs_what() -> None:
    assert "aseptic-operator" in {role.code for role in register().needing("first-air")}
    assert register().title("first-air", "cy") == "Gweithio mewn aer cyntaf"
    assert register().title("unheard-of", "en") == "unheard-of"
