"""What people type into the programme's forms, made plain and refused by field where that is not possible."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resilience.people.text import TextError, clean
from resilience.people.trail import ADDRESS

LONGEST_REASON = 200


def plain(field: str, text: str, limit: int, lines: bool = False) -> str:
    """The cleaned text. Raises ValidationError for the field."""
    try:
        return clean(text, limit, lines)
    except TextError as error:
        raise ValidationError({field: str(error)}) from error


def reason(text: str, needed: str = "") -> str:
    """A reason as the trail keeps it. Raises ValidationError for `reason`; without one, in the words `needed`."""
    said = plain("reason", text, LONGEST_REASON)
    if needed and not said:
        raise ValidationError({"reason": needed})
    if ADDRESS.search(said):
        raise ValidationError({"reason": _("The trail keeps reasons for ever: leave e-mail addresses out.")})
    return said
