"""The page of the freeze-dryer: its example runs, and says what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from resilience.twins import Lyophiliser

PAGE = Path(__file__).parents[3] / "docs" / "twins" / "lyophiliser.md"


def test_the_example_runs() -> None:
    example = PAGE.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    names: dict[str, Any] = {}
    exec(compile(example, str(PAGE), "exec"), names)
    assert names["shown"] > names["true"]
    assert names["lost"] > 0.05


def test_the_page_names_every_action_and_fault() -> None:
    text = PAGE.read_text(encoding="utf-8")
    dryer = Lyophiliser()
    for name in (*dryer.actions(), *dryer.faults()):
        assert f"`{name}`" in text
