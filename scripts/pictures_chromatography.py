"""Pictures of the chromatography twin for its page: `python scripts/pictures_chromatography.py` draws them anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from resilience.results import charts
from resilience.twins.chromatography.skid import Chromatography

FOLDER = Path(__file__).parents[1] / "docs" / "pictures" / "twins"
SECONDS, EVERY = 1500, 5
RUNS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "golden": (),
    "elution buffer at pH 4.5": (("wrong_buffer", {"line": "elute", "ph": 4.5}),),
    "feed of 17.5 g/L": (("overload", {"titre": 17.5}),),
    "air in the bed": (("air", {"volume": 5.0}),),
}
PANELS = {
    "outlet": "true: antibody leaving, g/L",
    "uv": "shown: UV, mAU",
    "ph": "shown: pH",
    "pooled": "true: in the pool, mg",
}
COLOURS = ("@blue", "@vermillion", "@orange", "@green")


def rows() -> list[dict[str, Any]]:
    """Every run, each 5 s."""
    found = []
    for name, faults in RUNS.items():
        skid = Chromatography(seed=1)
        for line in ("feed", "wash", "elute"):
            skid.act("prime", line=line)
        for fault, how in faults:
            skid.fault(fault, **how)
        skid.set("flow", 3.5)
        skid.act("load")
        skid.act("wash", at=343.0)
        skid.act("elute", at=771.0)
        skid.act("cut", at=771.0, start=100.0, stop=100.0)
        for _ in range(SECONDS // EVERY):
            skid.do_step(EVERY)
            told = {each: skid.truth(each) if each in skid.truths else skid.get(each) for each in PANELS}
            found.append({"minutes": skid.seconds / 60.0, "run": name} | told)
    return found


def panel(name: str, title: str) -> charts.Spec:
    """One quantity over time, a line for each run."""
    line = {
        "mark": {"type": "line", "strokeWidth": 2},
        "encoding": {
            "x": {"field": "minutes", "type": "quantitative", "title": "min", "scale": {"domain": [0, SECONDS / 60]}},
            "y": {"field": name, "type": "quantitative", "title": title},
            "color": {
                "field": "run",
                "scale": {"domain": list(RUNS), "range": list(COLOURS)},
                "legend": {"title": None, "orient": "top", "columns": 2},
            },
        },
    }
    return {"width": 280, "height": 150, "layer": [line]}


def main() -> None:
    spec = charts.chart(0, 0) | {
        "data": {"values": rows()},
        "concat": [panel(name, title) for name, title in PANELS.items()],
        "columns": 2,
    }
    for size in ("width", "height"):
        del spec[size]
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "chromatography.svg").write_text(charts.picture(spec, "light"), encoding="utf-8")


if __name__ == "__main__":
    main()
