"""What the pages of activities have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from resilience.people.models import Organisation, Region, nation_of
from resilience.programme.models import Activity
from resilience.site.actors import Request


def own_organisation(request: Request) -> Organisation:
    """The organisation that the actor acts for; `needs` has seen to it that there is one."""
    organisation = request.actor.organisation
    assert organisation is not None
    return organisation


def own_activity(code: str) -> Activity:
    """The activity, of the actor's own organisation alone."""
    found = Activity.objects.select_related("organisation").filter(code=code.upper()).first()
    if found is None:
        raise Http404
    return found


def nation(region: str) -> str:
    """The nation of a region, for people; empty where none is given, and where region and nation are one."""
    if not region:
        return ""
    found = str(nation_of(Region(region)).label)
    return "" if found == str(Region(region).label) else found


def tell_errors(request: HttpRequest, error: ValidationError) -> None:
    """Says above the page what a service refused, where there is no form to say it beside a field."""
    for message in error.messages:
        messages.error(request, message)


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Puts what a service refused beside the form's fields; what belongs to none of them above the form."""
    by_field: dict[str, Any] = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for field, said in by_field.items():
        form.add_error(field if field in form.fields else None, said)
