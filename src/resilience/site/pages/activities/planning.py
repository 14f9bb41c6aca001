"""Making an activity, changing it, closing it after it was held, calling it off."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from resilience.people.models import Region
from resilience.people.permissions import May
from resilience.people.text import CleanCharField
from resilience.programme import activities
from resilience.programme.activities import MOST_MEETINGS, Sitting
from resilience.programme.models import Activity, ActivityFormat, ActivityKind, Meeting
from resilience.site import catalogue
from resilience.site.actors import Request, needs
from resilience.site.pages.activities.shared import add_errors, own_activity, own_organisation, tell_errors

EMPTY = [("", "–")]


class TimeField(forms.DateTimeField):
    """A day and a time, by the browser's own control."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={"invalid": gettext_lazy("Give a day and a time, as in 2026-03-02 09:30.")},
            **options,
        )


class SittingForm(forms.Form):
    starts_at = TimeField(label=gettext_lazy("Starts"))
    ends_at = TimeField(label=gettext_lazy("Ends"))
    title = CleanCharField(label=gettext_lazy("Title, where there are several"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("starts_at") and given.get("ends_at") and given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", _("The end lies before the start: give a later end."))
        return given


class PlanForm(forms.Form):
    title = CleanCharField(label=gettext_lazy("Title"), max_length=120)
    code = CleanCharField(
        label=gettext_lazy("Code"),
        max_length=24,
        required=False,
        help_text=gettext_lazy("Stands in the public address. Leave it empty to be given one."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ActivityKind.choices)
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=ActivityFormat.choices)
    status = forms.ChoiceField(
        label=gettext_lazy("Registration"),
        choices=[("draft", gettext_lazy("Not yet: a draft")), ("open", gettext_lazy("Open"))],
    )
    description = CleanCharField(
        label=gettext_lazy("Description"), max_length=2000, required=False, widget=forms.Textarea({"rows": 4})
    )
    place = CleanCharField(label=gettext_lazy("Place"), max_length=200, required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), choices=EMPTY + list(Region.choices), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("Empty: no limit."),
    )
    offer_hours = forms.IntegerField(
        label=gettext_lazy("Hours an offered place is kept"), min_value=1, max_value=24 * 30, initial=48
    )
    minimum_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of attendance for a certificate"), min_value=0, max_value=30_000, initial=0
    )
    cpd_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes that count as professional development"),
        min_value=0,
        max_value=30_000,
        initial=0,
    )
    module = forms.ChoiceField(label=gettext_lazy("Module practised"), required=False)
    competences = CleanCharField(
        label=gettext_lazy("Competences taught"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Codes of the competence register, with commas between them."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        module = self.fields["module"]
        assert isinstance(module, forms.ChoiceField)
        module.choices = EMPTY + [(card.id, card.title) for card in catalogue.catalogue()]

    def clean_competences(self) -> list[str]:
        return [code for part in self.cleaned_data["competences"].split(",") if (code := part.strip())]


class Sittings(BaseFormSet):  # type: ignore[type-arg]
    """The meetings of an activity: one at least, so that the only one cannot be taken away."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "too_few_forms": gettext_lazy("Say when it is: an activity has one meeting at least.")
    }

    def add_fields(self, form: SittingForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.total_form_count() == 1:
            del form.fields["DELETE"]


SITTINGS = forms.formset_factory(
    SittingForm, Sittings, extra=0, can_delete=True, min_num=1, validate_min=True, max_num=MOST_MEETINGS,
    absolute_max=MOST_MEETINGS + 10,
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.RUN_ACTIVITIES)
def made(request: Request) -> HttpResponse:
    """A new activity."""
    form = PlanForm(request.POST if request.method == "POST" else None)
    sittings = _sittings(request, [])
    if _is_complete(request, form, sittings):
        try:
            activity = activities.create(
                own_organisation(request), request.actor, sittings=_asked(sittings), **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The activity is made."))
            return redirect("activity", activity.code)
    return _planned(request, form, sittings, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.RUN_ACTIVITIES)
def changed(request: Request, code: str) -> HttpResponse:
    """An activity as it is to be from now on; its code stays."""
    activity = own_activity(code)
    meetings = Meeting.objects.filter(activity=activity)
    form = PlanForm(request.POST if request.method == "POST" else None, initial=_as_form(activity))
    del form.fields["code"]
    sittings = _sittings(
        request, [{"starts_at": one.starts_at, "ends_at": one.ends_at, "title": one.title} for one in meetings]
    )
    if _is_complete(request, form, sittings):
        asked = dict(form.cleaned_data)
        asked["capacity"] = asked["capacity"] or None
        try:
            activities.change(activity, request.actor, timezone.now(), sittings=_asked(sittings), **asked)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request, _("The activity is changed. People with a place are told of a new time or place.")
            )
            return redirect("activity", activity.code)
    return _planned(request, form, sittings, activity)


@require_POST
@needs(May.RUN_ACTIVITIES)
def ended(request: Request, code: str) -> HttpResponse:
    """Closes the activity as held, or cancels it with a reason."""
    activity = own_activity(code)
    try:
        if request.POST.get("do") == "close":
            activities.close(activity, request.actor, timezone.now())
            messages.success(request, _("The activity is closed. It counts from now on."))
        elif request.POST.get("do") == "cancel":
            activities.cancel(activity, request.actor, request.POST.get("reason", ""), timezone.now())
            messages.success(request, _("The activity is cancelled. Everybody who registered is told."))
        else:
            messages.error(request, _("Nothing was changed: the form asked for something unknown."))
    except ValidationError as error:
        tell_errors(request, error)
    return redirect("activity", activity.code)


def _sittings(request: Request, initial: list[dict[str, Any]]) -> BaseFormSet[SittingForm]:
    """The meetings' forms. `more` in the request asks for one more row without saving."""
    if request.method == "POST":
        given = request.POST.copy()
        if "more" in given:
            given["meeting-TOTAL_FORMS"] = str(min(_whole(given.get("meeting-TOTAL_FORMS")) + 1, MOST_MEETINGS))
        return SITTINGS(given, prefix="meeting", initial=initial)
    return SITTINGS(prefix="meeting", initial=initial)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else 0


def _is_complete(request: Request, form: PlanForm, sittings: BaseFormSet[SittingForm]) -> bool:
    return request.method == "POST" and "more" not in request.POST and all([form.is_valid(), sittings.is_valid()])


def _asked(sittings: BaseFormSet[SittingForm]) -> list[Sitting]:
    kept = [one.cleaned_data for one in sittings.forms if one.cleaned_data and not one.cleaned_data.get("DELETE")]
    return [Sitting(one["starts_at"], one["ends_at"], one["title"]) for one in kept]


def _as_form(activity: Activity) -> dict[str, Any]:
    values = {name: getattr(activity, name, None) for name in PlanForm.base_fields}
    return values | {"competences": ", ".join(activity.competences)}


def _planned(
    request: Request, form: PlanForm, sittings: BaseFormSet[SittingForm], activity: Activity | None
) -> HttpResponse:
    context = {"here": "programme", "area": "activities", "form": form, "sittings": sittings, "activity": activity}
    return render(request, "activities/plan.html", context)
