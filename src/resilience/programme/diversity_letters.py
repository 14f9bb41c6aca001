"""Asking by letter for the diversity form: once in a strand, after somebody was first there.

The address that opens the form is nowhere while the letter waits, and nowhere once it is sent: it is drawn at sending.
What stays is that somebody was asked, and whether a form came back. docs/decisions/0009 says why.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from resilience.people import invitations
from resilience.people.models import Contact, DiversityInvitation, Organisation, Person
from resilience.people.models.diversity import Strand
from resilience.people.scopes import whole_programme
from resilience.programme import addresses, outbox
from resilience.programme.models import (
    ActivityKind,
    ActivityStatus,
    Attendance,
    CohortMember,
    Letter,
    Meeting,
    Registration,
)
from resilience.programme.quarters import quarter_end

KEY = "diversity"
# Attendance is still imported and corrected so long after a meeting.
ASKED_WITHIN = timedelta(days=92)
STRANDS = {Strand.TRAINING: ActivityKind.TRAINING, Strand.LEADERSHIP: ActivityKind.LEADERSHIP}


def ask_due(now: datetime) -> int:
    """Writes to everybody who was at training, or at their cohort's meetings, and was never asked; returns how many."""
    with whole_programme("everybody is asked alike, by the partner that held the meeting"):
        return sum(_ask_all(meeting, strand, now) for strand in STRANDS for meeting in _over(strand, now))


def ask(organisation: Organisation, person: Person, strand: Strand | str, now: datetime, language: str = "en") -> bool:
    """Writes to one person, also to who was asked before; False where there is no address, or a form came back."""
    with transaction.atomic(), whole_programme("a person is asked once, whichever partner asks"):
        known = Contact.objects.filter(organisation=organisation, person=person).exclude(email="")
        if invitations.asked(organisation, person, strand, _quarter(now)).answered or not known.exists():
            return False
        _write(organisation, person, strand, now, language)
    return True


def _over(strand: Strand, now: datetime) -> QuerySet[Meeting]:
    meetings = Meeting.objects.filter(
        activity__kind=STRANDS[strand],
        activity__status__in=(ActivityStatus.OPEN, ActivityStatus.CLOSED),
        ends_at__gt=now - ASKED_WITHIN,
        ends_at__lte=now,
    )
    return meetings.select_related("activity__organisation").order_by("ends_at", "pk")


def _quarter(now: datetime) -> date:
    return quarter_end(timezone.localdate(now))


@transaction.atomic
def _ask_all(meeting: Meeting, strand: Strand, now: datetime) -> int:
    organisation = meeting.activity.organisation
    # Whoever cannot be written to is not asked, and not in the base of the response rate.
    reachable = Contact.objects.filter(organisation=organisation).exclude(email="").values("person")
    there = Attendance.objects.filter(meeting=meeting, person__erased_at=None, person__in=reachable)
    if strand == Strand.LEADERSHIP:
        there = there.filter(person__in=CohortMember.objects.filter(cohort__activity=meeting.activity).values("person"))
    people = set(there.values_list("person", flat=True))
    people -= set(DiversityInvitation.objects.filter(strand=strand, person__in=people).values_list("person", flat=True))
    registered = Registration.objects.filter(activity=meeting.activity, person__in=people)
    languages = dict(registered.values_list("person", "language"))
    for person in Person.objects.filter(pk__in=people).order_by("pk"):
        invitations.asked(organisation, person, strand, _quarter(now))
        _write(organisation, person, strand, now, languages.get(person.pk, "en"))
    return len(people)


def _write(organisation: Organisation, person: Person, strand: Strand | str, now: datetime, language: str) -> None:
    with translation.override(language):
        words = [
            _("%(partner)s asks you a few questions about yourself, because of the %(strand)s.")
            % {"partner": organisation, "strand": Strand(strand).label},
            _("They show whether the programme reaches people of all backgrounds. Every question is optional."),
            _("Your answers are kept apart, without your name, and nothing leads back to you. The address works once:"),
            outbox.DRAWN,
        ]
        outbox.write(
            organisation,
            person,
            f"{KEY}:{strand}:{person.pk}:{now:%Y%m%d%H%M%S}",
            _("About you, if you like"),
            "\n\n".join(words),
            now,
            language=language,
        )


def opening(letter: Letter) -> str | None:
    """The address that opens the form, drawn for this sending; None for who has answered since the letter was written.

    Each draw makes the one before invalid, so that a letter sent a second time after a failure opens one form.
    """
    strand = letter.key.split(":")[1]
    token = invitations.invite(letter.organisation, letter.person, strand, _quarter(letter.due_at))
    return None if token is None else addresses.absolute("diversity-form", invitation=token)


def register() -> None:
    """Tells the outbox what it draws for these letters."""
    outbox.draws[KEY] = opening
