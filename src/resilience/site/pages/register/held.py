"""What the columns of somebody's record are called on their page. The export has them all, by their own names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Numbers by which tables find each other, and secrets: no reader of the page needs them.
LEFT_OUT = frozenset(
    {
        "activity", "application", "batch", "call", "cohort", "employer", "form", "form__questions", "kept", "key",
        "meeting", "member", "merged_key", "merged_key_kind", "moved", "organisation", "ref", "registration", "token",
    }
)  # fmt: skip
ORGANISATION, CODE, TITLE = _("Organisation"), _("Code"), _("Activity")
WORDS: dict[str, StrOrPromise] = {
    "organisation__name": ORGANISATION,
    "employer__name": _("Employer"),
    "activity__code": CODE,
    "activity__title": TITLE,
    "meeting__activity__code": CODE,
    "meeting__activity__title": TITLE,
    "meeting__starts_at": _("Meeting"),
    "call__code": _("Call"),
    "cohort__activity__code": CODE,
    "member__cohort__activity__code": CODE,
    "actor_ref": _("By account"),
    "answered": _("Answered"),
    "answered_at": _("Answered on"),
    "answers": _("Answers"),
    "at": _("When"),
    "by": _("Told by"),
    "calendar": _("Calendar"),
    "comment": _("Comment"),
    "competence": _("Competence"),
    "cpd_minutes": _("Minutes of development"),
    "decided_at": _("Decided on"),
    "device": _("Device"),
    "due_at": _("Due on"),
    "evidence": _("Evidence"),
    "failed": _("Attempts that failed"),
    "follow_up": _("Afterwards"),
    "given_at": _("Given on"),
    "issued_at": _("Issued on"),
    "joined_at": _("Joined on"),
    "language": _("Language"),
    "leaving": _("Leaving"),
    "left_at": _("Left on"),
    "level": _("Level"),
    "merged_ref": _("Merged entry"),
    "minutes": _("Minutes"),
    "number": _("Number"),
    "offered_until": _("Offered until"),
    "priority": _("Order of waiting"),
    "project": _("Project"),
    "project_done": _("Project finished"),
    "purpose": _("Purpose"),
    "reason": _("Reason"),
    "received_at": _("Received on"),
    "registered_at": _("Registered on"),
    "reminded_at": _("Reminded on"),
    "retest_due": _("To be shown again by"),
    "scanned_at": _("Scanned on"),
    "score": _("Score"),
    "scores": _("Scores"),
    "sent_at": _("Sent on"),
    "since": _("Since"),
    "source": _("How it is known"),
    "status": _("Standing"),
    "strand": _("About"),
    "subject": _("Subject"),
    "taken_at": _("Taken up on"),
    "text": _("Text"),
    "text_version": _("Version of the text"),
    "undone_at": _("Undone on"),
    "when": _("Before or after"),
    "withdrawn_at": _("Withdrawn on"),
}


def word(column: str) -> str:
    """A column in the reader's language; one that was added since, by its own name in words."""
    return str(WORDS.get(column) or column.replace("__", " ").replace("_", " "))
