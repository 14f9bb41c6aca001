"""What each role may do. One table, read by every page and by the machine API."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from resilience.people.models import Account, Organisation, OrganisationKind, Role


class May(Enum):
    """Things that need a role. Practising needs none."""

    SEE_RECORDS = "see the records of the organisation"
    EXPORT_RECORDS = "take the records of the organisation away as a table"
    VERIFY_RECORDS = "check a record against its log and its chain"
    COUNTERSIGN = "confirm what a trainee declared a session to be for"
    MANAGE_PEOPLE = "add people to the organisation and change their roles"
    SEE_TRAIL = "read the trail of the organisation"

    SEE_PROGRAMME = "see the list of all partners' activities, without anybody's name"
    RUN_ACTIVITIES = "make activities of the organisation, change, import and close them"
    SEE_REGISTERS = "see who is registered for the organisation's activities, and check them in"
    MANAGE_PERSONS = "see, merge, export and erase the people the organisation met"
    MANAGE_ORGANISATIONS = "keep the register of employers and schools and their spellings"
    RUN_LEADERSHIP = "open calls, select, and run cohorts"
    REVIEW_APPLICATIONS = "score applications without seeing who wrote them"
    SEE_SKILLS = "see competences needed and held, without anybody's name"
    MANAGE_MONEY = "enter the organisation's spend, progress, risks and changes"
    SEE_MONEY = "see the spend, progress, risks and changes of every partner"
    MANAGE_GRANT = "keep the grant, its budgets and its work packages, and decide changes"

    SEE_RESULTS = "see indicators, snapshots and what they were counted from"
    FREEZE_RESULTS = "take snapshots, approve publications and freeze the quarter's pack"
    SEE_PACKS = "read and download frozen packs and publications"
    SEE_DIVERSITY = "see released diversity tables"
    RELEASE_DIVERSITY = "release the quarter's diversity tables"
    SEE_FOOTPRINT = "see the account of waste, carbon and money"
    MANAGE_FOOTPRINT = "keep the organisation's site profile"
    ADOPT_FACTORS = "bring in and adopt official conversion factors, which count for every partner"


_PARTNER = frozenset(
    {
        May.SEE_PROGRAMME,
        May.RUN_ACTIVITIES,
        May.SEE_REGISTERS,
        May.MANAGE_PERSONS,
        May.MANAGE_ORGANISATIONS,
        May.RUN_LEADERSHIP,
        May.REVIEW_APPLICATIONS,
        May.SEE_SKILLS,
        May.MANAGE_MONEY,
        May.SEE_RESULTS,
        May.SEE_PACKS,
        May.SEE_FOOTPRINT,
        May.MANAGE_FOOTPRINT,
    }
)
ALLOWED: dict[Role, frozenset[May]] = {
    Role.ADMINISTRATOR: frozenset({May.MANAGE_PEOPLE, May.SEE_TRAIL}),
    Role.LEAD: _PARTNER
    | {
        May.FREEZE_RESULTS,
        May.SEE_DIVERSITY,
        May.SEE_TRAIL,
        May.SEE_MONEY,
        May.MANAGE_GRANT,
        May.ADOPT_FACTORS,
    },
    Role.COORDINATOR: _PARTNER,
    Role.INSTRUCTOR: frozenset(
        {
            May.SEE_RECORDS,
            May.EXPORT_RECORDS,
            May.VERIFY_RECORDS,
            May.COUNTERSIGN,
            May.SEE_PROGRAMME,
            May.SEE_REGISTERS,
            May.REVIEW_APPLICATIONS,
        }
    ),
    Role.TRAINEE: frozenset(),
    Role.QUALITY: frozenset(
        {May.SEE_RECORDS, May.EXPORT_RECORDS, May.VERIFY_RECORDS, May.SEE_TRAIL, May.SEE_FOOTPRINT}
    ),
    Role.FUNDER: frozenset({May.SEE_RESULTS, May.SEE_PACKS, May.SEE_FOOTPRINT, May.SEE_MONEY}),
    Role.ANALYST: frozenset({May.SEE_DIVERSITY, May.RELEASE_DIVERSITY}),
}

_ANYWHERE = frozenset({Role.ADMINISTRATOR, Role.INSTRUCTOR, Role.TRAINEE, Role.QUALITY})
# Which roles an organisation has to give. Some see the whole programme: these are the lead organisation's to give, and
# no other administrator makes themselves one of them.
GIVEN_BY: dict[str, frozenset[Role]] = {
    OrganisationKind.LEAD: frozenset(Role) - {Role.FUNDER},
    OrganisationKind.PARTNER: _ANYWHERE | {Role.COORDINATOR},
    OrganisationKind.EMPLOYER: _ANYWHERE,
    OrganisationKind.SCHOOL: _ANYWHERE,
    OrganisationKind.FUNDER: frozenset({Role.ADMINISTRATOR, Role.FUNDER}),
}


@dataclass(frozen=True)
class Actor:
    """Who is asking: an account in one of its organisations, an account without any, or nobody known."""

    account: Account | None = None
    organisation: Organisation | None = None
    role: Role | None = None

    def may(self, what: May) -> bool:
        return self.role is not None and what in ALLOWED[self.role]

    @property
    def can(self) -> dict[str, bool]:
        """For templates, which cannot pass an argument: {{ request.actor.can.see_records }}."""
        return {what.name.lower(): self.may(what) for what in May}


NOBODY = Actor()
