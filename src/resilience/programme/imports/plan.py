"""The dry run: what would become of each row of a file, without anything being written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.people import names
from resilience.people.spelling import key_of
from resilience.programme.imports import attendance, dates, evaluation
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.lines import Columns, Line, RowRefusedError
from resilience.programme.imports.loaded import Loaded
from resilience.programme.imports.mapping import Field, What
from resilience.programme.imports.options import Options
from resilience.programme.imports.reasons import Merged, Refusal
from resilience.programme.imports.who import Somebody
from resilience.programme.models import Activity, ActivityStatus, ImportBatch, Meeting

Advance = Callable[[int, int], None]
Judged = attendance.Attendant | evaluation.Answered
# How many names of organisations a note lists.
NAMED = 5


@dataclass
class Plan:
    """Where each row of the file ends: `imported` + `merged` + `refused` are all its `rows`, each in one of them."""

    what: str
    source: str
    rows: int
    imported: list[int] = field(default_factory=list)
    merged: list[tuple[int, Merged]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_dict(self, batch: str | None) -> dict[str, Any]:
        """What the command prints."""
        return {
            "source": self.source,
            "rows": self.rows,
            "imported": len(self.imported),
            "merged": len(self.merged),
            "refused": [
                {"row": one.row, "column": one.column, "reason": str(one.reason.label)} for one in self.refused
            ],
            "batch": batch,
        }


@dataclass
class Judgement:
    """What the rows say by themselves, before it is known who is known already."""

    plan: Plan
    usable: list[Any]


def refuse_activity(activity: Activity, loaded: Loaded, what: str) -> None:
    """Raises ImportRefusedError for a cancelled activity, and for a file that it has had before."""
    if activity.status == ActivityStatus.CANCELLED:
        raise ImportRefusedError(
            _("this activity was cancelled: nobody can have been at it"), activity.code, _("Choose another activity.")
        )
    before = ImportBatch.objects.filter(activity=activity, what=what, sha256=loaded.sha256, undone_at=None).first()
    if before is not None:
        raise ImportRefusedError(
            _("this very file was imported already, on %(date)s; nothing was imported twice")
            % {"date": formats.date_format(timezone.localtime(before.committed_at), "DATETIME_FORMAT")},
            loaded.name,
            _("Nothing is left to do. To import it anew, undo that import first."),
        )


def judge(
    loaded: Loaded,
    activity: Activity,
    what: str,
    fields: Sequence[str],
    options: Options,
    advance: Advance | None = None,
) -> Judgement:
    """Reads every row. Raises ImportRefusedError where the mapping or the options cannot do for any row."""
    columns = Columns(loaded.header, fields)
    plan = Plan(what, loaded.header.source.value, len(loaded.lines), notes=list(loaded.notes))
    _refuse_mapping(columns, loaded, what)
    if what == What.ATTENDANCE:
        meetings = list(Meeting.objects.filter(activity=activity).order_by("starts_at", "pk"))
        _refuse_meeting(options, meetings, activity)
        attendants = attendance.Reader(loaded.lines, columns, loaded.header.source, meetings, options)
        usable = _each(loaded.lines, attendants.read, plan, advance)
        plan.notes += _notes_of_attendance(attendants, columns, usable, activity, options)
    else:
        usable = _each(
            loaded.lines, evaluation.Reader(loaded.lines, columns, loaded.header.source, options).read, plan, advance
        )
    return Judgement(plan, usable)


def _each(lines: list[Line], read: Callable[[Line], Judged], plan: Plan, advance: Advance | None) -> list[Judged]:
    usable = []
    for done, line in enumerate(lines):
        try:
            usable.append(read(line))
        except RowRefusedError as error:
            plan.refused.append(error.refusal)
        if advance is not None and done % 1000 == 0:
            advance(done, 3 * len(lines))
    return usable


def _refuse_mapping(columns: Columns, loaded: Loaded, what: str) -> None:
    who = (Field.EMAIL, Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.PUPILS)
    answers = (Field.QUESTION, Field.RATING_5, Field.RATING_10, Field.POINTS)
    if not any(columns.has(one) for one in (who if what == What.ATTENDANCE else answers)):
        raise ImportRefusedError(
            _("no column was understood as a name, an e-mail address or a number of people")
            if what == What.ATTENDANCE
            else _("no column was understood as a question"),
            loaded.name,
            _("Its columns are: %(columns)s.") % {"columns": ", ".join(title for title in columns.titles if title)},
        )


def _refuse_meeting(options: Options, meetings: list[Meeting], activity: Activity) -> None:
    if options.meeting is not None and not 1 <= options.meeting <= len(meetings):
        raise ImportRefusedError(
            _("there is no meeting %(number)s") % {"number": options.meeting},
            activity.code,
            _("It has %(count)s: choose a number from 1.") % {"count": len(meetings)},
        )


def _notes_of_attendance(
    reader: attendance.Reader, columns: Columns, usable: Sequence[Any], activity: Activity, options: Options
) -> list[str]:
    notes = []
    if activity.status == ActivityStatus.DRAFT:
        notes.append(_("The activity is a draft: what is imported counts once it is open or closed."))
    for name, (order, decided) in reader.orders.items():
        if not decided:
            notes.append(_ORDER_NOTES[order]() % {"column": columns.title(name)})
    named = [one for one in usable if one.somebody is not None]
    absent = sum(1 for one in named if not one.present)
    if absent and absent == len(named):
        notes.append(
            ngettext(
                "Nobody is marked as present: %(count)s person is imported as registered only.",
                "Nobody is marked as present: %(count)s people are imported as registered only.",
                absent,
            )
            % {"count": absent}
            + " "
            + _("If all of them were there, say so (“count everybody as present”, on the command line --present).")
        )
    elif absent:
        notes.append(
            ngettext(
                "%(count)s person has a place and was not seen.",
                "%(count)s people have a place and were not seen.",
                absent,
            )
            % {"count": absent}
        )
    if options.present and reader.anybody_seen:
        notes.append(_("Somebody is marked as present, so that the others are not counted as present."))
    if reader.other_days:
        notes.append(
            ngettext(
                "%(count)s row names a day on which the activity has no meeting. Is it the right activity?",
                "%(count)s rows name a day on which the activity has no meeting. Is it the right activity?",
                len(reader.other_days),
            )
            % {"count": len(reader.other_days)}
        )
    return notes


_ORDER_NOTES = {
    dates.Order.DAY_FIRST: lambda: _("In “%(column)s” every date could be read in two ways: 3/4 was read as 3 April."),
    dates.Order.MONTH_FIRST: lambda: _(
        "In “%(column)s” every date could be read in two ways: 3/4 was read as 4 March."
    ),
    dates.Order.MIXED: lambda: _("In “%(column)s” some dates have the day first and some the month; 3/4 is refused."),
}


def note_new_organisations(people: Sequence[Somebody]) -> list[str]:
    """Says which organisations the file would add to the register, so that a slip of the pen is seen before."""
    spellings = {somebody.employer for somebody in people if somebody.employer}
    known = names.resolve_all(spellings)
    new = {key_of(spelling): spelling for spelling in sorted(spellings) if spelling not in known}
    if not new:
        return []
    listed = ", ".join(list(new.values())[:NAMED]) + (" …" if len(new) > NAMED else "")
    return [
        ngettext(
            "%(count)s organisation is new to the register: %(names)s.",
            "%(count)s organisations are new to the register: %(names)s.",
            len(new),
        )
        % {"count": len(new), "names": listed}
    ]
