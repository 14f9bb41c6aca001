"""Commands around the server and its records: `run`, `demo`, `verify`. They import Django only when called."""

from __future__ import annotations

from typing import Annotated

import typer

from resilience.cli.output import FAILED, print_json, print_lines, say

Host = Annotated[str, typer.Option(help="Address to listen on.")]


def run(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port to listen on.")] = 8000,
    https: Annotated[bool, typer.Option("--https", help="Serve https with a certificate made here.")] = False,
) -> None:
    """Serve the training: prepare what is missing, print the address, answer until stopped."""
    from resilience.site import serve

    serve.run(host, port, https)


def demo() -> None:
    """Fill the data folder with demonstration sessions and accounts; their passwords are printed once."""
    from resilience.site import demo as demonstration

    demonstration.build()


def verify(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone on standard output.")] = False,
) -> None:
    """Check the records' chain, and replay every stored log to its outcome."""
    from resilience.cli.progress import bar
    from resilience.site import serve

    serve.set_up()
    serve.migrate()
    from resilience.records import services

    with bar("records") as advance:
        found = services.verify(advance)
    if as_json:
        print_json(found.as_json())
    else:
        print_lines([f"{found.records} records, {found.replayed} replayed to their outcome; head {found.head}"])
        print_lines(f"not replayed: {problem.what}" for problem in found.not_replayed)
    for problem in found.problems:
        say(f"resilience: {problem.what}")
    if not found.ok:
        raise typer.Exit(FAILED)
