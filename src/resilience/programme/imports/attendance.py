"""What a row of an attendance file says: who, whether they were there, at which meeting, for how long, with how many.

Rules, in docs/how/programme.md too:
- Eventbrite: Checked In was there; Attending has a place; Not Attending, refunded and cancelled are refused.
- A status column says who was there; an empty cell of it says nobody was seen. Without one, 0 minutes say that nobody
  was; else everybody in the list was there, but not in an Eventbrite file, which lists who has a ticket.
- One named person for each row; further tickets of an order are heads without names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.utils import timezone

from resilience.programme.imports import dates, values, vocabulary, who
from resilience.programme.imports.dates import Order
from resilience.programme.imports.grid import Cell, text_of
from resilience.programme.imports.headings import Source
from resilience.programme.imports.lines import Columns, Line, chosen
from resilience.programme.imports.mapping import Field
from resilience.programme.imports.options import Options
from resilience.programme.imports.reasons import CellError, Refused
from resilience.programme.models import Meeting

T = TypeVar("T")


@dataclass(slots=True)
class Attendant:
    """A row that can be used. `somebody` is None for heads alone; minutes None where they are not known.

    heads: people without names that the row counts; tickets: further tickets of the order of somebody who was there.
    """

    row: int
    somebody: who.Somebody | None
    present: bool
    meeting: Meeting
    minutes: int | None
    heads: int
    tickets: int
    heads_kind: str
    year_group: str
    registered_at: datetime | None


class Reader:
    """Reads the rows of one file for one activity."""

    def __init__(
        self, lines: list[Line], columns: Columns, source: Source, meetings: list[Meeting], options: Options
    ) -> None:
        self.columns, self.source, self.options = columns, source, options
        self.meetings = meetings
        self.orders: dict[str, tuple[Order, bool]] = {
            field: dates.order_of(chosen(lines, columns, field), source)
            for field in (Field.DATE, Field.SUBMITTED_AT, Field.REGISTERED_AT)
            if columns.has(field)
        }
        self._decide_by_meetings(lines)
        self.by_day = {timezone.localdate(meeting.starts_at): meeting for meeting in reversed(meetings)}
        self.only = meetings[options.meeting - 1] if options.meeting else meetings[0] if len(meetings) == 1 else None
        self.zone = timezone.get_default_timezone()
        self.other_days: set[int] = set()
        self.anybody_seen = any(self._means(cell) == "present" for cell in chosen(lines, columns, Field.STATUS))
        # Whoever has a ticket counts as having been there only where nobody was checked in and somebody says so.
        self.tickets_count = options.present and not self.anybody_seen

    def _decide_by_meetings(self, lines: list[Line]) -> None:
        """Where the column leaves open what comes first, dates that fit the meetings in one reading alone decide."""
        if not self.columns.has(Field.DATE) or self.orders[Field.DATE] not in (
            (Order.DAY_FIRST, False),
            (Order.MONTH_FIRST, False),
        ):
            return
        days = {timezone.localdate(meeting.starts_at) for meeting in self.meetings}
        fitting = [
            order
            for order in (Order.DAY_FIRST, Order.MONTH_FIRST)
            if any(dates.is_on(cell, order, days) for cell in chosen(lines, self.columns, Field.DATE))
        ]
        if len(fitting) == 1:
            self.orders[Field.DATE] = (fitting[0], True)

    def read(self, line: Line) -> Attendant:
        """What the row says. Raises RowRefusedError."""
        columns = self.columns
        if line.overflows:
            raise columns.refused(line, -1, Refused.EXTRA_CELLS)
        present = self._status(line)
        minutes = self._value(line, Field.MINUTES, values.minutes)
        if minutes is None:
            minutes = self._value(line, Field.HOURS, lambda cell: values.minutes(cell, 60))
        if present is None:
            present = minutes > 0 if minutes is not None else self._unsaid()
        somebody = who.read(line, columns)
        heads = self._value(line, Field.PUPILS, values.number) or 0
        quantity = self._value(line, Field.QUANTITY, values.number) or 1
        if somebody is None and not heads:
            raise columns.refused(line, -1, Refused.NOBODY)
        heads_kind = self._heads_kind(line)
        year_group = self._value(line, Field.YEAR_GROUP, values.year_group) or ""
        meeting = self._meeting(line)
        return Attendant(
            line.number,
            somebody,
            present and somebody is not None,
            meeting,
            minutes if present and minutes else None,
            heads,
            max(0, quantity - 1) if present and somebody is not None else 0,
            heads_kind,
            year_group,
            self._registered_at(line),
        )

    def _status(self, line: Line) -> bool | None:
        """Whether somebody was there, as the status says; None where there is no such column."""
        if not self.columns.has(Field.STATUS):
            return None
        cell, column = self.columns.cell(line, Field.STATUS)
        if column < 0:
            return False
        self._used(line, cell, column, values.text)
        said = self._means(cell)
        if said in {"present", "absent", "ticket"}:
            return said == "present" or (said == "ticket" and self.tickets_count)
        refusals = {
            "refunded": Refused.REFUNDED,
            "cancelled": Refused.CANCELLED,
            "not_attending": Refused.NOT_ATTENDING,
        }
        raise self.columns.refused(line, column, refusals.get(said, Refused.BAD_STATUS))

    def _means(self, cell: Cell) -> str:
        return vocabulary.meaning(vocabulary.statuses(), text_of(cell))

    def _unsaid(self) -> bool:
        """Whether somebody was there of whom neither status nor minutes say it."""
        return self.source is not Source.EVENTBRITE or self.tickets_count

    def _heads_kind(self, line: Line) -> str:
        cell, column = self.columns.cell(line, Field.HEADS_KIND)
        if column < 0:
            return self.options.heads_kind
        kind = vocabulary.meaning(vocabulary.head_kinds(), self._used(line, cell, column, values.text))
        if not kind:
            raise self.columns.refused(line, column, Refused.BAD_HEADS_KIND)
        return kind

    def _meeting(self, line: Line) -> Meeting:
        """The meeting a row belongs to: by its date where there are several, else the one that was chosen."""
        day, column = self._moment(line, Field.DATE)
        if self.only is not None:
            if day is not None and timezone.localdate(self.only.starts_at) != day.date():
                self.other_days.add(line.number)
            return self.only
        if day is None:
            day, column = self._moment(line, Field.SUBMITTED_AT)
        if day is None:
            raise self.columns.refused(line, column, Refused.NO_MEETING)
        meeting = self.by_day.get(day.date())
        if meeting is None:
            raise self.columns.refused(line, column, Refused.OTHER_DATE)
        return meeting

    def _moment(self, line: Line, field: Field) -> tuple[datetime | None, int]:
        cell, column = self.columns.cell(line, field)
        if column < 0:
            return None, -1
        return self._used(line, cell, column, lambda said: dates.moment(said, self.orders[field][0])), column

    def _registered_at(self, line: Line) -> datetime | None:
        """When the place was asked for. A date that cannot be read costs nobody their attendance."""
        cell, column = self.columns.cell(line, Field.REGISTERED_AT)
        if column < 0:
            return None
        try:
            found = dates.moment(cell, self.orders[Field.REGISTERED_AT][0])
        except CellError:
            return None
        return found.replace(tzinfo=ZoneInfo(str(self.zone))) if found else None

    def _value(self, line: Line, field: Field, parse: Callable[[Cell], T]) -> T | None:
        if not self.columns.has(field):
            return None
        cell, column = self.columns.cell(line, field)
        return None if column < 0 else self._used(line, cell, column, parse)

    def _used(self, line: Line, cell: Cell, column: int, parse: Callable[[Cell], T]) -> T:
        try:
            return parse(cell)
        except CellError as error:
            raise self.columns.refused(line, column, error.reason) from error
