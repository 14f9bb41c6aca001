"""Which column means what: proposed by the headings, remembered for an organisation, changed by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.people.models import Organisation
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.headings import Header, Source, field_of, plain
from resilience.programme.models import SourceMapping


class What(models.TextChoices):
    ATTENDANCE = "attendance", gettext_lazy("Attendance")
    EVALUATION = "evaluation", gettext_lazy("Evaluation")


class Field(models.TextChoices):
    """What a column can mean. Several columns may mean the same: the first that says something in a row is taken."""

    IGNORED = "", gettext_lazy("Leave out")
    EMAIL = "email", gettext_lazy("E-mail address")
    NAME = "name", gettext_lazy("Name")
    FIRST_NAME = "first_name", gettext_lazy("First name")
    LAST_NAME = "last_name", gettext_lazy("Last name")
    EMPLOYER = "employer", gettext_lazy("Organisation, employer or school")
    JOB = "job", gettext_lazy("Job title")
    STATUS = "status", gettext_lazy("Status: was somebody there")
    MINUTES = "minutes", gettext_lazy("Minutes")
    HOURS = "hours", gettext_lazy("Hours")
    DATE = "date", gettext_lazy("Date of the meeting")
    REGION = "region", gettext_lazy("Region")
    POSTCODE = "postcode", gettext_lazy("Postcode, for the region alone")
    YEAR_GROUP = "year_group", gettext_lazy("Year group")
    PUPILS = "pupils", gettext_lazy("Number of pupils or people")
    HEADS_KIND = "heads_kind", gettext_lazy("How the number is known")
    QUANTITY = "quantity", gettext_lazy("Tickets of the order")
    REGISTERED_AT = "registered_at", gettext_lazy("Date of registration")
    SUBMITTED_AT = "submitted_at", gettext_lazy("When the form was sent")
    QUESTION = "question", gettext_lazy("Question")
    RATING_5 = "rating_5", gettext_lazy("Rating from 1 to 5")
    RATING_10 = "rating_10", gettext_lazy("Rating from 0 to 10")
    POINTS = "points", gettext_lazy("Points of a quiz")


_WHO = frozenset({Field.IGNORED, Field.EMAIL, Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.EMPLOYER, Field.JOB})
_ANSWERS = frozenset({Field.QUESTION, Field.RATING_5, Field.RATING_10, Field.POINTS})
FIELDS: Mapping[str, frozenset[Field]] = {
    What.ATTENDANCE: frozenset(Field) - _ANSWERS,
    What.EVALUATION: _WHO | _ANSWERS | {Field.SUBMITTED_AT},
}
"""The meanings that a column can have in each kind of file."""
# A column that the source fills by itself with whoever is signed in, where the form also asks.
ACCOUNT_COLUMNS = frozenset({"email", "name"})


def choices(what: str) -> list[tuple[str, str]]:
    return [(field.value, str(field.label)) for field in Field if field in FIELDS[what]]


def propose(header: Header, what: str, organisation: Organisation | None = None) -> list[str]:
    """A field for each column: as it was chosen for the same headings before, else by the headings themselves."""
    if organisation is not None:
        known = SourceMapping.objects.filter(
            organisation=organisation, what=what, headings_key=headings_key(header)
        ).first()
        if known is not None:
            return fitted([known.mapping.get(title, "") for title in header.titles], what)
    proposed = [_proposed(title, what) for title in header.titles]
    if header.source is Source.EVENTBRITE and what == What.ATTENDANCE:
        # "Attendance", "Present" and such would be questions of the organiser beside the status that Eventbrite keeps.
        kept = [plain(title) == "attendee status" for title in header.titles]
        if any(kept):
            proposed = [
                "" if field == Field.STATUS and not own else field for field, own in zip(proposed, kept, strict=True)
            ]
    return proposed


def _proposed(title: str, what: str) -> str:
    if not title:
        return ""
    compared = plain(title)
    if what == What.EVALUATION and compared.startswith("points ") and compared != "points possible":
        return Field.POINTS
    if what == What.EVALUATION and compared.startswith("feedback ") and " – " not in title and " - " in title:
        return Field.IGNORED
    field = field_of(title)
    if field == "technical":
        return Field.IGNORED
    if what == What.EVALUATION and (not field or Field(field) not in FIELDS[what]):
        return Field.QUESTION
    return field if Field(field) in FIELDS[what] else Field.IGNORED


def fitted(fields: Sequence[str], what: str) -> list[str]:
    """The fields with those left out that such a file cannot have."""
    possible = {str(field) for field in FIELDS[what]}
    return [field if field in possible else "" for field in fields]


def changed(fields: Sequence[str], chosen: Mapping[str, str], header: Header, what: str, name: str) -> list[str]:
    """The fields with some of them chosen by heading. Raises ImportRefusedError for headings and meanings unknown."""
    possible = sorted(str(field) for field in FIELDS[what])
    if missing := sorted(set(chosen) - set(header.titles)):
        raise ImportRefusedError(
            _("there is no column %(column)s") % {"column": ", ".join(missing)},
            name,
            _("Its columns are: %(columns)s.") % {"columns": ", ".join(title for title in header.titles if title)},
        )
    if unknown := sorted(set(chosen.values()) - set(possible)):
        raise ImportRefusedError(
            _("no column can mean %(field)s") % {"field": ", ".join(unknown)},
            name,
            _("It can mean: %(fields)s.") % {"fields": ", ".join(field for field in possible if field)},
        )
    return [chosen.get(title, field) for title, field in zip(header.titles, fields, strict=True)]


def remember(header: Header, what: str, fields: Sequence[str], organisation: Organisation, at: datetime) -> None:
    """Keeps a mapping for the organisation's next file with the same headings."""
    SourceMapping.objects.update_or_create(
        organisation=organisation,
        what=what,
        headings_key=headings_key(header),
        defaults={"mapping": dict(zip(header.titles, fields, strict=True)), "used_at": at},
    )


def headings_key(header: Header) -> str:
    """Stands for a file's headings, whatever their order, their spelling, and what a source adds for itself."""
    compared = sorted(plain(title) for title in header.titles if field_of(title) != "technical")
    return hashlib.sha256("\n".join(compared).encode()).hexdigest()
