"""Public pages: applying to a call, and the assessment form of a member or a peer. No account is needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from resilience.people.text import CleanCharField
from resilience.programme.leadership import calls, cohorts
from resilience.programme.leadership.words import entries, lists
from resilience.programme.models import Assessment, Call

POINTS = [(str(point), str(point)) for point in range(cohorts.LOWEST, cohorts.HIGHEST + 1)]


class ApplicationForm(forms.Form):
    name = CleanCharField(label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=gettext_lazy("E-mail address"), widget=forms.EmailInput({"autocomplete": "email"}))
    employer = CleanCharField(
        label=gettext_lazy("Where you work"), max_length=120, widget=forms.TextInput({"autocomplete": "organization"})
    )

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in entries(call.questions):
            self.fields[f"answer-{question.id}"] = CleanCharField(
                label=str(question), max_length=calls.LONGEST_ANSWER, widget=forms.Textarea({"rows": 6})
            )

    def answers(self) -> dict[str, str]:
        return {
            name.removeprefix("answer-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("answer-")
        }


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, call: str) -> HttpResponse:
    """The form, and after it the number the application goes by."""
    found, now = calls.find_call(call), timezone.now()
    if found is None:
        raise Http404
    is_open = calls.is_open(found, now)
    form = ApplicationForm(found, request.POST if request.method == "POST" else None)
    number = ""
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            number = calls.apply(
                found,
                now,
                name=asked["name"],
                email=asked["email"],
                employer=asked["employer"],
                answers=form.answers(),
                language=request.LANGUAGE_CODE,
            ).number
        except ValidationError as error:
            form.add_error(None, error.messages)
    context = {"call": found, "open": is_open, "to_come": now < found.opens_at, "form": form, "number": number}
    return render(request, "leadership/apply.html", context, status=422 if form.errors else 200)


class AssessmentForm(forms.Form):
    when = forms.ChoiceField(
        label=gettext_lazy("Is this before or after the accelerator?"),
        choices=Assessment.When.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for behaviour in lists().behaviours:
            self.fields[behaviour.id] = forms.TypedChoiceField(
                label=str(behaviour), choices=POINTS, coerce=int, widget=forms.RadioSelect
            )


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, assessment: str) -> HttpResponse:
    """Five points for each behaviour, by the member or by a peer."""
    opened = cohorts.of_token(assessment)
    if opened is None:
        raise Http404
    member, by = opened
    form = AssessmentForm(request.POST if request.method == "POST" else None)
    done = False
    if request.method == "POST" and form.is_valid():
        scores = {name: value for name, value in form.cleaned_data.items() if name != "when"}
        try:
            cohorts.assess(member, by, form.cleaned_data["when"], scores, timezone.now())
            done = True
        except ValidationError as error:
            form.add_error(None, error)
    context = {"form": form, "by": by, "done": done, "activity": member.cohort.activity}
    return render(request, "leadership/assess.html", context, status=422 if form.errors else 200)
