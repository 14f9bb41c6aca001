"""The page of the contamination model shows the numbers and the calibration as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from resilience.twins import page, parameters
from resilience.twins.errors import BadInput

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "contamination.md"
REFERENCES = ROOT / "tests" / "reference"


def test_the_tables_of_the_page_are_those_of_the_files() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page.written(text, REFERENCES) == text, (
        "run: python -m resilience.twins.page docs/contamination.md tests/reference"
    )


def test_every_parameter_stands_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for file in page.FILES.values():
        for parameter in parameters.read(file):
            assert f"| `{parameter.name}` | {parameter.what} | {parameter.value:g} |" in text


def test_the_example_of_the_page_runs() -> None:
    text = PAGE.read_text(encoding="utf-8")
    example = text.partition("```python\n")[2].partition("```")[0]
    names: dict[str, Any] = {}
    exec(compile(example, str(PAGE), "exec"), names)
    (film,) = names["touched"].disinfected
    assert (names["dried"], film.wet_seconds) == ((), 12.0)
    causes = [entry["cause"] for entry in names["shown"]["units"]["vial"]["contributors"]]
    assert causes == ["left/glove", "left sleeve"]
    assert names["what_if"].organisms("vial").tobytes() == names["twin"].organisms("vial").tobytes()


def test_every_reference_case_stands_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for file in REFERENCES.glob("*/*.json"):
        assert f": {file.stem} |" in text


def test_a_page_without_its_marks_is_refused() -> None:
    with pytest.raises(BadInput, match="no marks for `parameters`"):
        page.written("# A page\n", REFERENCES)
