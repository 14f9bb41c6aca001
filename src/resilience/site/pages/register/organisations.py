"""The register of organisations: list by kind, adding, correcting, spellings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from resilience.people import register
from resilience.people.models import (
    NameTakenError,
    Organisation,
    OrganisationAlias,
    OrganisationKind,
    Region,
    Role,
    Size,
)
from resilience.people.permissions import Actor, May
from resilience.people.spelling import key_of
from resilience.people.text import CleanCharField
from resilience.site.actors import Request, needs
from resilience.site.pages.register.shared import known_organisation, paged, posted


def taken(name: str) -> str:
    """Whose spelling a name is, in words for a form."""
    known = OrganisationAlias.objects.select_related("organisation").get(key=key_of(name))
    return _("This is a spelling of %(organisation)s already. Use that entry, or choose another name.") % {
        "organisation": known.organisation
    }


class OrganisationForm(forms.Form):
    name = CleanCharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    size = forms.ChoiceField(label=gettext_lazy("Size"), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = actor.role is Role.LEAD
        own_kind = kwargs.get("initial", {}).get("kind")
        kinds = [kind for kind in OrganisationKind if lead or kind in register.KEPT_BY_ALL or kind == own_kind]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", _("not known")), *Region.choices]  # type: ignore[attr-defined]
        self.fields["size"].choices = [("", _("not known")), *Size.choices]  # type: ignore[attr-defined]


class SpellingForm(forms.Form):
    spelling = CleanCharField(label=gettext_lazy("Another spelling"), max_length=120)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_ORGANISATIONS)
def listed(request: Request) -> HttpResponse:
    """All organisations of the programme, and the form that adds one."""
    form = OrganisationForm(request.actor, posted(request), initial={"kind": OrganisationKind.EMPLOYER})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = register.add(asked["name"], asked["kind"], request.actor, asked["region"], asked["size"])
        except NameTakenError:
            form.add_error("name", taken(asked["name"]))
        else:
            messages.success(request, _("%(organisation)s is in the register.") % {"organisation": made})
            return redirect("organisation", made.pk)
    search, kind = request.GET.get("search", "").strip()[:120], request.GET.get("kind", "")
    found = Organisation.objects.order_by("name")
    if kind in OrganisationKind.values:
        found = found.filter(kind=kind)
    if search:
        found = found.filter(
            Q(name__icontains=search)
            | Q(pk__in=OrganisationAlias.objects.filter(name__icontains=search).values("organisation"))
        )
    context = {
        "here": "programme",
        "area": "organisations",
        "page": paged(request, found),
        "search": search,
        "kind": kind,
        "kinds": OrganisationKind.choices,
        "form": form,
    }
    return render(request, "register/organisations.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_ORGANISATIONS)
def detail(request: Request, organisation: UUID) -> HttpResponse:
    """One organisation, its spellings, and the form that corrects it."""
    found = known_organisation(organisation)
    known = {"name": found.name, "kind": found.kind, "region": found.region, "size": found.size}
    form = OrganisationForm(request.actor, posted(request), initial=known)
    if request.method == "POST":
        refuse_unless_may(request, found)
        if form.is_valid():
            try:
                register.change(found, request.actor, **form.cleaned_data)
            except NameTakenError:
                form.add_error("name", taken(form.cleaned_data["name"]))
            else:
                messages.success(request, _("The corrections are kept."))
                return redirect("organisation", organisation)
    return page(request, known_organisation(organisation), form, SpellingForm())


def page(request: Request, organisation: Organisation, form: OrganisationForm, spelling: SpellingForm) -> HttpResponse:
    context = {
        "here": "programme",
        "area": "organisations",
        "organisation": organisation,
        "form": form,
        "spelling": spelling,
        "own_key": key_of(organisation.name),
        "may_change": register.may_change(request.actor, organisation),
    }
    wrong = form.is_bound or spelling.is_bound
    return render(request, "register/organisation.html", context, status=422 if wrong else 200)


@require_POST
@needs(May.MANAGE_ORGANISATIONS)
def spellings(request: Request, organisation: UUID) -> HttpResponse:
    """Adds a spelling, or forgets one."""
    found = known_organisation(organisation)
    refuse_unless_may(request, found)
    if "forget" in request.POST:
        alias = found.aliases.filter(pk=number(request.POST["forget"])).first()
        if alias is None:
            raise Http404
        if register.remove_alias(alias, request.actor):
            messages.success(request, _("The spelling is forgotten."))
        else:
            messages.error(request, _("This is the organisation's own name. Change the name first."))
        return redirect("organisation", organisation)
    form = SpellingForm(request.POST)
    if form.is_valid():
        try:
            register.add_alias(found, form.cleaned_data["spelling"], request.actor)
        except NameTakenError:
            form.add_error("spelling", taken(form.cleaned_data["spelling"]))
        else:
            messages.success(request, _("The spelling is known from now on."))
            return redirect("organisation", organisation)
    known = {"name": found.name, "kind": found.kind, "region": found.region, "size": found.size}
    return page(request, found, OrganisationForm(request.actor, initial=known), form)


def number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def refuse_unless_may(request: Request, organisation: Organisation) -> None:
    if not register.may_change(request.actor, organisation):
        raise PermissionDenied
