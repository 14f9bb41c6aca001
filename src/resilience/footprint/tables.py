"""Data files: one table each, every row checked; an error names file, line and key."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from resilience.footprint.errors import FootprintError

FACTS = Path(__file__).parent / "facts"


class Row(BaseModel):
    """A row of a table; an empty cell counts as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)


RowT = TypeVar("RowT", bound=Row)


class Place(NamedTuple):
    """Where a row stands; lines count from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def read(path: Path, shape: type[RowT]) -> list[tuple[Place, RowT]]:
    """The rows of a table with their places. Raises FootprintError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            return [(place, _row(cells, shape, place)) for place, cells in _rows(reader, path.name, shape)]
    except FileNotFoundError:
        raise FootprintError("the file is missing", path.name, "Restore it.") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FootprintError(f"the file cannot be read ({error})", path.name, "Save it as CSV in UTF-8.") from None


def _rows(
    reader: csv.DictReader[str], file: str, shape: type[RowT]
) -> list[tuple[Place, dict[str | None, str | list[str] | None]]]:
    expected = list(shape.model_fields)
    found = list(reader.fieldnames or [])
    for key in expected:
        if key not in found:
            raise FootprintError(
                f"the column `{key}` is missing", f"{file}:1", f"The columns are {', '.join(expected)}."
            )
    for key in found:
        if key not in expected:
            raise FootprintError(
                f"the column `{key}` is unknown", f"{file}:1", f"The columns are {', '.join(expected)}."
            )
    return [(Place(file, reader.line_num), dict(cells)) for cells in reader]


def _row(cells: dict[str | None, str | list[str] | None], shape: type[RowT], place: Place) -> RowT:
    if None in cells or None in cells.values():
        raise FootprintError("the row has too many or too few cells", str(place), "Quote cells that hold a comma.")
    try:
        return shape.model_validate({key: value for key, value in cells.items() if value != ""})
    except ValidationError as error:
        first = error.errors()[0]
        key = first["loc"][0] if first["loc"] else "row"
        said = cells.get(str(key))
        shown = "" if said is None else f" (it says {said!r})"
        raise FootprintError(f"`{key}`: {first['msg']}{shown}", str(place), "Correct the cell.") from None


def unique(rows: list[tuple[Place, RowT]], *keys: str) -> dict[tuple[str, ...], RowT]:
    """Rows by the cells that name them. Raises FootprintError where two rows have one name."""
    found: dict[tuple[str, ...], RowT] = {}
    for place, row in rows:
        name = tuple(str(getattr(row, key)) for key in keys)
        if name in found:
            raise FootprintError(f"`{'/'.join(name)}` stands twice", str(place), "Keep one of the rows.")
        found[name] = row
    return found
