"""The command `twin`: a case file goes to a process twin, its answer comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resilience.cli.output import print_json, print_lines
from resilience.twins import cases


def twin(
    kind: Annotated[str, typer.Argument(help=f"Which twin: {', '.join(sorted(cases.KINDS))}.")],
    case: Annotated[Path, typer.Argument(help='A case file: {"case": name, "inputs": {...}}.')],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone on standard output.")] = False,
) -> None:
    """Ask a process twin: run a case file, and print its outputs."""
    answer = cases.run(kind, cases.read(case))
    if as_json:
        print_json(answer)
        return
    print_lines([f"{answer['kind']}: {answer['case']}", *_lines(answer["outputs"], "  ")])


def _lines(value: object, indent: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{indent}{value}"]
    lines: list[str] = []
    for name, inner in value.items():
        if isinstance(inner, dict):
            lines += [f"{indent}{name}", *_lines(inner, indent + "  ")]
        else:
            lines.append(f"{indent}{name}: {inner:g}" if isinstance(inner, float) else f"{indent}{name}: {inner}")
    return lines
