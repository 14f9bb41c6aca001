"""The door to the diversity answers: forms go in under random keys, counts come out for disclosure control alone.

Nothing leads from a person to a form. The invitation is burned in a transaction of its own before the form is kept in
another; and on PostgreSQL, which numbers transactions and keeps rows in the order of arrival, a strand's forms and
answers are written anew in the order of their random keys with each form, so that the newest looks like the others.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django_scopes import scope

from resilience.people.code_lists import QUESTIONS, code_list
from resilience.people.invitations import opened_by
from resilience.people.models import DiversityAnswer, DiversityForm, DiversityInvitation, Organisation
from resilience.people.models.diversity import Strand
from resilience.people.scopes import whole_programme
from resilience.people.tokens import hashed

# Digits and capital letters without 0 O 1 I L U, which look alike or make words: 30 signs, 4.9 bits each.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 24
Answers = Mapping[str, Sequence[str]]


class FormError(ValueError):
    """The invitation is not good (any more), or an answer is not among those offered."""


@dataclass(frozen=True)
class Returned:
    """A form that came back. answers: question -> codes; quarter: its last day."""

    strand: Strand | str
    organisation: Organisation
    answers: Answers
    quarter: date


@dataclass(frozen=True)
class Tallies:
    """Counts of a strand's forms for one question. returned: all forms; forms: those with a code for the question."""

    returned: int
    forms: int
    codes: Counter[str]


@contextmanager
def door() -> Iterator[None]:
    """Opens the two tables. Nothing else does: neither an organisation's scope nor the whole programme's."""
    with scope(diversity_door=False):
        yield


def submit(token: str, answers: Answers, quarter: date) -> str:
    """Puts a form in and returns its withdrawal code, which is kept nowhere.

    answers: question -> codes; a question without codes leaves no row. quarter: the last day of the quarter.
    Raises FormError.
    """
    refuse_unknown(answers)
    invitation = opened_by(token)
    if invitation is None or not burn(invitation):
        raise FormError("This invitation was used before or is not known: ask whoever invited you for another")
    try:
        return keep_all([Returned(invitation.strand, invitation.organisation, answers, quarter)])[0]
    except Exception:
        unburn(invitation)
        raise


def burn(invitation: DiversityInvitation) -> bool:
    """Marks the invitation as answered and forgets its token; False where somebody was faster."""
    with whole_programme("an invitation is answered by whoever holds its token"):
        good = DiversityInvitation.objects.filter(pk=invitation.pk, answered=False)
        return good.update(answered=True, token_hash="") == 1


def unburn(invitation: DiversityInvitation) -> None:
    """The form could not be kept: its sender may try again."""
    with whole_programme("an invitation is answered by whoever holds its token"):
        DiversityInvitation.objects.filter(pk=invitation.pk).update(answered=False, token_hash=invitation.token_hash)


@transaction.atomic
def keep_all(forms: Sequence[Returned]) -> list[str]:
    """Keeps forms; returns the withdrawal code of each. Raises FormError for an answer that is not offered."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in forms]
    rows, answers = [], []
    for returned, code in zip(forms, codes, strict=True):
        refuse_unknown(returned.answers)
        form = DiversityForm(
            strand=returned.strand,
            organisation=returned.organisation,
            quarter=returned.quarter,
            withdrawal_hash=hashed(code),
        )
        rows.append(form)
        answers += [
            DiversityAnswer(form=form, question=question, scheme=code_list(question).scheme, code=chosen)
            for question, several in returned.answers.items()
            for chosen in sorted(set(several))
        ]
    with door():
        DiversityForm.objects.bulk_create(rows, batch_size=500)
        DiversityAnswer.objects.bulk_create(answers, batch_size=500)
    forget_arrival()
    return codes


def refuse_unknown(answers: Answers) -> None:
    for question, codes in answers.items():
        if question not in QUESTIONS:
            raise FormError(f"The form asks no {question}")
        wrong = code_list(question).refused(list(codes))
        if wrong:
            raise FormError(wrong)


def forget_arrival() -> None:
    """Writes both tables anew in the order of their keys, where the database keeps rows as they came."""
    if connection.vendor != "postgresql":
        # SQLite keeps a table in the order of its integer key and numbers no transactions.
        return
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE people_diversityform, people_diversityanswer IN SHARE ROW EXCLUSIVE MODE")
        for table in ("people_diversityform", "people_diversityanswer"):
            cursor.execute(
                f"WITH gone AS (DELETE FROM {table} RETURNING *) INSERT INTO {table} SELECT * FROM gone ORDER BY key"
            )


@transaction.atomic
def withdraw(code: str) -> bool:
    """Takes out the form of the code, however it was typed; False where there is none. Who it was stays unknown."""
    with door():
        form = DiversityForm.objects.filter(withdrawal_hash=hashed(as_given(code))).first()
        if form is None:
            return False
        DiversityAnswer.objects.filter(form=form).delete()
        form.delete()
    return True


def as_given(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter in ALPHABET)


def in_groups(code: str) -> str:
    """A code as it is shown: six groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def tallies(strand: Strand | str, question: str, quarter: date) -> Tallies:
    """Counts of the forms of a strand that came back until the end of a quarter. Only inside `door()`.

    A form that chose several codes is counted at each. Raises KeyError for a question that is not asked.
    """
    scheme = code_list(question).scheme
    forms = DiversityForm.objects.filter(strand=strand, quarter__lte=quarter)
    answers = DiversityAnswer.objects.filter(
        form__strand=strand, form__quarter__lte=quarter, question=question, scheme=scheme
    )
    return Tallies(
        returned=forms.count(),
        forms=answers.values("form").distinct().count(),
        codes=Counter(answers.values_list("code", flat=True)),
    )
