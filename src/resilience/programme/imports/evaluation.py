"""What a row of an evaluation says: whose answers, to which questions, which figure they come to.

Rules, in docs/how/programme.md too:
- A question is a rating where its whole column says so: answers of a known scale, or whole numbers 1 to 5; 0 to 10
  where a number is above 5 or the question says so ("recommend", "out of 10"), brought to 1 to 5 by 1 + 4 n / 10.
- The figure of reaction, behaviour and result is the mean of the ratings of a row; of learning, the share of points.
- `A;B;` is a list of choices. Nobody's name may stand in a row: the form was anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from resilience.people.text import TextError, clean
from resilience.programme.imports import dates, vocabulary, who
from resilience.programme.imports.grid import LONGEST_CELL, Cell, is_blank, text_of
from resilience.programme.imports.headings import Source, plain
from resilience.programme.imports.lines import Columns, Line, chosen
from resilience.programme.imports.mapping import Field
from resilience.programme.imports.options import Options
from resilience.programme.imports.reasons import CellError, Refused
from resilience.programme.models import EvaluationLevel

LEARNING = frozenset({EvaluationLevel.LEARNING_BEFORE.value, EvaluationLevel.LEARNING_AFTER.value})
LONGEST_QUESTION = 300


@dataclass(slots=True)
class Answered:
    """A row that can be used. `somebody` is None where the form is anonymous; given_at where no column says it."""

    row: int
    somebody: who.Somebody | None
    answers: dict[str, Any]
    score: float | None
    given_at: datetime | None


class Reader:
    """Reads the rows of one file."""

    def __init__(self, lines: list[Line], columns: Columns, source: Source, options: Options) -> None:
        self.columns, self.options = columns, options
        self.order = dates.order_of(chosen(lines, columns, Field.SUBMITTED_AT), source)
        self.zone = ZoneInfo(str(timezone.get_default_timezone()))
        self.ratings: dict[int, dict[str, float]] = {}
        for index in columns.indexes(Field.QUESTION):
            cells = [line.cells[index] for line in lines]
            if scale := scale_of(columns.titles[index], cells):
                self.ratings[index] = scale
        for index in columns.indexes(Field.RATING_5):
            self.ratings[index] = scale_of("", [line.cells[index] for line in lines]) or FIVE
        for index in columns.indexes(Field.RATING_10):
            self.ratings[index] = TEN
        self.questions = sorted({*columns.indexes(Field.QUESTION), *self.ratings})
        self.points = columns.indexes(Field.POINTS)
        self.full_marks = options.full_marks or sum(
            max((number for line in lines if (number := _number(line.cells[index])) is not None), default=0.0)
            for index in self.points
        )

    def read(self, line: Line) -> Answered:
        """What the row says. Raises RowRefusedError."""
        columns = self.columns
        if line.overflows:
            raise columns.refused(line, -1, Refused.EXTRA_CELLS)
        somebody = who.read(line, columns)
        answers = {}
        for index in self.questions:
            if not is_blank(line.cells[index]):
                answers[columns.titles[index][:LONGEST_QUESTION]] = self._answer(line, index)
        for index in self.points:
            if not is_blank(line.cells[index]):
                answers[columns.titles[index][:LONGEST_QUESTION]] = self._points(line, index)
        if not answers:
            raise columns.refused(line, -1, Refused.EMPTY_ANSWER)
        return Answered(line.number, somebody, answers, self._score(line), self._given_at(line))

    def _answer(self, line: Line, index: int) -> Any:
        cell = line.cells[index]
        if index in self.ratings and plain(text_of(cell)) not in self.ratings[index]:
            raise self.columns.refused(line, index, Refused.BAD_RATING)
        if isinstance(cell, bool | int | float):
            return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
        said = text_of(cell)
        if len(said) > LONGEST_CELL:
            raise self.columns.refused(line, index, Refused.TOO_LONG)
        try:
            said = clean(said, LONGEST_CELL, lines=True)
        except TextError as error:
            raise self.columns.refused(line, index, Refused.BAD_TEXT) from error
        if re.fullmatch(r"-?\d{1,9}", said):
            return int(said)
        return [part.strip() for part in said.split(";") if part.strip()] if said.endswith(";") else said

    def _points(self, line: Line, index: int) -> float:
        points = _number(line.cells[index])
        if points is None or points < 0:
            raise self.columns.refused(line, index, Refused.BAD_POINTS)
        return points

    def _score(self, line: Line) -> float | None:
        if self.options.level in LEARNING:
            if not self.full_marks:
                return None
            got = sum(_number(line.cells[index]) or 0.0 for index in self.points)
            if got > self.full_marks:
                raise self.columns.refused(line, self.points[0], Refused.BAD_POINTS)
            return got / self.full_marks
        rated = [
            scale[plain(text_of(line.cells[index]))]
            for index, scale in self.ratings.items()
            if not is_blank(line.cells[index])
        ]
        return sum(rated) / len(rated) if rated else None

    def _given_at(self, line: Line) -> datetime | None:
        cell, column = self.columns.cell(line, Field.SUBMITTED_AT)
        if column < 0:
            return None
        try:
            found = dates.moment(cell, self.order[0])
        except CellError as error:
            raise self.columns.refused(line, column, error.reason) from error
        return found.replace(tzinfo=self.zone) if found else None


FIVE = {str(number): float(number) for number in range(1, 6)}
TEN = {str(number): 1 + 4 * number / 10 for number in range(11)}


def scale_of(question: str, cells: Sequence[Cell]) -> dict[str, float] | None:
    """Answer -> 1 to 5, where all answers of the column are of one scale; None where it is no rating."""
    said = {plain(text_of(cell)) for cell in cells if not is_blank(cell)}
    if not said or vocabulary.asks_for_amount(question):
        return None
    if said <= TEN.keys():
        if vocabulary.asks_for_ten(question) or not said <= FIVE.keys():
            return TEN
        return FIVE
    for scale in vocabulary.scales():
        if said <= scale.keys():
            return {answer: float(value) for answer, value in scale.items()}
    return None


def _number(cell: Cell) -> float | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = text_of(cell).strip()
    return float(text) if re.fullmatch(r"\d{1,6}(\.\d{1,4})?", text) else None
