"""`resilience results`: every indicator, counted from the rows as of a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from resilience.cli.output import columns, print_json, print_lines
from resilience.training.errors import BadInput

if TYPE_CHECKING:
    from resilience.results.figures import Figure


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
    print_lines([f"As of {counted_to}"])
    rows = [
        [shown(figure.value), figure.indicator.unit, figure.indicator.title["en"], based_on(figure)]
        for figure in figures.values()
    ]
    print_lines(columns(rows))


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"`{text}` is no day", "--as-of", "Write it as in 2026-06-30.") from None


def shown(value: float | None) -> str:
    return "-" if value is None else f"{value:,.10g}"


NOTES = {
    "not-released": "no quarter has been released",
    "suppressed": "too few people",
    "held-back": "the last quarter is held back; an earlier one stands",
    "too-few": "too few forms",
}


def based_on(figure: Figure) -> str:
    """The base, the response rate and a note, where there are any."""
    told = []
    if figure.denominator and figure.numerator is not None:
        told.append(f"{figure.numerator:,g} of {figure.denominator:,g}")
    if figure.response_rate is not None:
        told.append(f"{figure.response_rate:.0%} of those asked answered")
    if figure.note:
        told.append(NOTES[figure.note])
    return "; ".join(told)
