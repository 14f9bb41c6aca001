"""`resilience results`: every indicator, counted from the rows as of a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from resilience.cli.output import columns, print_json, print_lines
from resilience.training.errors import BadInput


def results(
    as_of: Annotated[str | None, typer.Option(help="The day counted to, as in 2026-06-30; today if left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone on standard output.")] = False,
) -> None:
    """Count every indicator from the rows, and print the figures with what they rest on."""
    day = read_day(as_of) if as_of else None
    from resilience.site import serve

    serve.set_up()
    serve.migrate()
    from django.utils import timezone

    from resilience.results import snapshots

    counted_to = day or timezone.localdate()
    figures = snapshots.count_all(counted_to)
    if as_json:
        print_json(
            {
                "as_of": counted_to.isoformat(),
                "indicators": {code: figure.as_json() for code, figure in figures.items()},
            }
        )
        return
    told = {code: figure.as_json() for code, figure in figures.items()}
    print_lines([f"As of {counted_to}"])
    print_lines(
        columns(
            [
                [shown(figure["value"]), figures[code].indicator.title["en"], based_on(figure)]
                for code, figure in told.items()
            ]
        )
    )


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"`{text}` is no day", "--as-of", "Write it as in 2026-06-30.") from None


def shown(value: float | None) -> str:
    return "no figure" if value is None else f"{value:,}"


def based_on(figure: dict[str, float | None]) -> str:
    """The base and the response rate, where there are any."""
    told = []
    if figure["denominator"] is not None and figure["numerator"] is not None:
        told.append(f"{figure['numerator']:,} of {figure['denominator']:,}")
    if figure["response_rate"] is not None:
        told.append(f"{figure['response_rate']:.0%} of those asked answered")
    return "; ".join(told)
