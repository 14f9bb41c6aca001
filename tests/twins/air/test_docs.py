"""The example of docs/how/air.md runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[3] / "docs" / "how" / "air.md"


def test_the_example_runs() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert code
    names: dict[str, Any] = {}
    exec("\n".join(code), names)
    assert names["exposure"].dose("vial 3")["left glove"] > names["exposure"].dose("vial 3")["first air"]
    assert names["rooms"].account()["mcp"]["emitted"] > 0
