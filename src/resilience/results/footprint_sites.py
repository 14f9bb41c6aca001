"""What organisations say of their physical training: read, changed with a trail entry, handed to the footprint."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from resilience.footprint import FootprintError, SiteProfile, TravelMode
from resilience.footprint.bills import built_in as built_in_bills
from resilience.footprint.physical import check_profile
from resilience.people import trail
from resilience.people.models import Organisation
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme, within
from resilience.results.footprint_factors import in_use
from resilience.results.models import SiteAnswers

# The lists of answers that grow entry by entry, and where they lie.
Part = Literal["records", "comparisons", "hub_travel"]
MOST = 200


class HubTravel(BaseModel):
    """Trips of trainees to a hub in a year, brought about by the sessions there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: Annotated[int, Field(ge=2000, le=2100)]
    reason: Annotated[str, Field(min_length=3, max_length=200)]
    mode: TravelMode
    trips: Annotated[int, Field(ge=1, le=10_000)]
    km: Annotated[float, Field(gt=0, le=5000, description="of one trip, there and back")]
    hotel_nights: Annotated[int, Field(ge=0, le=30, description="of one trip")] = 0


class Answers(BaseModel):
    """A site's profile, and the travel that its sessions brought about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: SiteProfile
    hub_travel: Annotated[tuple[HubTravel, ...], Field(max_length=MOST)] = ()


def code_of(organisation: Organisation) -> str:
    """What the footprint calls a site."""
    return str(organisation.pk)


def answers_of(organisation: Organisation) -> Answers | None:
    """What the organisation said last, if anything."""
    with within(organisation):
        row = SiteAnswers.objects.filter(organisation=organisation).first()
    return None if row is None else Answers.model_validate(row.answers)


def all_answers() -> list[Answers]:
    """What every organisation said, in the order of their codes."""
    with whole_programme("the account of all sites"):
        rows = SiteAnswers.objects.order_by("organisation_id")
        return [Answers.model_validate(row.answers) for row in rows]


def keep(organisation: Organisation, told: dict[str, Any], actor: Actor, now: datetime) -> Answers:
    """Keeps a whole set of answers in the place of those before. Raises FootprintError for what does not hold."""
    named = told | {"profile": told["profile"] | {"site": code_of(organisation), "name": organisation.name}}
    try:
        answers = Answers.model_validate(named)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"] if step != "profile")
        raise FootprintError(str(first["msg"]), where, "Correct the answer.") from error
    check_profile(answers.profile, built_in_bills(), in_use())
    plain = answers.model_dump(mode="json")
    with transaction.atomic(), within(organisation):
        row = SiteAnswers.objects.select_for_update().filter(organisation=organisation).first()
        if row is not None and row.answers == plain:
            return answers
        trail.add(
            actor,
            "changed site profile",
            f"organisation:{organisation.pk}",
            row.answers if row else None,
            plain,
            at=now,
        )
        row = row or SiteAnswers(organisation=organisation)
        row.answers, row.changed_at = plain, now
        row.save()
    return answers


def change(organisation: Organisation, told: dict[str, Any], actor: Actor, now: datetime) -> Answers:
    """Changes some answers of the profile and leaves the others. Raises FootprintError."""
    before = plain_of(organisation)
    return keep(organisation, before | {"profile": before["profile"] | told}, actor, now)


def add(organisation: Organisation, part: Part, entry: dict[str, Any], actor: Actor, now: datetime) -> Answers:
    """Adds an entry to one of the lists. Raises FootprintError."""
    before = plain_of(organisation)
    entries = [*listed(before, part), entry]
    if len(entries) > MOST:
        raise FootprintError(f"{len(entries)} entries", part, f"Keep at most {MOST}: join those that are alike.")
    return keep(organisation, placed(before, part, entries), actor, now)


def remove(organisation: Organisation, part: Part, index: int, actor: Actor, now: datetime) -> Answers:
    """Takes an entry out of one of the lists. Raises FootprintError where there is none at this place."""
    before = plain_of(organisation)
    entries = listed(before, part)
    if not 0 <= index < len(entries):
        raise FootprintError(f"there is no entry {index + 1}", part, "Look at the list again: it has changed.")
    return keep(organisation, placed(before, part, entries[:index] + entries[index + 1 :]), actor, now)


def plain_of(organisation: Organisation) -> dict[str, Any]:
    """The answers as JSON values. Before the first answer there are none."""
    answers = answers_of(organisation)
    if answers is None:
        return {"profile": {}}
    return answers.model_dump(mode="json")


def listed(told: dict[str, Any], part: Part) -> list[Any]:
    found = told if part == "hub_travel" else told["profile"]
    return list(found.get(part, []))


def placed(told: dict[str, Any], part: Part, entries: list[Any]) -> dict[str, Any]:
    if part == "hub_travel":
        return told | {part: entries}
    return told | {"profile": told["profile"] | {part: entries}}
