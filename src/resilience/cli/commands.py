"""All commands of `resilience`, in the order its help lists them."""

from __future__ import annotations

from typing import Annotated

import typer

import resilience
from resilience.cli import house, imports, library, programme, results, twins
from resilience.cli.output import print_lines

app = typer.Typer(
    name="resilience",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        print_lines([f"resilience {resilience.__version__}"])
        raise typer.Exit()


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Immersive practice for people who make medicines.

    Exit codes: 0 done, 1 a check failed, 2 bad input. With --json, standard output holds one JSON value or nothing.
    """


app.command("modules")(library.modules)
app.command("simulate")(library.simulate)
app.command("replay")(library.replay)
app.command("check")(library.check)
app.command("twin")(twins.twin)
app.command("run")(house.run)
app.command("demo")(house.demo)
app.command("verify")(house.verify)
app.command("results")(results.results)
app.command("tick")(programme.tick)
app.command("activities")(imports.activities)
app.add_typer(imports.app, name="import")
