"""The rows of a file below its headings, with their numbers, and cells looked up by what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resilience.programme.imports.grid import Cell, Grid, is_blank
from resilience.programme.imports.headings import Header
from resilience.programme.imports.reasons import Refusal, Refused
from resilience.programme.imports.vocabulary import is_anonymous, is_total


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number as a spreadsheet shows it, and as many cells as there are headings.

    overflows: something stands right of the last heading, so that nobody can say what it means.
    """

    number: int
    cells: list[Cell]
    overflows: bool = False


class RowRefusedError(ValueError):
    """A row cannot be used: which column, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class Columns:
    """Looks cells up by field. Several columns may have one: the first that says something is taken."""

    def __init__(self, header: Header, fields: Sequence[str]) -> None:
        self.titles = header.titles
        self.fields = list(fields)
        self._of: dict[str, list[int]] = defaultdict(list)
        for index, field in enumerate(fields):
            if field:
                self._of[field].append(index)

    def has(self, field: str) -> bool:
        return field in self._of

    def title(self, field: str) -> str:
        """The heading of the field's first column, "" where no column has it."""
        return self.titles[self._of[field][0]] if self.has(field) else ""

    def indexes(self, field: str) -> list[int]:
        return self._of.get(field, [])

    def cell(self, line: Line, field: str) -> tuple[Cell, int]:
        """The cell and its column; ("", -1) where nothing is said. `anonymous` says nothing."""
        for index in self._of.get(field, ()):
            cell = line.cells[index]
            if not isinstance(cell, str) or (cell.strip() and not is_anonymous(cell)):
                return cell, index
        return "", -1

    def refused(self, line: Line, column: int, reason: Refused) -> RowRefusedError:
        return RowRefusedError(Refusal(line.number, self.titles[column] if column >= 0 else "", reason))


def read(grid: Grid, header: Header) -> tuple[list[Line], list[int]]:
    """The rows, and the numbers of lines that add others up.

    Rows without content are no rows. A cell merged over several rows says the same in each of them.
    """
    _fill_merged(grid, header)
    width = len(header.titles)
    lines, totals = [], []
    for number, cells in enumerate(grid.rows[header.first - 1 :], start=header.first):
        if all(map(is_blank, cells)):
            continue
        if _adds_up(cells):
            totals.append(number)
            continue
        beyond = len(cells) > width and not all(map(is_blank, cells[width:]))
        lines.append(Line(number, [*cells[:width], *[""] * (width - len(cells))], beyond))
    return lines, totals


def _fill_merged(grid: Grid, header: Header) -> None:
    """Copies the value of a merged cell down its column. What is merged sideways stays in its first column."""
    for first_row, first, last_row, _last in grid.merged:
        if last_row == first_row or first_row < header.first - 1 or first_row >= len(grid.rows):
            continue
        value = grid.rows[first_row][first] if first < len(grid.rows[first_row]) else ""
        for row in grid.rows[first_row + 1 : last_row + 1]:
            if first < len(row) and is_blank(row[first]):
                row[first] = value


def _adds_up(cells: list[Cell]) -> bool:
    """A line such as "Total", "", 23: the word in its first cell that says something, nobody's address in it."""
    said = [cell for cell in cells if not is_blank(cell)]
    if not isinstance(said[0], str) or not is_total(said[0].rstrip(": ")):
        return False
    return all(
        not isinstance(cell, str) or cell.strip(" %").replace(".", "").isdecimal() or cell.startswith("=")
        for cell in said[1:]
    )


def chosen(lines: list[Line], columns: Columns, field: str) -> Iterator[Cell]:
    """All cells of a field's columns."""
    for index in columns.indexes(field):
        for line in lines:
            yield line.cells[index]
