"""Tables of the bioreactor's pages that are made from runs: `python -m resilience.twins.bioreactor.page docs/twins`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from resilience.twins.bioreactor import alarms, numbers, recipe
from resilience.twins.bioreactor.reactor import Bioreactor
from resilience.twins.errors import BadInput


def golden_table() -> str:
    """Half, golden and double feed at every scale: what comes out on day 14."""
    lines = [
        "| vessel | feed | product g | good % | viability % | most viable 1e6/mL | lactate: most, last mM |",
        "|---|---|---|---|---|---|---|",
    ]
    for scale in numbers.SCALES:
        for name, times in (("half", 0.5), ("golden", 1.0), ("double", 2.0)):
            vessel = Bioreactor(scale)
            recipe.plan(vessel, times)
            days = []
            for _ in range(14):
                vessel.do_step(recipe.DAY)
                days.append(vessel.true_state())
            end = days[-1]
            lines.append(
                f"| {scale:,} L | {name} | {end['product']:.3g} | {end['quality']:.1f} | {end['viability']:.0f} "
                f"| {max(day['viable'] for day in days):.1f} "
                f"| {max(day['lactate'] for day in days):.0f}, {end['lactate']:.0f} |"
            )
    return "\n".join(lines)


def alarm_table() -> str:
    """The alarms of a vessel of 2,000 L."""
    lines = ["| alarm | raised when | priority | response |", "|---|---|---|---|"]
    for point in alarms.points(Bioreactor(2000)):
        side = "above" if point.high else "below"
        when = f"{point.tag} {side} {point.limit:g} for {point.delay:g} s; returns by {point.band:g}"
        lines.append(f"| {point.name}: {point.what} | {when} | {point.priority.name.lower()} | {point.response} |")
    return "\n".join(lines)


TABLES: Final[Mapping[str, tuple[str, Callable[[], str]]]] = {
    "bioreactor.md": ("golden", golden_table),
    "control.md": ("alarms", alarm_table),
}
"""Each page: the marks of its table, and what makes it."""


def written(name: str, text: str) -> str:
    """A page with its table made anew. Raises BadInput where its marks are missing."""
    mark, table = TABLES[name]
    begin, end = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise BadInput(f"no marks for `{mark}`", name, f"Write `{begin.strip()}` and `{end}` where the table stands.")
    return f"{before}{begin}{table()}\n{end}{after}"


def main(arguments: list[str]) -> None:
    """Write the tables of the pages in a folder anew."""
    (folder,) = map(Path, arguments)
    for name in TABLES:
        page = folder / name
        page.write_text(written(name, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
