"""The pages of the twins show the numbers and the calibration as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from resilience.twins import page, parameters
from resilience.twins.errors import BadInput

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "contamination.md"
REFERENCES = ROOT / "tests" / "reference"


def path(name: str) -> Path:
    return PAGE if name == PAGE.stem else ROOT / "docs" / "twins" / f"{name}.md"


@pytest.mark.parametrize("name", page.PAGES)
def test_the_tables_of_a_page_are_those_of_the_files(name: str) -> None:
    text = path(name).read_text(encoding="utf-8")
    assert page.written(name, text, REFERENCES) == text, (
        f"run: python -m resilience.twins.page {path(name).relative_to(ROOT)} tests/reference"
    )


@pytest.mark.parametrize("name", page.PAGES)
def test_every_parameter_stands_on_its_page(name: str) -> None:
    text = path(name).read_text(encoding="utf-8")
    for file in page.PAGES[name].parameters.values():
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


def test_every_reference_case_stands_on_one_page() -> None:
    folders = [folder for each in page.PAGES.values() for folder in each.references]
    assert sorted(folders) == sorted({file.parent.name for file in REFERENCES.glob("*/*.json")})
    for name, each in page.PAGES.items():
        text = path(name).read_text(encoding="utf-8")
        for file in (file for folder in each.references for file in (REFERENCES / folder).glob("*.json")):
            assert f": {file.stem} |" in text


def test_a_page_without_its_marks_is_refused() -> None:
    with pytest.raises(BadInput, match="no marks for `parameters`"):
        page.written("contamination", "# A page\n", REFERENCES)


def test_a_page_that_no_twin_has_is_refused() -> None:
    with pytest.raises(BadInput, match="no page of a twin is called `tea`"):
        page.written("tea", "# A page\n", REFERENCES)
