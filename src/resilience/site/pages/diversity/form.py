"""The form that an invitation opens once, and the page on which its withdrawal code takes it back.

Neither page reads or writes who is signed in, and neither leaves a trace in the browser's session or in the trail.
"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from resilience.people import diversity, invitations
from resilience.people.code_lists import QUESTIONS, CodeList, code_list
from resilience.people.models.diversity import Strand
from resilience.programme.quarters import quarter_end

GONE = 410


class AnswersForm(forms.Form):
    """A field for each question, none of them required, nothing chosen beforehand."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        language = get_language() or "en"
        for question in QUESTIONS:
            self.fields[question] = field_of(code_list(question), language)

    def clean(self) -> dict[str, list[str]]:
        """Question -> codes. A choice that contradicts itself is told at its question."""
        answers = {}
        for question in QUESTIONS:
            chosen = self.cleaned_data.get(question) or []
            answers[question] = chosen if isinstance(chosen, list) else [chosen]
            if question not in self.errors and code_list(question).refused(answers[question]):
                self.add_error(question, _("“None” and “prefer not to say” stand alone: take away the other choices."))
        return answers


def field_of(codes: CodeList, language: str) -> forms.Field:
    choices = [(code.code, code.label(language)) for code in codes.codes if code.offered]
    label = codes.ask.label(language)
    if codes.several:
        return forms.MultipleChoiceField(
            label=label,
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Choose all that apply, or none."),
        )
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.RadioSelect, help_text=_("Choose one, or none.")
    )


class WithdrawForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Withdrawal code"),
        max_length=60,
        help_text=gettext_lazy(
            "Six groups of four, such as 2345-6789-ABCD-EFGH-JKMN-PQRS. Capitals and hyphens do not matter."
        ),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def filled(request: HttpRequest, invitation: str) -> HttpResponse:
    """The form; once sent, the withdrawal code, shown this once."""
    asked = invitations.opened_by(invitation)
    if asked is None:
        return render(request, "diversity/gone.html", {"here": "diversity"}, status=GONE)
    form = AnswersForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            code = diversity.submit(invitation, form.cleaned_data, quarter_end(timezone.localdate()))
        except diversity.FormError:
            return render(request, "diversity/gone.html", {"here": "diversity"}, status=GONE)
        return render(request, "diversity/thanks.html", {"here": "diversity", "code": diversity.in_groups(code)})
    context = {
        "here": "diversity",
        "form": form,
        "strand": Strand(asked.strand).label,
        "partner": asked.organisation,
    }
    return render(request, "diversity/form.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawn(request: HttpRequest) -> HttpResponse:
    """Takes a form back by its code."""
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    done = False
    if form.is_bound and form.is_valid():
        done = diversity.withdraw(form.cleaned_data["code"])
        if not done:
            form.add_error(
                "code", _("There is no form with this code: it was taken back before, or the code has a typing error.")
            )
    wrong = form.is_bound and not done
    context = {"here": "diversity", "form": form, "done": done}
    return render(request, "diversity/withdraw.html", context, status=422 if wrong else 200)
