"""The registration form of an activity: its questions and consents by version, and answers held against them.

A version that was answered is never changed: the next change makes a new one, and old answers keep theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resilience.people.models import Purpose
from resilience.programme.finding import locked
from resilience.programme.models import Activity, Registration, RegistrationForm
from resilience.programme.typed import plain

KINDS = ("text", "choice", "choices", "yes")
MOST_QUESTIONS = 20
MOST_CHOICES = 20
LONGEST_TEXT = 500
LONGEST_LABEL = 200

Question = dict[str, Any]


def current(activity: Activity) -> RegistrationForm | None:
    """The version that is asked now; none where the activity asks nothing."""
    return RegistrationForm.objects.filter(activity=activity).order_by("-version").first()


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in the reader's language; in English where that is missing."""
    return texts.get(language) or texts.get("en", "")


@transaction.atomic
def add_question(
    activity: Activity, *, label: Mapping[str, str], kind: str, choices: list[str], required: bool
) -> RegistrationForm:
    """Asks one thing more. Raises ValidationError by field."""
    words = {language: plain("label", text, LONGEST_LABEL) for language, text in label.items() if text.strip()}
    if "en" not in words:
        raise ValidationError({"label": _("Write the question, at least in English.")})
    if kind not in KINDS:
        raise ValidationError({"kind": _("Choose one of the kinds in the list.")})
    offered = list(dict.fromkeys(text for choice in choices if (text := plain("choices", choice, LONGEST_LABEL))))
    if kind in {"choice", "choices"} and not 2 <= len(offered) <= MOST_CHOICES:
        raise ValidationError({"choices": _("Give 2 to %(most)s choices, each on its line.") % {"most": MOST_CHOICES}})
    if kind not in {"choice", "choices"}:
        offered = []

    def with_it(questions: list[Question]) -> list[Question]:
        if len(questions) >= MOST_QUESTIONS:
            raise ValidationError(_("A form has at most %(most)s questions.") % {"most": MOST_QUESTIONS})
        number = 1 + max((int(question["id"][1:]) for question in questions), default=0)
        added = {"id": f"q{number}", "label": words, "kind": kind, "choices": offered, "required": required}
        return [*questions, added]

    return _change(activity, questions=with_it)


@transaction.atomic
def remove_question(activity: Activity, question: str) -> RegistrationForm:
    """Asks it no more; answers that were given to it stay with their version."""
    return _change(activity, questions=lambda asked: [one for one in asked if one["id"] != question])


@transaction.atomic
def ask_consent(activity: Activity, purpose: str, text: Mapping[str, str]) -> RegistrationForm:
    """Asks for a consent in these words, in place of earlier words for the purpose; empty words ask no more."""
    if purpose not in Purpose.values:
        raise ValidationError({"purpose": _("Choose one of the purposes in the list.")})
    words = {language: plain("text", said, LONGEST_TEXT) for language, said in text.items() if said.strip()}

    def with_it(consents: list[Question]) -> list[Question]:
        others = [one for one in consents if one["purpose"] != purpose]
        return [*others, {"purpose": purpose, "text": words}] if words.get("en") else others

    return _change(activity, consents=with_it)


def checked(form: RegistrationForm | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as they are kept, by question. Raises ValidationError by question; nothing unasked is kept."""
    kept: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for question in form.questions if form else []:
        try:
            answer = _CHECKS[question["kind"]](question, given.get(question["id"]))
        except ValidationError as error:
            wrong[question["id"]] = error.messages[0]
            continue
        if answer:
            kept[question["id"]] = answer
        elif question["required"]:
            wrong[question["id"]] = _("An answer is needed here.")
    if wrong:
        raise ValidationError(dict(wrong))
    return kept


def _change(activity: Activity, **edits: Callable[[list[Question]], list[Question]]) -> RegistrationForm:
    """The newest version edited where nobody has answered it, else a new version with the edits."""
    activity = locked(activity)
    form = current(activity)
    if form is None:
        form = RegistrationForm(activity=activity, version=1)
    elif Registration.objects.filter(form=form).exists():
        form = RegistrationForm(
            activity=activity, version=form.version + 1, questions=form.questions, consents=form.consents
        )
    for name, edit in edits.items():
        setattr(form, name, edit(getattr(form, name)))
    form.save()
    return form


def _text(question: Question, given: Any) -> str:
    return plain(question["id"], str(given or ""), LONGEST_TEXT)


def _choice(question: Question, given: Any) -> str:
    if given in (None, ""):
        return ""
    if given not in question["choices"]:
        raise ValidationError(_("Choose one of the answers in the list."))
    return str(given)


def _choices(question: Question, given: Any) -> list[str]:
    return [_choice(question, one) for one in given or []]


def _yes(question: Question, given: Any) -> bool:
    return bool(given)


_CHECKS: dict[str, Callable[[Question, Any], Any]] = {
    "text": _text,
    "choice": _choice,
    "choices": _choices,
    "yes": _yes,
}
