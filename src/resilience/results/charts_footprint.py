"""The charts of the footprint: nets with their ranges around nought, and what a net is made of.

Both take plain numbers and words that are already in the reader's language. Nought has a line of its own, so that what
was spent stands as plainly as what was avoided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from resilience.results.charts import Spec, chart
from resilience.results.charts_kinds import names_axis

BAND = 34


@dataclass(frozen=True)
class Range:
    """A net: its name, median and the ends of its 5-95 % range, and the median as it is printed."""

    name: str
    p5: float
    median: float
    p95: float
    text: str


def ranges(rows: Sequence[Range], axis: str) -> Spec:
    """A line from 5 to 95 % and a point at the median for each net, the whole first."""
    x = {"type": "quantitative", "title": axis, "axis": {"tickCount": 5, "format": ",~r"}}
    return chart(
        460,
        BAND * len(rows),
        data={"values": [vars(row) for row in rows]},
        encoding={"y": long_names()},
        layer=[
            nought(),
            {
                "mark": {"type": "rule", "color": "@blue", "strokeWidth": 6, "opacity": 0.45},
                "encoding": {"x": {"field": "p5", **x}, "x2": {"field": "p95"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 90, "color": "@blue", "opacity": 1},
                "encoding": {"x": {"field": "median", **x}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": 700},
                "encoding": {"x": {"field": "p95", **x}, "text": {"field": "text"}},
            },
        ],
    )


def parts(rows: Sequence[tuple[str, float, str]], axis: str) -> Spec:
    """A bar for each part of a net (name, median, as printed): to the right what was avoided, to the left what was
    spent."""
    values = [{"name": name, "value": value, "text": text} for name, value, text in rows]
    # Room beyond the bars for what is written at their ends.
    room = {"padding": 48}
    ticks = {"tickCount": 5, "format": ",~r"}
    x = {"field": "value", "type": "quantitative", "title": axis, "axis": ticks, "scale": room}
    sign = {"condition": {"test": "datum.value < 0", "value": "@vermillion"}, "value": "@blue"}
    beside = {"type": "text", "fontWeight": 700}
    return chart(
        460,
        BAND * len(rows),
        data={"values": values},
        encoding={"y": long_names(), "x": x},
        layer=[
            {"mark": {"type": "bar", "height": {"band": 0.6}}, "encoding": {"color": sign}},
            nought(),
            written({**beside, "align": "left", "dx": 6}, "datum.value >= 0"),
            written({**beside, "align": "right", "dx": -6}, "datum.value < 0"),
        ],
    )


def long_names() -> dict[str, Any]:
    """The lines of a bill have long names."""
    axis = names_axis()
    axis["axis"]["labelLimit"] = 360
    return axis


def written(mark: dict[str, Any], which: str) -> dict[str, Any]:
    """The printed numbers of some bars, beyond their ends."""
    return {"transform": [{"filter": which}], "mark": mark, "encoding": {"text": {"field": "text"}}}


def nought() -> dict[str, Any]:
    mark = {"type": "rule", "color": "@edge", "strokeWidth": 1.5}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": {"datum": 0, "type": "quantitative"}, "y": None}}
