"""Who leads a class: opening one, showing its code, seeing how far it is, closing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resilience.people.permissions import May
from resilience.programme import outreach, qr
from resilience.programme.models import Activity, ActivityKind, ActivityStatus, ClassJoin, HeadCountKind
from resilience.site import catalogue, live
from resilience.site.actors import Request, needs

# What a class plays where nobody chooses, the best first: the first of these lines whose modules are all installed.
USUAL = (("make-a-medicine",), ("controls", "first-vials"), ("controls", "aseptic-filling"))
HOURS = ((1, "1 h"), (2, "2 h"), (4, "4 h"), (8, "8 h"))


def usual() -> list[str]:
    installed = {card.id for card in catalogue.catalogue()}
    return next(list(line) for line in USUAL if set(line) <= installed)


class ClassForm(forms.Form):
    activity: forms.ModelChoiceField[Activity] = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Activity"), empty_label=None
    )
    year_group = forms.CharField(
        label=gettext_lazy("Year group"),
        max_length=24,
        required=False,
        help_text=gettext_lazy("Such as Year 9 or S3. Leave it empty where years are mixed."),
    )
    hours = forms.TypedChoiceField(label=gettext_lazy("Open for"), choices=HOURS, coerce=int, initial=2)
    modules = forms.MultipleChoiceField(
        label=gettext_lazy("What the class plays, in this order"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        activities = Activity.objects.filter(
            kind=ActivityKind.OUTREACH, status__in=[ActivityStatus.DRAFT, ActivityStatus.OPEN]
        )
        self.fields["activity"].queryset = activities.order_by("-starts_at")  # type: ignore[attr-defined]
        cards = sorted(catalogue.catalogue(), key=lambda card: card.minutes)
        self.fields["modules"].choices = [(card.id, card.title) for card in cards]  # type: ignore[attr-defined]
        self.fields["modules"].initial = usual()


class CloseForm(forms.Form):
    heads = forms.IntegerField(
        label=gettext_lazy("How many pupils were there?"),
        min_value=0,
        max_value=2000,
        required=False,
        help_text=gettext_lazy("Empty: the number of devices is kept, as an estimate."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("How is that known?"), choices=HeadCountKind.choices, initial=HeadCountKind.COUNTED
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.SEE_REGISTERS)
def listed(request: Request) -> HttpResponse:
    """The organisation's classes, and the form that opens one."""
    form = ClassForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked, now = form.cleaned_data, timezone.now()
        try:
            group = outreach.open_class(
                asked["activity"],
                asked["modules"],
                asked["year_group"],
                now + timedelta(hours=asked["hours"]),
                request.actor,
                now,
            )
            return redirect("class", group.pk)
        except ValidationError as error:
            form.add_error(None, error)
    groups = ClassJoin.objects.select_related("activity")
    rows = [(group, outreach.counts(group)) for group in groups[:100]]
    context = {
        "here": "programme",
        "area": "classes",
        "form": form,
        "open": [row for row in rows if row[0].closed_at is None],
        "over": [row for row in rows if row[0].closed_at is not None],
        "choices": form.fields["activity"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "outreach/classes.html", context, status=422 if form.errors else 200)


@require_safe
@needs(May.SEE_REGISTERS)
def detail(request: Request, group: int) -> HttpResponse:
    """The code, large, for the wall; the counts; the end of the class."""
    found = class_or_404(group)
    address = request.build_absolute_uri(reverse("join-code", args=[found.code])) if found.code else ""
    titles = {card.id: card.title for card in catalogue.catalogue()}
    counts = outreach.counts(found)
    return render(
        request,
        "outreach/class.html",
        {
            "here": "programme",
            "area": "classes",
            "group": found,
            "counts": counts,
            "titles": [titles.get(module, module) for module in found.modules],
            "address": address,
            "plain": request.build_absolute_uri(reverse("join")),
            "qr": qr.data_address(address) if address else "",
            "form": CloseForm(initial={"heads": counts.joined or None}),
        },
    )


@require_safe
@needs(May.SEE_REGISTERS)
def counted(request: Request, group: int) -> JsonResponse:
    """How many have joined, started, finished; the page asks every few seconds."""
    found = class_or_404(group)
    counts = outreach.counts(found)
    told = {"joined": counts.joined, "started": counts.started, "finished": counts.finished}
    return JsonResponse(told | {"open": found.closed_at is None}, headers={"Cache-Control": "no-store"})


@require_POST
@needs(May.SEE_REGISTERS)
def closed(request: Request, group: int) -> HttpResponse:
    """Ends the class. Only counts remain."""
    found = class_or_404(group)
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was closed: give a whole number of pupils, or leave it empty."))
        return redirect("class", group)
    asked = form.cleaned_data
    live.forget(outreach.close_class(found, request.actor, timezone.now(), asked["heads"], asked["kind"]))
    messages.success(request, _("The class is closed. Only its counts remain."))
    return redirect("class", group)


def class_or_404(group: int) -> ClassJoin:
    found: ClassJoin | None = ClassJoin.objects.select_related("activity").filter(pk=group).first()
    if found is None:
        raise Http404
    return found
