"""Which diversity tables there are: files that say what is asked of whom, how answers are grouped, and the method.

A table is of the whole programme and of one question. There is no crossing of characteristics and no filter, because
every one of them is a difference that somebody can take. A strand's question stands in tables of one method alone, so
that exact and rounded numbers of the same people never meet.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from resilience.people.models.diversity import Strand
from resilience.results import files
from resilience.results.files import Data, Texts
from resilience.training.errors import BadInput

FOLDER = Path(__file__).parent / "tables"


class Method(StrEnum):
    ROUNDING = "rounding"
    SUPPRESSION = "suppression"


class Row(Data):
    """A row: the codes that are counted together."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    label: Texts
    codes: Annotated[list[str], Field(min_length=1)]


class Table(Data):
    """One version of a table. `unanswered` are the codes that say nothing, such as "prefer not to say"."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{2,39}$")]
    version: Annotated[int, Field(ge=1)]
    strand: Strand
    question: Annotated[str, Field(min_length=2)]
    scheme: Annotated[str, Field(min_length=2)]
    method: Method
    title: Texts
    # How the rows were made of the codes.
    derivation: Texts
    # Several codes of one question may be given by one person: rows then do not add up to people.
    several: bool = False
    rows: Annotated[list[Row], Field(min_length=2)]
    unanswered: list[str] = []


def load(path: Path) -> Table:
    """One file. Raises BadInput that names file, line and key."""
    table, tree = files.load(path, Table)
    seen: set[str] = set(table.unanswered)
    for place, row in enumerate(table.rows):
        for code in row.codes:
            if code in seen:
                raise files.wrong(tree, ["rows", place, "codes"], f"code {code} is counted twice", "Keep one of them.")
            seen.add(code)
    if table.method is Method.SUPPRESSION and table.several:
        raise files.wrong(tree, ["several"], "suppression needs rows that add up to people", "Use rounding.")
    files.refuse_other_name(path, table.id, table.version)
    return table


def load_all(folder: Path) -> dict[str, Table]:
    """The newest version of every table of a folder. Raises BadInput."""
    found: dict[str, Table] = {}
    for table in sorted((load(path) for path in folder.glob("*.yaml")), key=lambda table: table.version):
        found[table.id] = table
    methods: dict[tuple[str, str], Table] = {}
    for table in found.values():
        other = methods.setdefault((table.strand, table.question), table)
        if other.method is not table.method or (other.id != table.id and table.method is Method.SUPPRESSION):
            raise BadInput(
                f"`{other.id}` and `{table.id}` show answers of the same people to one question",
                f"{table.id}.{table.version}.yaml",
                "Keep one of them: together they tell more than each.",
            )
    return dict(sorted(found.items()))


@cache
def tables() -> dict[str, Table]:
    """The tables that come with the product."""
    return load_all(FOLDER)
