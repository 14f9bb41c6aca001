"""Pictures of freeze-drying and ultrafiltration for their pages: draws docs/pictures/twins anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from resilience.results import charts
from resilience.twins.lyophiliser.twin import Lyophiliser
from resilience.twins.ultrafiltration.twin import Ultrafiltration

FOLDER = Path(__file__).parents[1] / "docs" / "pictures" / "twins"
HOUR = 3600.0
DRYING = {
    "centre_product": "product, C",
    "pressure": "pressure, mTorr",
    "pirani_ratio": "Pirani over capacitance",
    "centre_dried": "dried, %",
    "centre_melted": "melted, % of the cake",
    "centre_moisture": "bound water, % of the solids",
}
FILTERING = {
    "concentration": "protein, g/L",
    "flux": "flux, L/(m2 h)",
    "salt_left": "old buffer left, share",
    "permeate_protein": "lost into the permeate, g",
}
COLOURS = ("@blue", "@vermillion", "@orange", "@green")


def drying() -> list[dict[str, Any]]:
    """A cycle of 60 h as it should be, and with a power cut of five hours."""
    found = []
    for name in ("as it should be", "power cut"):
        dryer = Lyophiliser()
        dryer.act("shelf", to=-45.0, rate=1.0)
        dryer.act("cool_condenser", at=3.0 * HOUR)
        dryer.act("pressure", at=3.5 * HOUR, to=50.0)
        dryer.act("evacuate", at=3.5 * HOUR)
        dryer.act("shelf", at=4.0 * HOUR, to=-28.0)
        dryer.act("secondary", at=48.0 * HOUR, to=25.0, rate=0.2)
        if name == "power cut":
            dryer.fault("power_cut", at=15.0 * HOUR, minutes=300.0)
        for step in range(2 * 60 + 1):
            if step:
                dryer.do_step(0.5 * HOUR)
            # Beside gauges that still show air the rest could not be read.
            air = dryer.truth("pressure") > 10_000.0
            found.append(
                {"h": 0.5 * step, "run": name}
                | {each: dryer.truth(each) for each in DRYING if each != "pirani_ratio"}
                | {"pirani_ratio": None if air else dryer.get("pirani_ratio")}
                | ({"pressure": None} if air else {})
            )
    return found


def filtering() -> list[dict[str, Any]]:
    """A run of 8 h as it should be, and with what breaks at 2 h."""
    breaks: dict[str, Callable[[Ultrafiltration], None]] = {
        "as it should be": lambda _: None,
        "breach": lambda skid: skid.fault("membrane_breach", at=2.0 * HOUR),
        "fouled": lambda skid: skid.fault("fouling", at=2.0 * HOUR, share=0.6),
        "no buffer": lambda skid: skid.fault("buffer_runout", at=2.0 * HOUR, litres=40.0),
    }
    found = []
    for name, broken in breaks.items():
        skid = Ultrafiltration()
        skid.act("concentrate", to=50.0)
        skid.act("start_diafiltration", at=1.5 * HOUR)
        broken(skid)
        for step in range(10 * 8 + 1):
            if step:
                skid.do_step(0.1 * HOUR)
            found.append({"h": 0.1 * step, "run": name} | {each: skid.truth(each) for each in FILTERING})
    return found


def panel(name: str, title: str, runs: list[str], last: float) -> charts.Spec:
    """One quantity over time, a line for each run, named at its end."""
    scale = {"domain": runs, "range": list(COLOURS[: len(runs)])}
    line = {
        "mark": {"type": "line", "strokeWidth": 2},
        "encoding": {
            "x": {"field": "h", "type": "quantitative", "title": "h", "scale": {"domain": [0, last]}},
            "y": {"field": name, "type": "quantitative", "title": title},
            "color": {"field": "run", "scale": scale, "legend": {"title": None, "orient": "top"}},
        },
    }
    return {"width": 280, "height": 150, "layer": [line]}


def draw(file: str, rows: list[dict[str, Any]], panels: dict[str, str]) -> None:
    runs = list(dict.fromkeys(row["run"] for row in rows))
    last = max(row["h"] for row in rows)
    spec = charts.chart(0, 0) | {
        "data": {"values": rows},
        "concat": [panel(name, title, runs, last) for name, title in panels.items()],
        "columns": 2,
    }
    for size in ("width", "height"):
        del spec[size]
    (FOLDER / file).write_text(charts.picture(spec, "light"), encoding="utf-8")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    draw("freeze-drying.svg", drying(), DRYING)
    draw("ultrafiltration.svg", filtering(), FILTERING)


if __name__ == "__main__":
    main()
