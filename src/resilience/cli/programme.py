"""What the programme does as time passes: `tick`. Run it every few minutes, by cron or a timer."""

from __future__ import annotations

import contextlib
import sys
from typing import Annotated

import typer

from resilience.cli.output import FAILED, print_json, print_lines, say


def tick(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone on standard output.")] = False,
) -> None:
    """Do what is due: offer free places, remind, ask for evaluation, send letters, note competences held.

    Run it every few minutes.
    """
    from resilience.site import serve

    serve.set_up()
    serve.migrate()
    from django.utils import timezone

    from resilience.programme import ticking
    from resilience.results import competences
    from resilience.site.pages.imports import kept

    now = timezone.now()
    # Uploads that nobody came back for hold names.
    kept.sweep(now)
    # Mail that goes to the console must not mix with the answer.
    with contextlib.redirect_stdout(sys.stderr):
        done = ticking.tick(now)
    changed = competences.derive(now)
    if as_json:
        print_json(done.as_dict() | {"competences": changed})
    else:
        print_lines([*done.lines(), f"{changed} competences held that were not known, or held no more"])
    if done.failed:
        say(f"resilience: {done.failed} letters could not be sent; they are tried again later")
        raise typer.Exit(FAILED)
