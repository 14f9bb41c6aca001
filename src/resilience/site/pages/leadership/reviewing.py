"""Reviewing: one application after another, by number and answers alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from resilience.people.permissions import May
from resilience.people.text import CleanCharField
from resilience.programme.leadership import calls
from resilience.programme.leadership.words import entries
from resilience.programme.models import Call
from resilience.site.actors import Request, needs
from resilience.site.pages.leadership.calls import call_or_404

SCORES = [(str(score), str(score)) for score in range(calls.HIGHEST_SCORE + 1)]


class ReviewForm(forms.Form):
    """A row of scores for each criterion of the call, and a comment for those who select."""

    number = forms.CharField(widget=forms.HiddenInput, max_length=8)

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in entries(call.criteria):
            self.fields[f"score-{criterion.id}"] = forms.TypedChoiceField(
                label=str(criterion), choices=SCORES, coerce=int, widget=forms.RadioSelect
            )
        self.fields["comment"] = CleanCharField(
            label=gettext_lazy("Comment (seen by those who select)"),
            max_length=1000,
            required=False,
            widget=forms.Textarea({"rows": 3}),
        )

    def scores(self) -> dict[str, int]:
        return {
            name.removeprefix("score-"): value for name, value in self.cleaned_data.items() if name.startswith("score-")
        }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.REVIEW_APPLICATIONS)
def reviewed(request: Request, call: str) -> HttpResponse:
    """The next application that this reviewer has not scored."""
    found = call_or_404(call)
    assert request.actor.account is not None
    waiting = calls.to_review(found, request.actor.account)
    form = ReviewForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        one = next((one for one in waiting if one.number == request.POST.get("number")), None)
        if one is None:
            messages.error(request, _("This application is not for you to review, or you have reviewed it."))
            return redirect("call-review", found.code)
        if form.is_valid():
            try:
                scores = form.scores()
                calls.review(one, request.actor.account, scores, form.cleaned_data["comment"], timezone.now())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Application %(number)s is scored.") % {"number": one.number})
                return redirect("call-review", found.code)
    else:
        one = waiting[0] if waiting else None
        form = ReviewForm(found, initial={"number": one.number} if one else None)
    answers = [(question, one.answers.get(question.id, "")) for question in entries(found.questions)] if one else []
    context = {
        "here": "programme",
        "area": "calls",
        "call": found,
        "one": one,
        "answers": answers,
        "waiting": len(waiting),
        "form": form,
    }
    return render(request, "leadership/review.html", context, status=422 if form.errors else 200)
