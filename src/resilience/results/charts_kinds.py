"""The kinds of charts that results are shown with: a line over the quarters, bars by partner, money by partner.

Every function takes plain numbers and words that are already in the reader's language. Lines and bars are labelled
where they stand, so that no legend has to be read and no meaning hangs on a colour.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from resilience.results.charts import Spec, chart

BAR = 30


@dataclass(frozen=True)
class Point:
    """A value on a day: `label` is the day in words, `day` (ISO) puts it into order."""

    day: str
    label: str
    value: float


@dataclass(frozen=True)
class Forecast:
    """Where a figure goes from its last value, with the lowest and highest that the past allows."""

    day: str
    label: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Money:
    """A partner's money in GBP: the budget, what is spent, and what was forecast to be spent by then."""

    name: str
    budget: float
    actual: float
    forecast: float


def trend(
    points: Sequence[Point],
    unit: str,
    words: dict[str, str],
    target: Point | None = None,
    forecast: Forecast | None = None,
) -> Spec:
    """A line over the quarters with its last value written at its end.

    words: "target" and "forecast", as they are to stand in the chart.
    """
    last = points[-1]
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": [vars(point) for point in points]},
            "layer": [
                {"mark": {"type": "line", "color": "@blue", "strokeWidth": 2.5}},
                {"mark": {"type": "point", "filled": True, "size": 60, "color": "@blue", "opacity": 1}},
            ],
        },
        written(last.day, last.value, f"{last.value:,.10g}", dx=-4, dy=-16, align="right", weight=700),
    ]
    apart = 0
    if target and forecast:
        # Two texts beside points at nearly one height would lie upon each other.
        top = max(target.value, forecast.high)
        close = abs(target.value - forecast.value) < top / 10
        apart = 0 if not close else (-9 if target.value >= forecast.value else 9)
    if forecast:
        layers += expected(last, forecast)
        layers.append(written(forecast.day, forecast.value, f"{words['forecast']} {forecast.value:,.10g}", dy=-apart))
    if target:
        place = {"data": {"values": [{"day": target.day, "value": target.value}]}}
        mark = {"type": "point", "shape": "diamond", "filled": True, "size": 150, "color": "@ink", "opacity": 1}
        layers.append({**place, "mark": mark})
        layers.append(written(target.day, target.value, f"{words['target']} {target.value:,.10g}", dy=apart))
    axis = {"title": unit, "axis": {"tickCount": 4, "format": ",~f"}, "scale": {"zero": True}}
    encoding = {
        "x": {"field": "day", "type": "temporal", "axis": days(points, target, forecast)},
        "y": {"field": "value", "type": "quantitative", **axis},
    }
    return chart(450, 230, encoding=encoding, layer=layers)


def expected(last: Point, forecast: Forecast) -> list[dict[str, Any]]:
    """The dashed line to the forecast, and its range."""
    begin = {"day": last.day, "value": last.value, "high": last.value}
    line = [begin, {"day": forecast.day, "value": forecast.value}]
    band = [begin, {"day": forecast.day, "value": forecast.low, "high": forecast.high}]
    return [
        {
            "data": {"values": band},
            "mark": {"type": "area", "color": "@blue", "opacity": 0.18},
            "encoding": {"y2": {"field": "high"}},
        },
        {
            "data": {"values": line},
            "mark": {"type": "line", "color": "@blue", "strokeDash": [6, 4], "strokeWidth": 2},
        },
    ]


def days(points: Sequence[Point], *more: Point | Forecast | None) -> dict[str, Any]:
    """An axis with a mark at each day that has a value, named in the reader's language."""
    named = {point.day: point.label for point in [*points, *(point for point in more if point)]}
    values = [{"expr": f"datetime('{day}T00:00')"} for day in named]
    shown = f"({json.dumps(named)})[timeFormat(datum.value, '%Y-%m-%d')]"
    return {"values": values, "labelExpr": shown, "title": None, "grid": False, "labelOverlap": "greedy"}


def written(
    day: str, value: float, text: str, dx: int = 12, dy: int = 0, align: str = "left", weight: int = 400
) -> dict[str, Any]:
    """A text at a point of the line."""
    return {
        "data": {"values": [{"day": day, "value": value}]},
        "mark": {"type": "text", "dx": dx, "dy": dy, "align": align, "fontWeight": weight, "text": text},
    }


def bars(rows: Sequence[tuple[str, float]], unit: str) -> Spec:
    """A bar for each name, the longest first, with its value at its end."""
    values = [{"name": name, "value": value, "text": f"{value:,.10g}"} for name, value in rows]
    x = {"field": "value", "type": "quantitative", "title": unit, "axis": {"tickCount": 4, "format": ",~f"}}
    return chart(
        320,
        BAR * len(rows),
        data={"values": values},
        encoding={"y": names_axis(), "x": x},
        layer=[
            {"mark": {"type": "bar", "color": "@blue", "height": {"band": 0.68}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": 700},
                "encoding": {"text": {"field": "text"}},
            },
        ],
    )


def money(rows: Sequence[Money], words: dict[str, str]) -> Spec:
    """Budget as a frame, spent as a filled bar, forecast to date as a mark, one row a partner. In thousands of GBP.

    words: "spent", "forecast", "axis", and "of" with %(spent)s and %(budget)s in it.
    """
    values = [
        {
            "name": row.name,
            "budget": row.budget / 1000,
            "actual": row.actual / 1000,
            "forecast": row.forecast / 1000,
            "text": words["of"] % {"spent": f"{row.actual / 1000:,.0f}", "budget": f"{row.budget / 1000:,.0f}"},
        }
        for row in rows
    ]
    first = values[:1]
    ahead = bool(rows) and rows[0].actual > rows[0].forecast

    def along(field: str) -> dict[str, Any]:
        axis = {"title": words["axis"], "axis": {"tickCount": 5, "format": ",~f"}}
        return {"x": {"field": field, "type": "quantitative", **axis}}

    def named(field: str, word: str, colour: str, left: bool) -> dict[str, Any]:
        mark = {"type": "text", "align": "left" if left else "right", "dx": 3 if left else -3, "dy": -28}
        mark |= {"color": colour, "fontWeight": 700, "text": words[word]}
        return {"data": {"values": first}, "mark": mark, "encoding": along(field)}

    frame = {"type": "bar", "fill": "@sunk", "stroke": "@edge", "strokeWidth": 1, "height": {"band": 0.8}}
    spent = {"type": "bar", "color": "@blue", "height": {"band": 0.4}}
    due = {"type": "tick", "color": "@vermillion", "thickness": 4, "size": 34, "opacity": 1}
    beside = {"type": "text", "align": "left", "dx": 8, "fontWeight": 700}
    return chart(
        480,
        44 * len(rows),
        data={"values": values},
        encoding={"y": names_axis({"paddingInner": 0.3})},
        layer=[
            {"mark": frame, "encoding": along("budget")},
            {"mark": spent, "encoding": along("actual")},
            {"mark": due, "encoding": along("forecast")},
            {"mark": beside, "encoding": {**along("budget"), "text": {"field": "text"}}},
            named("actual", "spent", "@blue", left=ahead),
            named("forecast", "forecast", "@ink", left=not ahead),
        ],
    )


def names_axis(scale: dict[str, Any] | None = None) -> dict[str, Any]:
    """Names down the side, in the order in which the rows come."""
    axis = {"ticks": False, "domain": False, "labelLimit": 240, "labelColor": "@ink"}
    return {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis, "scale": scale or {}}
