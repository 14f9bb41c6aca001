"""Two entries that are one person: likely pairs, making one of two, undoing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resilience.people import duplicates, persons
from resilience.people.apart import tell_apart, told_apart
from resilience.people.models import Contact, PersonMerge
from resilience.people.permissions import May
from resilience.site.actors import Request, needs
from resilience.site.pages.register.shared import ReasonForm, own_contact, posted


@require_safe
@needs(May.MANAGE_PERSONS)
def alike(request: Request) -> HttpResponse:
    """Pairs of the organisation's contacts that are likely to be one person."""
    named = Contact.objects.exclude(name="").select_related("person", "employer")
    pairs = duplicates.likely(named, apart=told_apart())
    context = {"here": "programme", "area": "persons", "pairs": pairs}
    return render(request, "register/persons_alike.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_PERSONS)
def merged(request: Request, ref: UUID, other: UUID) -> HttpResponse:
    """Shows both side by side and asks for a reason; `ref` is who stays."""
    kept, gone = own_contact(ref), own_contact(other)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            persons.merge(kept.person, gone.person, request.actor, form.cleaned_data["reason"], timezone.now())
        except persons.CannotMergeError:
            form.add_error(None, _("These two are one person already. Choose two different ones."))
        else:
            messages.success(request, _("The two are one person now. This page can undo it."))
            return redirect("met", ref)
    context = {"here": "programme", "area": "persons", "contacts": [kept, gone], "form": form}
    return render(request, "register/merge.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(May.MANAGE_PERSONS)
def apart(request: Request, ref: UUID, other: UUID) -> HttpResponse:
    """Keeps that these are two people: they are not proposed again."""
    tell_apart(own_contact(ref).person.ref, own_contact(other).person.ref, request.actor, timezone.now())
    messages.success(request, _("They are two people. This pair is not shown again."))
    return redirect("persons-alike")


@require_POST
@needs(May.MANAGE_PERSONS)
def undone(request: Request, merge: int) -> HttpResponse:
    """Undoes a merge into somebody the organisation knows."""
    found = PersonMerge.objects.select_related("kept").filter(pk=merge).first()
    if found is None:
        raise Http404
    kept = own_contact(found.kept.ref)
    try:
        persons.unmerge(found, request.actor, at=timezone.now())
    except persons.CannotMergeError:
        messages.error(request, _("This merge was undone before."))
    else:
        messages.success(request, _("They are two people again."))
    return redirect("met", kept.person.ref)
