"""Charts: the colours of the pages, a picture that needs nothing from outside, texts that can be read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from resilience.people.models import Region
from resilience.results import charts, charts_kinds, charts_map
from resilience.results.charts_kinds import Forecast, Money, Point

TOKENS = Path(__file__).resolve().parents[2] / "client" / "src" / "ui" / "tokens.css"
POINTS = [Point("2025-12-31", "Dec 2025", 880), Point("2026-03-31", "Mar 2026", 1200)]
WORDS = {"target": "target", "forecast": "at this pace"}
NAMES = {region.value: str(region.label) for region in Region}


def texts(svg: str) -> list[str]:
    return ["".join(found.itertext()) for found in ElementTree.fromstring(svg).iter() if found.tag.endswith("text")]


def tokens(selector: str) -> dict[str, str]:
    """The colours of the block of the stylesheet that begins with the selector."""
    block = TOKENS.read_text().split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


@pytest.mark.parametrize(("theme", "selector"), [("light", ":root {"), ("dark", ':root[data-theme="dark"] {')])
def test_the_palette_is_that_of_the_pages(theme: str, selector: str) -> None:
    page = tokens(":root {") | tokens(selector)
    for name, colour in charts.PALETTES[theme].items():
        assert colour == page.get(name, page.get(f"chart-{name}")), name


def test_a_trend_writes_its_last_value_its_target_and_its_forecast() -> None:
    target = Point("2026-12-31", "Dec 2026", 2000)
    ahead = Forecast("2026-12-31", "Dec 2026", 1860, 1720, 2140)
    shown = texts(charts.picture(charts_kinds.trend(POINTS, "people", WORDS, target, ahead), "light"))
    assert {"1,200", "target 2,000", "at this pace 1,860", "people", "Mar 2026", "Dec 2026"} <= set(shown)
    assert "880" not in shown


def test_a_quarters_name_with_a_quote_in_it_is_only_a_name() -> None:
    points = [Point("2025-12-31", "Rhag ’25'", 1), Point("2026-03-31", 'Maw "26"', 2)]
    shown = texts(charts.picture(charts_kinds.trend(points, "pobl", WORDS), "light"))
    assert {"Rhag ’25'", 'Maw "26"'} <= set(shown)


def test_bars_stand_in_the_order_they_are_given_with_their_values() -> None:
    shown = texts(charts.picture(charts_kinds.bars([("Ynys Môn", 30), ("Bangor", 1200)], "pobl"), "light"))
    assert shown.index("Ynys Môn") < shown.index("Bangor")
    assert {"30", "1,200"} <= set(shown)


def test_money_says_spent_of_budget_in_thousands() -> None:
    words = {"spent": "spent", "forecast": "forecast", "axis": "thousand GBP", "of": "%(spent)s of %(budget)s"}
    shown = texts(charts.picture(charts_kinds.money([Money("A", 1_500_000, 820_400, 900_000)], words), "light"))
    assert {"820 of 1,500", "thousand GBP", "spent", "forecast"} <= set(shown)


def test_the_map_has_a_tile_for_each_region_and_says_where_nothing_is() -> None:
    assert set(charts_map.PLACES) == {region.value for region in Region}
    assert len(set(charts_map.PLACES.values())) == len(Region)
    shown = texts(charts.picture(charts_map.tiles({"TLM": 2100, "TLL": 0}, NAMES, "none"), "light"))
    assert "2,100" in shown
    assert "0" in shown
    assert shown.count("none") == len(Region) - 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_on_the_deepest_tile_hold_their_contrast(theme: str) -> None:
    palette = charts.PALETTES[theme]
    under, over = rgb(palette["sunk"]), rgb(palette["blue"])
    share = charts_map.DEEPEST
    tile = tuple(low + share * (high - low) for low, high in zip(under, over, strict=True))
    assert contrast(rgb(palette["ink"]), tile) >= 4.5


def test_a_picture_carries_its_typeface_and_asks_for_nothing_else() -> None:
    svg = charts.picture(charts_kinds.trend(POINTS, "people", WORDS), "dark")
    assert svg.count("@font-face") == 2
    assert set(re.findall(r"url\(([a-z]+):", svg)) == {"data"}
    assert "<script" not in svg
    bare = charts.picture(charts_kinds.trend(POINTS, "people", WORDS), "dark", standalone=False)
    assert "@font-face" not in bare


def test_the_key_follows_numbers_words_and_theme() -> None:
    spec = charts_kinds.trend(POINTS, "people", WORDS)
    other = charts_kinds.trend([*POINTS[:1], Point("2026-03-31", "Mar 2026", 1201)], "people", WORDS)
    keys = {charts.key_of(spec, "light"), charts.key_of(spec, "dark"), charts.key_of(other, "light")}
    assert len(keys) == 3
    assert charts.key_of(spec, "light") == charts.key_of(json.loads(json.dumps(spec)), "light")


def test_a_theme_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        charts.picture(charts_kinds.bars([("A", 1)], "people"), "sepia")


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def contrast(one: Any, other: Any) -> float:
    """WCAG 2.2, relative luminance."""

    def luminance(colour: Any) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
