"""A map of tiles: the twelve regions of the United Kingdom (ITL 1), each one square where it about lies.

Equal squares give a small region as much room for its number as a large one. The table beside the map says the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from resilience.results.charts import Spec, chart

# Region -> (column, row), our own arrangement: neighbours touch where four columns and six rows allow.
PLACES = {
    "TLM": (1, 0),
    "TLN": (0, 1),
    "TLC": (2, 1),
    "TLD": (1, 2),
    "TLE": (2, 2),
    "TLG": (1, 3),
    "TLF": (2, 3),
    "TLH": (3, 3),
    "TLL": (0, 3),
    "TLK": (1, 4),
    "TLJ": (2, 4),
    "TLI": (3, 4),
}
TILE = 106
# A shade is only a hint, the number is what counts: the deepest still lets the ink be read with 4.5:1 in both themes.
STEPS = 5
DEEPEST = 0.5


def tiles(values: Mapping[str, float], names: Mapping[str, str], unknown: str) -> Spec:
    """values: region code -> number; a region without one is drawn empty and says `unknown`.

    names: region code -> name in the reader's language.
    """
    most = max(values.values(), default=0) or 1
    rows = []
    for code, (column, row) in PLACES.items():
        value = values.get(code)
        share = 0.0 if not value else value / most
        rows.append(
            {
                "column": column,
                "row": row,
                "name": wrapped(names[code]),
                "value": unknown if value is None else f"{value:,.10g}",
                "wash": DEEPEST * math.ceil(share * STEPS) / STEPS,
            }
        )
    place = {
        "x": {"field": "column", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.06}},
        "y": {"field": "row", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.06}},
    }
    return chart(
        TILE * 4,
        TILE * 5,
        data={"values": rows},
        encoding=place,
        layer=[
            {"mark": {"type": "rect", "cornerRadius": 8, "fill": "@sunk", "stroke": "@edge", "strokeWidth": 1}},
            {
                "mark": {"type": "rect", "cornerRadius": 8, "fill": "@blue"},
                "encoding": {"opacity": {"field": "wash", "type": "quantitative", "scale": None}},
            },
            {
                "mark": {"type": "text", "fontSize": 24, "fontWeight": 700, "dy": -14},
                "encoding": {"text": {"field": "value"}},
            },
            {
                "mark": {"type": "text", "fontSize": 14, "dy": 18, "lineHeight": 16},
                "encoding": {"text": {"field": "name"}},
            },
        ],
    )


def wrapped(name: str) -> list[str]:
    """A long name in two lines, broken nearest to its middle."""
    words = name.split()
    if len(name) <= 14 or len(words) < 2:
        return [name]
    cut = min(range(1, len(words)), key=lambda at: abs(len(" ".join(words[:at])) - len(name) / 2))
    return [" ".join(words[:cut]), " ".join(words[cut:])]
