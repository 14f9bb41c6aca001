"""The chart of a skills gap: people needed as a frame, people who hold the competence as a bar in it."""

from __future__ import annotations

from collections.abc import Sequence

from resilience.results.charts import Spec, chart
from resilience.results.charts_kinds import names_axis

BAND = 36


def gap(rows: Sequence[tuple[str, int, int | None]], words: dict[str, str]) -> Spec:
    """(competence, needed, held or None for fewer than 5), one row each.

    words: "axis", "of" with %(held)s and %(needed)s, and "few", which stands for None.
    """
    values = [
        {
            "name": name,
            "needed": needed,
            "held": held or 0,
            "end": max(needed, held or 0),
            "text": words["of"] % {"held": words["few"] if held is None else held, "needed": needed},
        }
        for name, needed, held in rows
    ]
    x = {"type": "quantitative", "title": words["axis"], "axis": {"tickCount": 5, "format": ",~f"}}
    return chart(
        420,
        BAND * len(rows),
        data={"values": values},
        encoding={"y": names_axis()},
        layer=[
            {
                "mark": {"type": "bar", "fill": "@sunk", "stroke": "@edge", "strokeWidth": 1, "height": {"band": 0.8}},
                "encoding": {"x": {"field": "needed", **x}},
            },
            {
                "mark": {"type": "bar", "color": "@blue", "height": {"band": 0.4}},
                "encoding": {"x": {"field": "held", **x}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": 700},
                "encoding": {"x": {"field": "end", **x}, "text": {"field": "text"}},
            },
        ],
    )
