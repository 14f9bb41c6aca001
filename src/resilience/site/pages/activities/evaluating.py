"""Evaluation: the forms people answer by a token, and what the answers of an activity come to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from resilience.people.few import FEWEST
from resilience.people.permissions import May
from resilience.people.scopes import within
from resilience.people.text import CleanCharField
from resilience.programme import evaluation, evaluation_summary
from resilience.programme.questionnaires import LONGEST_TEXT, POINTS, Item, Questionnaire
from resilience.programme.questions import in_language
from resilience.site.actors import Request, needs
from resilience.site.pages.activities.shared import add_errors, own_activity

POINT_NAMES = [
    ("", gettext_lazy("No answer")),
    ("1", gettext_lazy("1, not at all")),
    ("2", "2"),
    ("3", gettext_lazy("3, partly")),
    ("4", "4"),
    ("5", gettext_lazy("5, fully")),
]


class EvaluationForm(forms.Form):
    """The questions of a level. None must be answered."""

    def __init__(self, asked: Questionnaire, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "en"
        for item in asked.items:
            self.fields[item.id] = _field(item, in_language(item.label, language))


def _field(item: Item, label: str) -> forms.Field:
    if item.kind == "rating":
        return forms.ChoiceField(label=label, choices=POINT_NAMES, required=False)
    if item.kind == "choice":
        choices = [("", POINT_NAMES[0][1]), *((choice, choice) for choice in item.choices)]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    return CleanCharField(label=label, max_length=LONGEST_TEXT, required=False, widget=forms.Textarea({"rows": 3}))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: Request, asked: str) -> HttpResponse:
    """A request's form; once it is answered, thanks."""
    found = evaluation.find(asked)
    if found is None:
        raise Http404
    with within(found.activity.organisation):
        context: dict[str, Any] = {"asked": found, "activity": found.activity}
        if found.answered_at is not None or not evaluation.is_open(found, timezone.now()):
            return render(request, "activities/answered.html", context)
        form = EvaluationForm(evaluation.asked_by(found), request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                evaluation.answer(found, form.cleaned_data, timezone.now())
            except ValidationError as error:
                add_errors(form, error)
            else:
                found.answered_at = timezone.now()
                return render(request, "activities/answered.html", context)
        return render(
            request,
            "activities/evaluate.html",
            context | {"form": form},
            status=400 if form.is_bound and form.errors else 200,
        )


@require_safe
@needs(May.SEE_REGISTERS)
def summed_up(request: Request, code: str) -> HttpResponse:
    """What was answered at each level, with small numbers kept back."""
    activity = own_activity(code)
    language = get_language() or "en"
    levels = [
        {
            "summary": level,
            "percent": None if level.rate is None else round(100 * level.rate),
            "questions": [
                {
                    "label": in_language(question.label, language),
                    "summary": question,
                    "bars": [
                        {"name": name, "count": count, "of": question.answered} for name, count in question.counts
                    ],
                }
                for question in level.questions
            ],
        }
        for level in evaluation_summary.summary(activity)
    ]
    learning = evaluation_summary.learning(activity)
    context = {
        "here": "programme",
        "area": "activities",
        "activity": activity,
        "levels": levels,
        "learning": learning,
        "before": None if learning.before is None else round(100 * learning.before),
        "after": None if learning.after is None else round(100 * learning.after),
        "fewest": FEWEST,
        "points": POINTS,
    }
    return render(request, "activities/evaluation.html", context)
