"""What an organisation does with what it knows of a person: correct it, hand it over."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from resilience.people import names, privacy, trail
from resilience.people.models import Contact, Membership, OrganisationKind
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme

CORRECTABLE = ("name", "employer", "job", "region")


@transaction.atomic
def correct(contact: Contact, actor: Actor, *, name: str, employer: str, job: str, region: str) -> list[str]:
    """Writes what a page was told, empty values too; returns which fields changed, for the trail keeps no values.

    The person's key stays what it was made from. employer: any spelling; a new one joins the register.
    """
    company = names.find_or_add(employer, OrganisationKind.EMPLOYER) if employer else None
    told: dict[str, Any] = {"name": name, "employer": company, "job": job, "region": region}
    changed = [field for field in CORRECTABLE if getattr(contact, field) != told[field]]
    for field in changed:
        setattr(contact, field, told[field])
    if changed:
        contact.save(update_fields=changed)
        trail.add(actor, "corrected person", f"person:{contact.person.ref}", new=changed)
    return changed


def handed_over(contact: Contact, actor: Actor) -> dict[str, Any]:
    """All that the organisation holds of the person; the trail says that it was taken."""
    known = privacy.export(contact.person, contact.organisation)
    trail.add(actor, "exported person", f"person:{contact.person.ref}")
    return known


def other_partners(contact: Contact) -> int:
    """How many other organisations know the person; who they are is theirs to tell."""
    with whole_programme("saying how many partners an erasure reaches"):
        return Contact.objects.filter(person=contact.person).exclude(pk=contact.pk).count()


def signs_in(contact: Contact) -> bool:
    """Whether the person has a role somewhere under an account that a partner knows to be theirs.

    The account keeps their name and address, and practice under it would make them known again: the role goes first.
    """
    with whole_programme("whether somebody who is to be erased signs in anywhere"):
        accounts = Contact.objects.filter(person=contact.person, account__isnull=False).values("account")
        return Membership.objects.filter(account__in=accounts).exists()
