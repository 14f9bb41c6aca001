"""What an activity asks: the registration form with its consents, and the test before and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from resilience.people.models import Purpose
from resilience.people.permissions import May
from resilience.people.text import CleanCharField
from resilience.programme import learning_tests, questions
from resilience.programme.models import LearningTest
from resilience.site.actors import Request, needs
from resilience.site.pages.activities.shared import add_errors, own_activity, tell_errors

CHOICES_HELP = gettext_lazy("Each on its line.")
KINDS = [
    ("text", gettext_lazy("Words")),
    ("choice", gettext_lazy("One of several")),
    ("choices", gettext_lazy("Any of several")),
    ("yes", gettext_lazy("A tick")),
]


class QuestionForm(forms.Form):
    label = CleanCharField(label=gettext_lazy("Question in English"), max_length=200)
    label_cy = CleanCharField(label=gettext_lazy("Question in Welsh"), max_length=200, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Answered by"), choices=KINDS)
    choices = CleanCharField(
        label=gettext_lazy("Choices"),
        max_length=4000,
        required=False,
        help_text=CHOICES_HELP,
        widget=forms.Textarea({"rows": 4}),
    )
    required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(label=gettext_lazy("Consent to"), choices=Purpose.choices)
    text = CleanCharField(
        label=gettext_lazy("Words in English"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Empty: this consent is not asked for."),
        widget=forms.Textarea({"rows": 2}),
    )
    text_cy = CleanCharField(
        label=gettext_lazy("Words in Welsh"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )


class TestQuestionForm(forms.Form):
    label = CleanCharField(label=gettext_lazy("Question in English"), max_length=200)
    label_cy = CleanCharField(label=gettext_lazy("Question in Welsh"), max_length=200, required=False)
    choices = CleanCharField(
        label=gettext_lazy("Choices"), max_length=4000, help_text=CHOICES_HELP, widget=forms.Textarea({"rows": 4})
    )
    right = forms.IntegerField(
        label=gettext_lazy("Number of the right choice"), min_value=1, max_value=learning_tests.MOST_CHOICES
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.RUN_ACTIVITIES)
def form(request: Request, code: str) -> HttpResponse:
    """The registration form's questions and consents; each change of an answered form makes a new version."""
    activity = own_activity(code)
    doing = request.POST.get("do")
    question = QuestionForm(request.POST if doing == "question" else None)
    consent = ConsentForm(request.POST if doing == "consent" else None)
    if doing == "question" and question.is_valid():
        asked = question.cleaned_data
        label = {"en": asked["label"], "cy": asked["label_cy"]}
        choices = asked["choices"].splitlines()
        if _done(
            request,
            question,
            lambda: questions.add_question(
                activity, label=label, kind=asked["kind"], choices=choices, required=asked["required"]
            ),
        ):
            messages.success(request, _("The question is asked from now on."))
            return redirect("activity-form", activity.code)
    elif doing == "consent" and consent.is_valid():
        words = {"en": consent.cleaned_data["text"], "cy": consent.cleaned_data["text_cy"]}
        if _done(request, consent, lambda: questions.ask_consent(activity, consent.cleaned_data["purpose"], words)):
            messages.success(request, _("The consent is kept."))
            return redirect("activity-form", activity.code)
    elif doing == "remove":
        questions.remove_question(activity, request.POST.get("question", ""))
        messages.success(request, _("The question is asked no more. Answers given to it stay."))
        return redirect("activity-form", activity.code)
    current = questions.current(activity)
    context = {
        "here": "programme",
        "area": "activities",
        "activity": activity,
        "form_now": current,
        "questions": current.questions if current else [],
        "consents": [(Purpose(one["purpose"]).label, one["text"]) for one in (current.consents if current else [])],
        "kinds": dict(KINDS),
        "question_form": question,
        "consent_form": consent,
    }
    return render(request, "activities/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.RUN_ACTIVITIES)
def test(request: Request, code: str) -> HttpResponse:
    """The questions asked before and after the activity; fixed once somebody was asked."""
    activity = own_activity(code)
    doing = request.POST.get("do")
    question = TestQuestionForm(request.POST if doing == "question" else None)
    if doing == "question" and question.is_valid():
        asked = question.cleaned_data
        label = {"en": asked["label"], "cy": asked["label_cy"]}
        choices = asked["choices"].splitlines()
        if _done(
            request,
            question,
            lambda: learning_tests.add_question(activity, label, choices, right=int(asked["right"]) - 1),
        ):
            messages.success(request, _("The question is asked before and after."))
            return redirect("activity-test", activity.code)
    elif doing == "remove":
        wanted = request.POST.get("question", "")
        if _done(request, question, lambda: learning_tests.remove_question(activity, wanted)):
            return redirect("activity-test", activity.code)
    found = LearningTest.objects.filter(activity=activity).order_by("-version").first()
    context = {
        "here": "programme",
        "area": "activities",
        "activity": activity,
        "questions": found.questions if found else [],
        "question_form": question,
    }
    return render(request, "activities/test.html", context)


def _done(request: Request, form: forms.Form, use_case: Callable[[], Any]) -> bool:
    """Whether the service did it; what it refused stands in the form, or above the page where none was sent."""
    try:
        use_case()
    except ValidationError as error:
        if form.is_bound:
            add_errors(form, error)
        else:
            tell_errors(request, error)
        return False
    return True
