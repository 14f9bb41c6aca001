"""Pictures of the bioreactor for its page: `python scripts/pictures_bioreactor.py` draws docs/pictures/twins anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from resilience.results import charts
from resilience.twins.bioreactor import recipe
from resilience.twins.bioreactor.reactor import Bioreactor

FOLDER = Path(__file__).parents[1] / "docs" / "pictures" / "twins"
FEEDS = {"half": 0.5, "golden": 1.0, "double": 2.0}
COLOURS = {"half": "@orange", "golden": "@blue", "double": "@vermillion"}
PANELS = {
    "viable": "viable cells, 1e6/mL",
    "lactate": "lactate, mM",
    "ammonia": "ammonia, mM",
    "osmolality": "osmolality, mOsm/kg",
    "product": "antibody, g",
    "quality": "good antibody, %",
}
HOURS = 6


def rows() -> list[dict[str, Any]]:
    """Runs of 2,000 L with each feed, read every six hours."""
    found = []
    for feed, times in FEEDS.items():
        vessel = Bioreactor(2000)
        recipe.plan(vessel, times)
        for step in range(14 * 24 // HOURS + 1):
            if step:
                vessel.do_step(3600.0 * HOURS)
            found.append({"day": step * HOURS / 24.0, "feed": feed, **vessel.true_state()})
    return found


def panel(name: str, title: str) -> charts.Spec:
    """One quantity over time, a line for each feed, named at its end."""
    colour = {"field": "feed", "scale": {"domain": list(FEEDS), "range": list(COLOURS.values())}, "legend": None}
    line = {
        "mark": {"type": "line", "strokeWidth": 2},
        "encoding": {
            "x": {"field": "day", "type": "quantitative", "title": "day", "scale": {"domain": [0, 16]}},
            "y": {"field": name, "type": "quantitative", "title": title},
            "color": colour,
        },
    }
    label = {
        "transform": [{"filter": "datum.day == 14"}],
        "mark": {"type": "text", "align": "left", "dx": 4},
        "encoding": {**line["encoding"], "text": {"field": "feed"}},
    }
    return {"width": 260, "height": 150, "layer": [line, label]}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    spec = charts.chart(0, 0) | {
        "data": {"values": [{key: row[key] for key in ("day", "feed", *PANELS)} for row in rows()]},
        "concat": [panel(name, title) for name, title in PANELS.items()],
        "columns": 2,
    }
    for size in ("width", "height"):
        del spec[size]
    (FOLDER / "bioreactor-feed.svg").write_text(charts.picture(spec, "light"), encoding="utf-8")


if __name__ == "__main__":
    main()
