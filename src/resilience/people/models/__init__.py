"""Organisations, accounts and roles; people the programme meets; consent; diversity answers, kept apart; the trail."""

from resilience.people.models.accounts import Account, AccountManager, Membership, Role
from resilience.people.models.consents import Consent, Purpose
from resilience.people.models.diversity import DiversityAnswer, DiversityAsked, DiversityForm, DiversityInvitation
from resilience.people.models.organisations import (
    NameTakenError,
    Nation,
    Organisation,
    OrganisationAlias,
    OrganisationKind,
    Region,
    Size,
    nation_of,
)
from resilience.people.models.persons import Contact, KeyKind, Person, PersonMerge, ToldApart
from resilience.people.models.trail import TrailEntry

__all__ = [
    "Account",
    "AccountManager",
    "Consent",
    "Contact",
    "DiversityAnswer",
    "DiversityAsked",
    "DiversityForm",
    "DiversityInvitation",
    "KeyKind",
    "Membership",
    "NameTakenError",
    "Nation",
    "Organisation",
    "OrganisationAlias",
    "OrganisationKind",
    "Person",
    "PersonMerge",
    "Purpose",
    "Region",
    "Role",
    "Size",
    "ToldApart",
    "TrailEntry",
    "nation_of",
]
