"""Our twins beside outside programs: `python -m tests.reference.compare FOLDER`.

FOLDER holds a folder for each kind (`lyo`, `chrom`, `cho`, `ufdf`, `indpensim`), and in it cases as JSON: `case`,
`inputs`, `outputs`, and beside it the trajectory as .csv. Any case of the same format is taken, whatever its inputs.
Every output is printed with ours, the reference, the relative error and the limit. Exits 1 if any is beyond it, or if
a case could not be run; 2 where the folder holds no cases. A kind without a twin is listed, and is no failure.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol, TextIO, cast

from tests.reference.comparison import Case, Row, cases

COMPARISONS: Final[Mapping[str, str | None]] = {
    "lyo": "tests.reference.compare_lyo",
    "chrom": "tests.reference.compare_chrom",
    "cho": "tests.reference.compare_cho",
    "ufdf": "tests.reference.compare_ufdf",
    "indpensim": None,
}
"""Each kind, and the module that compares a case of it by `compare(case) -> rows`; None where no twin is built."""


class Comparison(Protocol):
    def compare(self, case: Case) -> Iterable[Row]: ...


@dataclass
class Tally:
    """What came of a run."""

    rows: int = 0
    beyond: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    not_compared: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.beyond and not self.failed


def run(folder: Path, out: TextIO, comparisons: Mapping[str, str | None] = COMPARISONS) -> Tally:
    """Compare every case under a folder and print it as it comes."""
    tally = Tally()
    for file in sorted(folder.glob("*/*.json")):
        kind = file.parent.name
        module = comparisons.get(kind)
        if module is None:
            tally.not_compared.append(f"{kind}/{file.stem}")
            continue
        try:
            found = cases(kind, file)
        except (ValueError, KeyError, TypeError, OSError) as error:
            _fail(tally, f"{kind}/{file.stem}", error, out)
            continue
        for case in found:
            _one(module, case, tally, out)
    for name in tally.not_compared:
        print(f"{name}: not compared, there is no twin of this kind", file=out)
    return tally


def _one(module: str, case: Case, tally: Tally, out: TextIO) -> None:
    name = f"{case.kind}/{case.name}"
    began = time.perf_counter()
    try:
        rows = list(cast(Comparison, import_module(module)).compare(case))
    except Exception as error:  # whatever a twin does, the other cases are still compared
        _fail(tally, name, error, out)
        return
    if not rows:
        _fail(tally, name, ValueError("the case has no outputs"), out)
        return
    print(f"{name}  ({time.perf_counter() - began:.3g} s)", file=out)
    for row in rows:
        error = "" if row.error is None else f"{100 * row.error:.4g} %"
        mark = "" if row.within else "   BEYOND"
        print(
            f"  {row.output:38} {_said(row.ours):>16} {_said(row.reference):>16} {error:>12}  {row.limit}{mark}",
            file=out,
            flush=True,
        )
    tally.rows += len(rows)
    tally.beyond += [f"{name} {row.output}" for row in rows if not row.within]


def _fail(tally: Tally, name: str, error: Exception, out: TextIO) -> None:
    tally.failed.append(name)
    print(f"{name}: could not be compared: {type(error).__name__}: {error}", file=out, flush=True)


def _said(value: Any) -> str:
    return f"{value:.9g}" if isinstance(value, float) else json.dumps(value)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.reference.compare", description=__doc__)
    parser.add_argument("folder", type=Path, help="holds a folder for each kind, with cases as JSON")
    folder: Path = parser.parse_args(arguments).folder
    if not any(folder.glob("*/*.json")):
        print(f"{folder}: there are no cases. Name a folder that holds {', '.join(COMPARISONS)}.", file=sys.stderr)
        return 2
    tally = run(folder, sys.stdout)
    print(
        f"{tally.rows} outputs compared, {len(tally.beyond)} beyond their limits; {len(tally.failed)} cases failed, "
        f"{len(tally.not_compared)} not compared"
    )
    for name in tally.beyond:
        print(f"beyond: {name}")
    return 0 if tally.passed else 1


if __name__ == "__main__":
    sys.exit(main())
