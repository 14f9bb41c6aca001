"""The tables of the twins' pages: every parameter, and what each reference case asks and gets.

`python -m resilience.twins.page docs/contamination.md tests/reference` writes those of a page anew between its marks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from resilience.twins import cases, parameters
from resilience.twins.errors import BadInput

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Page:
    """What stands on a page: parameter files by their title, and the folders of reference cases."""

    parameters: Mapping[str, Path]
    references: tuple[str, ...]


PAGES: Final[Mapping[str, Page]] = {
    "bioreactor": Page(
        {
            "Cells": _HERE / "bioreactor" / "kinetics.yaml",
            "What training adds": _HERE / "bioreactor" / "training.yaml",
            "Medium, feed and the golden run": _HERE / "bioreactor" / "recipe.yaml",
            "Vessel of 2 L": _HERE / "bioreactor" / "scale-2.yaml",
            "Vessel of 50 L": _HERE / "bioreactor" / "scale-50.yaml",
            "Vessel of 2,000 L": _HERE / "bioreactor" / "scale-2000.yaml",
            "Laboratory": _HERE / "bioreactor" / "laboratory.yaml",
        },
        ("cho",),
    ),
    "chromatography": Page(
        {
            "Column and antibody": _HERE / "chromatography" / "protein_a.yaml",
            "Skid": _HERE / "chromatography" / "skid.yaml",
        },
        ("chrom",),
    ),
    "contamination": Page(
        {
            "Air": _HERE / "air" / "air.yaml",
            "Touch": _HERE / "touch" / "touch.yaml",
            "Instruments": _HERE / "instruments" / "instruments.yaml",
        },
        ("air", "touch"),
    ),
    "lyophiliser": Page(
        {
            "Equipment": _HERE / "lyophiliser" / "equipment.yaml",
            "Vial": _HERE / "lyophiliser" / "vial.yaml",
            "Product": _HERE / "lyophiliser" / "product.yaml",
            "Instruments": _HERE / "lyophiliser" / "instruments.yaml",
        },
        ("lyo",),
    ),
    "ultrafiltration": Page(
        {
            "Membrane and skid": _HERE / "ultrafiltration" / "membrane.yaml",
            "Product and buffer": _HERE / "ultrafiltration" / "product.yaml",
            "Instruments": _HERE / "ultrafiltration" / "instruments.yaml",
        },
        ("ufdf",),
    ),
}
"""Each page by the name of its file, `docs/contamination.md` or `docs/twins/<kind>.md`."""
_DIGITS: Final = 4
_ROUNDING: Final = 1e-4


def written(name: str, text: str, references: Path) -> str:
    """A page with its tables made anew. Raises BadInput where it is none of PAGES, or a mark is missing."""
    if name not in PAGES:
        raise BadInput(f"no page of a twin is called `{name}`", "page", f"Name one of {', '.join(PAGES)}.")
    page = PAGES[name]
    filled = _between(text, "parameters", parameter_tables(page.parameters))
    return _between(filled, "calibration", calibration_table(references, page.references))


def parameter_tables(files: Mapping[str, Path]) -> str:
    """A table for each parameter file."""
    parts = [[f"### {title}", "", *parameters.rows(parameters.read(file))] for title, file in files.items()]
    return "\n\n".join("\n".join(part) for part in parts)


def calibration_table(references: Path, folders: tuple[str, ...]) -> str:
    """Every number of every reference case: what is published or worked out by hand, and what the twin says."""
    lines = ["| case | number | expected | twin | within | source |", "|---|---|---|---|---|---|"]
    for file in (file for folder in folders for file in sorted((references / folder).glob("*.json"))):
        case = cases.read(file)
        found = dict(_leaves(cases.run(case["kind"], case)["outputs"]))
        # Name and source stand in the first line of a case.
        name, source = f"{case['kind']}: {case['case']}", str(case["source"])
        for path, expected in _leaves(case["outputs"]):
            within = case["tolerances"].get(path, case["tolerances"].get("*", 0.0))
            cells = (name, f"`{path}`", _said(expected), _said(found[path]), _within(expected, within), source)
            lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
            name = source = ""
    return "\n".join(lines)


def _leaves(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(tree, dict):
        for key, inner in tree.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(tree, list):
        for n, inner in enumerate(tree):
            yield from _leaves(inner, f"{path}[{n}]")
    else:
        yield path, tree


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.{_DIGITS}g}" if isinstance(value, float | int) else str(value)


def _within(expected: Any, within: float) -> str:
    if isinstance(expected, bool | str):
        return "exactly"
    return f"{100 * within:.2g} %" if within >= _ROUNDING else "rounding"


def _between(page: str, name: str, table: str) -> str:
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, mark, rest = page.partition(begin)
    _, end_mark, after = rest.partition(end)
    if not mark or not end_mark:
        raise BadInput(f"no marks for `{name}`", "page", f"Write `{begin.strip()}` and `{end}` where the table stands.")
    return f"{before}{begin}{table}\n{end}{after}"


def main(arguments: list[str]) -> None:
    page, references = map(Path, arguments)
    page.write_text(written(page.stem, page.read_text(encoding="utf-8"), references), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
