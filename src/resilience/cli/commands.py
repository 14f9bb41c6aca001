"""All commands of `resilience`, in the order its help lists them."""

from __future__ import annotations

import typer

from resilience.cli import house, library

app = typer.Typer(
    name="resilience",
    help="Immersive practice for people who make medicines.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("modules")(library.modules)
app.command("simulate")(library.simulate)
app.command("replay")(library.replay)
app.command("check")(library.check)
app.command("run")(house.run)
app.command("demo")(house.demo)
app.command("verify")(house.verify)
