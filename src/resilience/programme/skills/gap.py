"""What employers need against what people hold, by employer, region or role, without anybody's name.

People are shown in steps of 5, and fewer than 5 as such: with exact numbers one group could be taken from another until
a person is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from resilience.people import names, trail
from resilience.people.few import FEWEST
from resilience.people.models import Organisation, OrganisationKind, Region
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme, within
from resilience.people.text import TextError
from resilience.programme.models import HeldCompetence, JobPost
from resilience.programme.skills.register import Register, register

By = Literal["", "employer", "region", "role"]
STEP = 5
MOST_PEOPLE = 10_000
# Where a contact says what a post says.
OF_CONTACT = {"employer": "employer_id", "region": "region", "role": "job"}
OF_POST = {"employer": "employer_id", "region": "region", "role": "role"}


@dataclass(frozen=True)
class Row:
    """People needed with a competence, and those who hold it in steps of 5; None: fewer than 5."""

    competence: str
    needed: int
    held: int | None

    @property
    def gap(self) -> int:
        """People missing, by what is shown: where fewer than 5 hold it, at least so many."""
        return max(0, self.needed - (FEWEST - 1 if self.held is None else self.held))


@dataclass(frozen=True)
class Group:
    """An employer, a region or a role (or all, with an empty key) with its competences, the widest gap first."""

    key: str
    rows: tuple[Row, ...]


def shown(people: int) -> int | None:
    """A number of people as it may be shown: to the nearest 5, halves up; None for fewer than 5."""
    return None if people < FEWEST else (2 * people + STEP) // (2 * STEP) * STEP


def gap(organisation: Organisation | None, by: By, as_of: date) -> list[Group]:
    """Needed and held on a day, of one partner or of all (None), the group with the most posts first.

    Only competences that some post needs are told: what people hold beyond is no gap.
    """
    wanted = needed(organisation, by)
    having = holding(organisation, by, as_of)
    groups = []
    for key, competences in sorted(wanted.items(), key=lambda item: (-max(item[1].values()), str(item[0]))):
        rows = [Row(code, number, shown(having.get((key, code), 0))) for code, number in competences.items()]
        groups.append(Group(str(key), tuple(sorted(rows, key=lambda row: (-row.gap, -row.needed, row.competence)))))
    return groups


def needed(organisation: Organisation | None, by: By) -> dict[Any, dict[str, int]]:
    """Group -> competence -> people needed, from the posts and what their roles require."""
    found: dict[Any, dict[str, int]] = {}
    roles = register().roles
    for post in posts(organisation):
        key = getattr(post, OF_POST[by]) if by else ""
        of_group = found.setdefault(key, {})
        for competence in roles[post.role].requires if post.role in roles else ():
            of_group[competence] = of_group.get(competence, 0) + post.people_needed
    return {key: competences for key, competences in found.items() if competences}


def holding(organisation: Organisation | None, by: By, as_of: date) -> dict[tuple[Any, str], int]:
    """(group, competence) -> different people who hold it on the day and whose retest, if any, is not overdue."""
    current = Q(since__lte=as_of) & (Q(retest_due=None) | Q(retest_due__gte=as_of))
    with scope_of(organisation):
        rows = HeldCompetence.objects.filter(current)
        if not by:
            counted = rows.values("competence").annotate(people=Count("person", distinct=True))
            return {("", row["competence"]): row["people"] for row in counted}
        # Only what the partner itself knows of a person says where they belong.
        own = rows.filter(person__contacts__organisation=F("organisation"))
        place = f"person__contacts__{OF_CONTACT[by]}"
        counted = own.values(place, "competence").annotate(people=Count("person", distinct=True))
        return {(row[place], row["competence"]): row["people"] for row in counted}


def posts(organisation: Organisation | None) -> list[JobPost]:
    """The posts of a partner, or of all."""
    with scope_of(organisation):
        return list(JobPost.objects.select_related("employer").order_by("employer__name", "role", "pk"))


def scope_of(organisation: Organisation | None) -> Any:
    return whole_programme("the skills gap of all partners") if organisation is None else within(organisation)


@transaction.atomic
def add_post(
    organisation: Organisation, actor: Actor, *, employer: str, role: str, region: str, people: int, today: date
) -> JobPost:
    """An employer, by any spelling, needs people in a role. Raises ValidationError by field."""
    if role not in register().roles:
        raise ValidationError({"role": _("Choose a role of the register.")})
    if region not in Region.values:
        raise ValidationError({"region": _("Choose a region.")})
    if not 1 <= people <= MOST_PEOPLE:
        raise ValidationError({"people": _("Give a number of people from 1 to %(most)s.") % {"most": MOST_PEOPLE}})
    try:
        company = names.find_or_add(employer, OrganisationKind.EMPLOYER)
    except TextError as error:
        raise ValidationError({"employer": str(error)}) from error
    except ValueError:
        raise ValidationError({"employer": _("Say which employer.")}) from None
    with within(organisation):
        post: JobPost = JobPost.objects.create(
            organisation=organisation, employer=company, role=role, region=region, people_needed=people, stated_on=today
        )
    trail.add(actor, "added job post", f"post:{post.pk}", new={"role": role, "region": region, "people": people})
    return post


@transaction.atomic
def remove_post(organisation: Organisation, actor: Actor, post: int) -> bool:
    """Takes a post away; whether there was one of this organisation."""
    with within(organisation):
        found = JobPost.objects.filter(pk=post).first()
        if found is None:
            return False
        trail.add(actor, "removed job post", f"post:{post}", old={"role": found.role, "people": found.people_needed})
        found.delete()
    return True


def group_names(by: By, keys: Iterable[str], language: str, of: Register | None = None) -> dict[str, str]:
    """Keys of groups in words."""
    wanted = list(keys)
    if by == "employer":
        known = Organisation.objects.filter(pk__in=[UUID(key) for key in wanted])
        return {str(one.pk): one.name for one in known}
    if by == "region":
        return {key: str(Region(key).label) for key in wanted}
    roles = (of or register()).roles
    return {key: roles[key].title(language) if key in roles else key for key in wanted}
