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
DAYS = 14


def rows() -> list[dict[str, Any]]:
    """Runs of 2,000 L with each feed, read every six hours."""
    found = []
    for feed, times in FEEDS.items():
        vessel = Bioreactor(2000)
        recipe.plan(vessel, times)
        for step in range(DAYS * 24 // HOURS + 1):
            if step:
                vessel.do_step(3600.0 * HOURS)
            found.append({"day": step * HOURS / 24.0, "feed": feed, **vessel.true_state()})
    return found


def panel(name: str, title: str, runs: list[dict[str, Any]]) -> charts.Spec:
    """One quantity over time, a line for each feed, named at its end."""
    x = {"field": "day", "type": "quantitative", "title": "day", "scale": {"domain": [0, 17]}}
    y = {"field": name, "type": "quantitative", "title": title}
    colour = {"field": "feed", "scale": {"domain": list(FEEDS), "range": list(COLOURS.values())}, "legend": None}
    lines = {
        # Before there is antibody, it has no quality.
        "transform": [{"filter": "datum.day > 0"}] if name == "quality" else [],
        "mark": {"type": "line", "strokeWidth": 2},
        "encoding": {"x": x, "y": y, "color": colour},
    }
    labels = {
        "data": {"values": apart(name, runs)},
        "mark": {"type": "text", "align": "left", "dx": 4},
        "encoding": {"x": x, "y": y, "color": colour, "text": {"field": "feed"}},
    }
    return {"width": 260, "height": 150, "layer": [lines, labels]}


def apart(name: str, runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where the names of the lines stand: at their ends, moved up where two would meet."""
    room = 0.1 * max(row[name] for row in runs)
    ends = sorted((row for row in runs if row["day"] == DAYS), key=lambda row: row[name])
    found: list[dict[str, Any]] = []
    for row in ends:
        height = max(row[name], found[-1][name] + room) if found else row[name]
        found.append({"day": DAYS, "feed": row["feed"], name: height})
    return found


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    runs = rows()
    spec = charts.chart(0, 0) | {
        "data": {"values": [{key: row[key] for key in ("day", "feed", *PANELS)} for row in runs]},
        "concat": [panel(name, title, runs) for name, title in PANELS.items()],
        "columns": 2,
    }
    for size in ("width", "height"):
        del spec[size]
    (FOLDER / "bioreactor-feed.svg").write_text(charts.picture(spec, "light"), encoding="utf-8")


if __name__ == "__main__":
    main()
