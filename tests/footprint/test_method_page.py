from __future__ import annotations

import re
from pathlib import Path

from resilience.footprint import account
from resilience.footprint.factors import built_in
from resilience.footprint.method_page import page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_of_figures_is_the_one_the_tables_make() -> None:
    assert (DOCS / "how" / "footprint-figures.md").read_text(encoding="utf-8") == page()


def test_every_factor_stands_on_it_once() -> None:
    for factor in built_in():
        assert page().count(f"\n| `{factor.id}` |") == 1


def test_the_example_of_the_documentation_runs() -> None:
    text = (DOCS / "how" / "footprint.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict[str, object] = {}
    exec(example, names)
    assert names["found"] == account(names["sessions"], [names["profile"]], draws=10_000, seed=0)  # type: ignore[arg-type,list-item]


def test_every_note_is_explained() -> None:
    text = (DOCS / "how" / "footprint.md").read_text(encoding="utf-8")
    source = Path(__file__).resolve().parents[2] / "src" / "resilience" / "footprint"
    notes = re.findall(r"^note\.([a-z_]+),", (source / "facts" / "texts.csv").read_text(encoding="utf-8"), re.MULTILINE)
    assert notes
    assert [note for note in notes if f"`{note}`" not in text] == []
