"""The public page of an activity: what it is, and asking for a place. No account is needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods

from resilience.people import names, persons
from resilience.people.models import OrganisationKind
from resilience.people.scopes import within
from resilience.people.text import CleanCharField
from resilience.programme import finding, letters, questions, registration
from resilience.programme.models import Activity, ActivityStatus, Meeting, Registration, RegistrationForm
from resilience.site import catalogue
from resilience.site.actors import Request
from resilience.site.pages.activities.shared import add_errors, nation

CONSENT = "consent-"


class AttendForm(forms.Form):
    """Who asks, then the activity's own questions and consents."""

    name = CleanCharField(label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )
    employer = CleanCharField(
        label=gettext_lazy("Where you work or study"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("The organisation's name; leave it empty if there is none."),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )

    def __init__(self, asked: RegistrationForm | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "en"
        for question in asked.questions if asked else []:
            self.fields[question["id"]] = _field(question, questions.in_language(question["label"], language))
        for consent in asked.consents if asked else []:
            self.fields[f"{CONSENT}{consent['purpose']}"] = forms.BooleanField(
                label=questions.in_language(consent["text"], language), required=False
            )

    @property
    def consents(self) -> list[str]:
        """The purposes that were agreed to."""
        return [
            name.removeprefix(CONSENT)
            for name, given in self.cleaned_data.items()
            if name.startswith(CONSENT) and given
        ]


def _field(question: dict[str, Any], label: str) -> forms.Field:
    choices = [(choice, choice) for choice in question["choices"]]
    required = bool(question["required"])
    if question["kind"] == "yes":
        return forms.BooleanField(label=label, required=required)
    if question["kind"] == "choice":
        return forms.ChoiceField(label=label, required=required, choices=[("", "–"), *choices])
    if question["kind"] == "choices":
        return forms.MultipleChoiceField(
            label=label,
            required=required,
            choices=choices,
            widget=forms.SelectMultiple({"size": min(6, len(choices))}),
        )
    return CleanCharField(
        label=label, max_length=questions.LONGEST_TEXT, required=required, widget=forms.Textarea({"rows": 2})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: Request, code: str) -> HttpResponse:
    """The page by the activity's code; who registers is led to their ticket."""
    activity = finding.find(code)
    if activity is None or activity.status == ActivityStatus.DRAFT:
        raise Http404
    with within(activity.organisation):
        asked = questions.current(activity)
        form = AttendForm(asked, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                return _register(request, activity, asked, form)
            except ValidationError as error:
                add_errors(form, error)
        return _page(request, activity, form, sent_again=False)


@transaction.atomic
def _register(request: Request, activity: Activity, asked: RegistrationForm | None, form: AttendForm) -> HttpResponse:
    now = timezone.now()
    given = form.cleaned_data
    answers = questions.checked(asked, given)
    employer = names.find_or_add(given["employer"], OrganisationKind.EMPLOYER) if given["employer"] else None
    person = persons.meet(activity.organisation, given["name"], given["email"], now, employer=employer)
    got: Registration = registration.register(
        activity,
        person,
        now,
        form=asked,
        answers=answers,
        consents=form.consents,
        language=get_language() or "en",
    )
    if got.registered_at == now:
        return redirect("ticket", got.token)
    # Whoever typed this address may be somebody else: the ticket goes to the address, not to the screen.
    letters.sent_again(got, now)
    return _page(request, activity, AttendForm(asked), sent_again=True)


def _page(request: Request, activity: Activity, form: AttendForm, sent_again: bool) -> HttpResponse:
    now = timezone.now()
    places = None if activity.capacity is None else max(0, activity.capacity - registration.taken(activity))
    context = {
        "activity": activity,
        "meetings": Meeting.objects.filter(activity=activity),
        "nation": nation(activity.region),
        "module": catalogue.title_of(activity.module) if activity.module else "",
        "form": form,
        "is_open": activity.status == ActivityStatus.OPEN and activity.ends_at > now,
        "is_full": places == 0,
        "places": places,
        "sent_again": sent_again,
    }
    return render(request, "activities/attend.html", context, status=400 if form.is_bound and form.errors else 200)
