"""The people that the actor's organisation met: list, what is known of one, export, erasure."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resilience.people import contacts, invitations, privacy
from resilience.people.models import Contact, PersonMerge, Region
from resilience.people.models.diversity import Strand
from resilience.people.permissions import May
from resilience.people.text import CleanCharField
from resilience.programme import diversity_letters
from resilience.programme.quarters import quarter_end
from resilience.site.actors import Request, needs
from resilience.site.pages.register.held import LEFT_OUT, word
from resilience.site.pages.register.shared import ReasonForm, own_contact, paged, posted

EMPTY: tuple[Any, ...] = (None, "", [], {})
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*[+-]\d\d:\d\d$")


class ContactForm(forms.Form):
    name = CleanCharField(label=gettext_lazy("Name"), max_length=120, required=False)
    employer = CleanCharField(
        label=gettext_lazy("Employer"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("By any spelling the register knows; a new one is added."),
    )
    job = CleanCharField(label=gettext_lazy("Job role"), max_length=64, required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("not known")), *Region.choices]  # type: ignore[attr-defined]


class EraseForm(ReasonForm):
    sure = forms.BooleanField(label=gettext_lazy("I know that this cannot be undone"))


@require_safe
@needs(May.MANAGE_PERSONS)
def listed(request: Request) -> HttpResponse:
    """Everybody the organisation met, found by name, address or employer."""
    search = request.GET.get("search", "").strip()[:120]
    found = Contact.objects.select_related("person", "employer")
    if search:
        found = found.filter(
            Q(name__icontains=search) | Q(email__icontains=search) | Q(employer__name__icontains=search)
        )
    context = {"here": "programme", "area": "persons", "page": paged(request, found), "search": search}
    return render(request, "register/persons.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_PERSONS)
def detail(request: Request, ref: UUID) -> HttpResponse:
    """What is known of a person; the form corrects it."""
    contact = own_contact(ref)
    form = ContactForm(posted(request), initial=known(contact))
    if request.method == "POST" and form.is_valid():
        contacts.correct(contact, request.actor, **form.cleaned_data)
        messages.success(request, _("The corrections are kept."))
        return redirect("met", ref)
    return page(request, contact, form, status=422 if form.is_bound else 200)


def known(contact: Contact) -> dict[str, str]:
    employer = contact.employer.name if contact.employer else ""
    return {"name": contact.name, "employer": employer, "job": contact.job, "region": contact.region}


def page(request: Request, contact: Contact, form: forms.Form, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "here": "programme",
        "area": "persons",
        "contact": contact,
        "form": form,
        "sections": sections(contact),
        "merges": PersonMerge.objects.filter(kept=contact.person, undone_at=None),
        "strands": Strand.choices,
        **more,
    }
    return render(request, "register/person.html", context, status=status)


def sections(contact: Contact) -> list[tuple[str, list[str], list[list[str]]]]:
    """What is held beside the contact itself: (title, headings, rows) of each table that has any."""
    found = []
    for holder in privacy.all_holders():
        # The contact and the merges have places of their own on the page.
        rows = [] if holder.table in {Contact, PersonMerge} else holder.export(contact.person, contact.organisation)
        if rows:
            named = [name for name in rows[0] if name not in LEFT_OUT]
            headings = [name for name in named if any(row[name] not in EMPTY for row in rows)]
            words = [word(name) for name in headings]
            found.append((str(holder.title), words, [[shown(row[name]) for name in headings] for row in rows]))
    return found


def shown(value: Any) -> str:
    """An exported value as it is read: times by the reader's clock, lists and forms as JSON."""
    if value in EMPTY:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and TIME.match(value):
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@never_cache
@require_safe
@needs(May.MANAGE_PERSONS)
def exported(request: Request, ref: UUID) -> HttpResponse:
    """All that is known of a person, as a file for them. That it was taken stands in the trail."""
    contact = own_contact(ref)
    answer = JsonResponse(
        contacts.handed_over(contact, request.actor), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    answer["Content-Disposition"] = f'attachment; filename="person-{ref}.json"'
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_PERSONS)
def erased(request: Request, ref: UUID) -> HttpResponse:
    """Says what erasing means, asks for a reason, and erases."""
    contact = own_contact(ref)
    form = EraseForm(posted(request))
    signs_in = contacts.signs_in(contact)
    if request.method == "POST" and form.is_valid() and signs_in:
        form.add_error(None, _("This person signs in: an administrator takes the role away first, under People."))
    if request.method == "POST" and form.is_valid():
        privacy.erase(contact.person, request.actor, form.cleaned_data["reason"], timezone.now())
        messages.success(request, _("The person is erased. What was counted stays counted."))
        return redirect("persons")
    context = {
        "here": "programme",
        "area": "persons",
        "contact": contact,
        "form": form,
        "others": contacts.other_partners(contact),
        "signs_in": signs_in,
    }
    return render(request, "register/erase.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(May.MANAGE_PERSONS)
def invited(request: Request, ref: UUID) -> HttpResponse:
    """Invites to the diversity form: by letter, or by an address that is shown this once, to be handed over."""
    contact = own_contact(ref)
    strand = request.POST.get("strand", "")
    if strand not in Strand.values:
        messages.error(request, _("Choose what the form is about: training or leadership."))
        return redirect("met", ref)
    if request.POST.get("by") == "letter":
        language = get_language() or "en"
        if diversity_letters.ask(contact.organisation, contact.person, strand, timezone.now(), language):
            messages.success(request, _("The letter is in the outbox: its address is drawn when it is sent."))
        else:
            messages.error(request, _("No letter was written: there is no address, or a form came back already."))
        return redirect("met", ref)
    token = invitations.invite(contact.organisation, contact.person, strand, quarter_end(timezone.localdate()))
    if token is None:
        messages.success(request, _("A form came back from this person already. Nobody is asked twice."))
        return redirect("met", ref)
    link = request.build_absolute_uri(reverse("diversity-form", args=[token]))
    return page(request, contact, ContactForm(initial=known(contact)), link=link)
