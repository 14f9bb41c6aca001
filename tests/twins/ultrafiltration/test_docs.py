"""The page of ultrafiltration: its example runs, and says what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from resilience.twins import Ultrafiltration

PAGE = Path(__file__).parents[3] / "docs" / "twins" / "ultrafiltration.md"


def test_the_example_runs() -> None:
    example = PAGE.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    names: dict[str, Any] = {}
    exec(compile(example, str(PAGE), "exec"), names)
    assert names["lost"] > 10.0 * names["kept"] > 0.0
    assert names["shown"] > 1.0


def test_the_page_names_every_action_and_fault() -> None:
    text = PAGE.read_text(encoding="utf-8")
    skid = Ultrafiltration()
    for name in (*skid.actions(), *skid.faults()):
        assert f"`{name}`" in text
