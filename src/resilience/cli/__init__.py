"""The `resilience` command.

Exit codes: 0 done, 1 a check failed, 2 bad input. With `--json` standard output holds one JSON value and nothing else;
messages go to standard error, and on bad input standard output stays empty.
"""

from __future__ import annotations

import sys

from resilience.cli.output import BAD_INPUT, complain
from resilience.training.errors import BadInput


def main() -> None:
    """Run the command line; the entry point of the `resilience` script."""
    from resilience.cli.commands import app

    try:
        app()
    except BadInput as error:
        complain(error)
        sys.exit(BAD_INPUT)
