"""What the pages of the register have in common."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.people.models import Contact, Organisation
from resilience.people.text import CleanCharField
from resilience.people.trail import ADDRESS
from resilience.site.actors import Request

ON_A_PAGE = 50


class ReasonForm(forms.Form):
    """Why something is done that cannot be seen from what it does."""

    reason = CleanCharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("It stands in the trail for ever: no names, no addresses."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if ADDRESS.search(reason):
            raise ValidationError(_("Leave e-mail addresses out: the trail is kept for ever."))
        return reason


def own_contact(ref: UUID) -> Contact:
    """What the actor's organisation knows of a person; 404 where it knows nobody of that reference."""
    contact = Contact.objects.select_related("person", "employer", "organisation").filter(person__ref=ref).first()
    if contact is None:
        raise Http404
    return contact


def known_organisation(key: UUID) -> Organisation:
    found = Organisation.objects.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def posted(request: Request) -> QueryDict | None:
    """What a form was sent with, be it nothing; None where it was only asked for."""
    return request.POST if request.method == "POST" else None


def paged(request: Request, rows: Any) -> Page[Any]:
    """The page that was asked for; the nearest there is, where there is none of that number."""
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
