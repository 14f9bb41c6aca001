"""Why a row was refused, and why a row was merged into another: codes that are kept, in words when they are shown.

No reason repeats what stood in the cell: the list of refused rows is kept longer than the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refused(models.TextChoices):
    NOBODY = "nobody", _("There is neither a name nor an e-mail address: add one of them.")
    EXTRA_CELLS = (
        "extra-cells",
        _("There are more cells than headings: a separator stands in a text without quotation marks."),
    )
    BAD_EMAIL = "bad-email", _("This is no e-mail address: correct it, or leave the cell empty if there is a name.")
    BAD_NAME = "bad-name", _("This is no name: write the name with letters.")
    BAD_TEXT = "bad-text", _("There are characters in it that cannot be shown: type the text again.")
    TOO_LONG = "too-long", _("The text is too long: shorten it.")
    FORMULA = "formula", _("There is a formula without a value in it: write the value itself.")
    ERROR_VALUE = "error-value", _("There is an error of the spreadsheet in it, such as #REF!: write the value itself.")
    BAD_STATUS = "bad-status", _("This does not say whether somebody was there: write yes or no.")
    REFUNDED = "refunded", _("The ticket was refunded: nobody came on it.")
    CANCELLED = "cancelled", _("The ticket was cancelled: nobody came on it.")
    NOT_ATTENDING = "not-attending", _("Marked as not attending: there is no place and no attendance to keep.")
    BAD_MINUTES = "bad-minutes", _("Minutes are a number from 0 to 1440: correct it.")
    BAD_NUMBER = "bad-number", _("This is no whole number of people: correct it.")
    BAD_HEADS_KIND = "bad-heads-kind", _("Say how the heads are known: register, counted or estimate.")
    BAD_DATE = "bad-date", _("This is no date: write it as 2026-03-31.")
    AMBIGUOUS_DATE = "ambiguous-date", _("This could be two dates, day or month first: write it as 2026-03-31.")
    OTHER_DATE = "other-date", _("The activity has no meeting on this date: correct it.")
    NO_MEETING = "no-meeting", _("The activity has several meetings: say which one, or add a column with the date.")
    BAD_RATING = "bad-rating", _("This is no answer of the scale: correct it, or let the column be a question.")
    BAD_POINTS = "bad-points", _("Points are a number, and not more than full marks: correct it.")
    EMPTY_ANSWER = "empty-answer", _("No question was answered.")


class Merged(models.TextChoices):
    SAME_IN_FILE = "same-in-file", _("The same person stands in an earlier row.")
    ALREADY_THERE = "already-there", _("This person's attendance was known already.")
    ALREADY_REGISTERED = "already-registered", _("This person was registered already.")
    ALREADY_ANSWERED = "already-answered", _("This person's answer was there already.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """row: as the spreadsheet counts, from 1; column: its heading, "" where it is no matter of one column."""

    row: int
    column: str
    reason: Refused


class CellError(ValueError):
    """A cell cannot be used: why."""

    def __init__(self, reason: Refused) -> None:
        super().__init__(reason)
        self.reason = reason
