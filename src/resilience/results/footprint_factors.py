"""Official conversion factors: a workbook is read and shown, then adopted, and its factors count from then on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from resilience.footprint import Factors, FootprintError, Proposal, adopt, built_in_factors, propose
from resilience.people import trail
from resilience.people.permissions import Actor
from resilience.results.models import FactorEdition


def read(data: bytes, file_name: str, now: datetime) -> FactorEdition:
    """Reads a workbook and keeps what it would change; workbooks read before and never adopted are dropped.

    Raises FootprintError for a workbook that cannot be taken.
    """
    proposal = propose(data, in_use())
    with transaction.atomic():
        FactorEdition.objects.filter(adopted_at=None).delete()
        return FactorEdition.objects.create(
            edition=proposal.edition,
            sha256=proposal.sha256,
            file_name=file_name[:200],
            proposal=proposal.model_dump(mode="json"),
            proposed_at=now,
        )


def take(row: FactorEdition, without: Collection[str], actor: Actor, now: datetime) -> None:
    """Adopts what a workbook changes. Raises FootprintError where something is missing that `without` does not name,
    and for one that was adopted before."""
    with transaction.atomic():
        held = FactorEdition.objects.select_for_update().get(pk=row.pk)
        if held.adopted_at is not None:
            raise FootprintError("it was adopted before", f"edition {held.edition}", "Nothing is left to do.")
        adopt(in_use(), proposal_of(held), without=without)
        held.without = sorted(without)
        held.adopted_at, held.adopted_by = now, str(actor.account or "")[:120]
        held.save()
        told = {"edition": held.edition, "sha256": held.sha256, "without": held.without}
        trail.add(actor, "adopted conversion factors", f"edition:{held.edition}", new=told, at=now)


def proposal_of(row: FactorEdition) -> Proposal:
    return Proposal.model_validate(row.proposal)


def adopted() -> list[FactorEdition]:
    """Every edition that counts, the first adopted first."""
    return list(FactorEdition.objects.filter(adopted_at__isnull=False).order_by("adopted_at", "pk"))


def in_use() -> Factors:
    """The built-in factors with every adopted edition laid over them, in the order of adoption."""
    return laid_over(tuple((row.pk, row.sha256, tuple(row.without)) for row in adopted()))


@lru_cache(maxsize=8)
def laid_over(editions: tuple[tuple[int, str, tuple[str, ...]], ...]) -> Factors:
    factors = built_in_factors()
    for number, _sha256, without in editions:
        factors = adopt(factors, proposal_of(FactorEdition.objects.get(pk=number)), without=without)
    return factors
