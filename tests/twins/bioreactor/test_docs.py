"""The pages about twins: their examples run, their tables are those of today."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from resilience.twins import cases
from resilience.twins.bioreactor import page
from resilience.twins.errors import BadInput

DOCS = Path(__file__).parents[3] / "docs" / "twins"
README = DOCS / "README.md"


def test_the_notebook_runs_from_top_to_bottom(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 7
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, str(README), "exec"), names)
    vessel, what_if = names["vessel"], names["what_if"]
    assert what_if.truth("product") > vessel.truth("product")
    assert vessel.happenings[-1].kind == "harvested"
    said = capsys.readouterr().out
    assert "the value is 45 L/h Give 0 to 30 L/h." in said
    assert "as it went" in said


def test_the_case_file_of_the_notebook_is_one() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    outputs = cases.run("bioreactor", json.loads(block))["outputs"]
    assert outputs["shown"]["pH"] - outputs["truth"]["pH"] > 0.1


@pytest.mark.parametrize("name", page.TABLES)
def test_the_tables_made_from_runs_are_those_of_today(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert page.written(name, text) == text, "run: python -m resilience.twins.bioreactor.page docs/twins"


def test_a_page_without_its_marks_is_refused() -> None:
    with pytest.raises(BadInput, match="no marks for `alarms`"):
        page.written("control.md", "nothing")
