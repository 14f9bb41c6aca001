"""Publications: a sentence with a figure in it, carried by a snapshot, approved by somebody, withdrawn if need be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from resilience.footprint import FootprintError
from resilience.people import trail
from resilience.people.permissions import Actor
from resilience.results.definitions import shelf
from resilience.results.footprints import claim_objections
from resilience.results.models import Publication, Snapshot
from resilience.results.reachable import Reach, number_of, reach
from resilience.training.errors import BadInput

LANGUAGES = ("en", "cy")
LONGEST = 300


class UnreachableError(BadInput):
    """The printed percentage cannot come from the snapshot's base; `reach` names what can."""

    def __init__(self, found: Reach) -> None:
        super().__init__(str(found), "printed", "Print the figure of the snapshot, or correct its base.")
        self.reach = found


class UnsupportedError(BadInput):
    """The sentence claims more than the account of sessions carries; `objections` says what, by language."""

    def __init__(self, objections: Mapping[str, list[str]]) -> None:
        said = " ".join(dict.fromkeys(one for several in objections.values() for one in several))
        super().__init__(said, "claim", "Say what the evidence carries: docs/use/footprint.md")
        self.objections = objections


@transaction.atomic
def draft(snapshot: Snapshot, text: Mapping[str, str], printed: str, actor: Actor, now: datetime) -> Publication:
    """A publication that nobody sees yet. Raises BadInput for a text that is empty, over-long or lacks the figure,
    UnsupportedError for one that the account of waste, carbon and money does not carry."""
    for language in LANGUAGES:
        words = text.get(language, "").strip()
        if not words or len(words) > LONGEST:
            raise BadInput("the sentence is empty or over-long", language, f"Write 1 to {LONGEST} characters.")
        if printed.strip() not in words:
            raise BadInput(f"the sentence does not hold the figure {printed}", language, "Write it as it is printed.")
    number_of(printed)
    refuse_unsupported(text, snapshot)
    made = Publication.objects.create(
        snapshot=snapshot, text={language: text[language].strip() for language in LANGUAGES}, printed=printed.strip()
    )
    trail.add(actor, "drafted publication", f"publication:{made.pk}", new={"printed": made.printed}, at=now)
    return made


@transaction.atomic
def approve(publication: Publication, actor: Actor, now: datetime) -> None:
    """Makes it public.

    Raises UnreachableError for a percentage that its base cannot give, UnsupportedError for a claim that the account
    does not carry (any more), BadInput for another figure than the snapshot's, for one approved or withdrawn before.
    """
    if publication.approved_at is not None or publication.withdrawn_at is not None:
        raise BadInput("it was approved or withdrawn before", "publication", "Draft another.")
    check(publication.snapshot, publication.printed)
    refuse_unsupported(publication.text, publication.snapshot)
    publication.approver_ref = str(actor.account.pk) if actor.account else ""
    publication.approver_name = str(actor.account) if actor.account else ""
    publication.approved_at = now
    publication.save(update_fields=["approver_ref", "approver_name", "approved_at"])
    trail.add(actor, "approved publication", f"publication:{publication.pk}", new=publication.printed, at=now)


def check(snapshot: Snapshot, printed: str) -> None:
    """Raises UnreachableError or BadInput where the printed figure is not the snapshot's."""
    number, decimals = number_of(printed)
    if snapshot.value is None:
        raise BadInput("the snapshot has no value", "snapshot", "Take one that has.")
    if shelf().version(snapshot.indicator, snapshot.version).unit == "percent":
        assert snapshot.denominator is not None
        found = reach(printed, int(snapshot.denominator))
        if not found.ok:
            raise UnreachableError(found)
        if snapshot.numerator not in found.counts:
            raise BadInput(
                f"{printed} is {' or '.join(map(str, found.counts))} of {found.base}; "
                f"the snapshot has {snapshot.numerator:g}",
                "printed",
                "Print the figure of the snapshot.",
            )
    elif abs(number - Fraction(str(snapshot.value))) > Fraction(1, 2 * 10**decimals):
        raise BadInput(f"the snapshot has {snapshot.value:g}", "printed", "Print the figure of the snapshot.")


def refuse_unsupported(text: Mapping[str, str], snapshot: Snapshot) -> None:
    """Raises UnsupportedError where a sentence claims more than the account carries."""
    found = unsupported(text, snapshot)
    if found:
        raise UnsupportedError(found)


def unsupported(text: Mapping[str, str], snapshot: Snapshot) -> dict[str, list[str]]:
    """What stands against a sentence by the account as it is now, by language. Evidence can be taken back: what was
    approved is marked by this wherever it is shown."""
    try:
        return claim_objections(text, snapshot.as_of)
    except FootprintError as error:
        return {language: [str(error)] for language in text}


@transaction.atomic
def withdraw(publication: Publication, actor: Actor, reason: str, now: datetime) -> None:
    """Takes it from the public page; it stays known that it stood there. Raises BadInput without a reason."""
    if not reason.strip():
        raise BadInput("withdrawing needs a reason", "reason", "Say why the figure no longer stands.")
    if publication.withdrawn_at is not None:
        return
    publication.withdrawn_at = now
    publication.save(update_fields=["withdrawn_at"])
    trail.add(actor, "withdrew publication", f"publication:{publication.pk}", reason=reason.strip()[:200], at=now)


def published() -> list[Publication]:
    """What is public now, newest first, each with its snapshot (without the references of its rows)."""
    return list(
        Publication.objects.filter(approved_at__isnull=False, withdrawn_at__isnull=True)
        .select_related("snapshot")
        .defer("snapshot__rows")
        .order_by("-approved_at", "-pk")
    )
