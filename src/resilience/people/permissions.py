"""What each role may do. One table, read by every page and by the machine API."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from resilience.people.models import Account, Organisation, Role


class May(Enum):
    """Things that need a role. Practising needs none."""

    SEE_RECORDS = "see the records of the organisation"
    EXPORT_RECORDS = "take the records of the organisation away as a table"
    VERIFY_RECORDS = "check a record against its log and its chain"
    MANAGE_PEOPLE = "add people to the organisation and change their roles"


ALLOWED: dict[Role, frozenset[May]] = {
    Role.ADMINISTRATOR: frozenset({May.MANAGE_PEOPLE}),
    Role.LEAD: frozenset(),
    Role.INSTRUCTOR: frozenset({May.SEE_RECORDS, May.EXPORT_RECORDS, May.VERIFY_RECORDS}),
    Role.TRAINEE: frozenset(),
    Role.QUALITY: frozenset({May.SEE_RECORDS, May.EXPORT_RECORDS, May.VERIFY_RECORDS}),
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
    def sees_records(self) -> bool:
        """For templates, which cannot pass an argument."""
        return self.may(May.SEE_RECORDS)

    @property
    def manages_people(self) -> bool:
        return self.may(May.MANAGE_PEOPLE)


NOBODY = Actor()
