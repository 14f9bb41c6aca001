"""What is written to those who apply, in their own language."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from resilience.programme import outbox
from resilience.programme.models import Application, Letter


def received(application: Application, now: datetime, language: str) -> None:
    """Says that the application has come in, and by which number it goes."""
    with translation.override(language):
        outbox.write(
            application.call.organisation,
            application.person,
            f"application:{application.pk}:received:{now:%Y%m%d%H%M%S%f}",
            _("Your application: %(title)s") % {"title": application.call.title},
            " ".join(
                [
                    _("Your application has come in and goes by the number %(number)s.")
                    % {"number": application.number},
                    _("Those who review it see its answers and nothing about you."),
                    _("Until the call closes you can apply again: the last answers count."),
                ]
            ),
            now,
            language=language,
        )


def decided(application: Application, status: str, now: datetime) -> None:
    """Says what came of it."""
    language = language_of(application)
    with translation.override(language):
        said = {
            Application.Status.SELECTED: _("You have a place. We write to you about the first meeting."),
            Application.Status.RESERVE: _(
                "You are on the reserve list. If a place becomes free, we write to you at once."
            ),
            Application.Status.DECLINED: _(
                "This time there were more good applications than places. We would be glad if you applied again."
            ),
        }
        outbox.write(
            application.call.organisation,
            application.person,
            f"application:{application.pk}:{status}:{now:%Y%m%d%H%M%S%f}",
            _("Your application: %(title)s") % {"title": application.call.title},
            said[Application.Status(status)],
            now,
            language=language,
        )


def language_of(application: Application) -> str:
    """The language in which the person applied, as their first letter has it."""
    first = Letter.objects.filter(key__startswith=f"application:{application.pk}:received:").order_by("-pk").first()
    return first.language if first else "en"
