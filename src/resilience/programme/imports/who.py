"""Who a row speaks of: name, address, employer, job, region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from resilience.people.keys import Details, Keys
from resilience.people.models import Organisation, Person
from resilience.programme.imports import values
from resilience.programme.imports.lines import Columns, Line
from resilience.programme.imports.mapping import Field
from resilience.programme.imports.reasons import CellError, Refused

LONGEST_EMPLOYER = 120
LONGEST_JOB = 64


@dataclass(frozen=True, slots=True)
class Somebody:
    """What a row says of a person. The employer is a spelling yet."""

    name: str
    email: str
    employer: str = ""
    job: str = ""
    region: str = ""

    def details(self, employers: Mapping[str, Organisation]) -> Details:
        return Details(self.name, self.email, employers.get(self.employer), self.job, self.region)


def read(line: Line, columns: Columns) -> Somebody | None:
    """Who the row names; None where it names nobody. Raises RowRefusedError with the column that cannot be used."""
    email = _text(line, columns, Field.EMAIL)
    first, last = _text(line, columns, Field.FIRST_NAME), _text(line, columns, Field.LAST_NAME)
    name = f"{first} {last}".strip() or _text(line, columns, Field.NAME)
    if len(name) > values.LONGEST_NAME:
        raise columns.refused(line, columns.cell(line, Field.LAST_NAME)[1], Refused.TOO_LONG)
    employer, job = _text(line, columns, Field.EMPLOYER), _text(line, columns, Field.JOB)
    if not email and not name:
        return None
    region = _text(line, columns, Field.REGION) or _text(line, columns, Field.POSTCODE)
    return Somebody(name, email, employer, job, region)


def identify(people: Iterable[Somebody], organisation: Organisation) -> list[tuple[str, Person | None]]:
    """Who each of them is: something that is the same for the same person, and the person where they are known.

    Two addresses of one person, found to be so before, are one here too.
    """
    keys = Keys(organisation, [somebody.details({}) for somebody in people])
    return [
        (f"known {person.pk}" if (person := keys.persons.get(key)) else key, person) for key, _kind in keys.chosen()
    ]


_READ = {
    Field.EMAIL: values.email,
    Field.NAME: values.name,
    Field.FIRST_NAME: values.name,
    Field.LAST_NAME: values.name,
    Field.EMPLOYER: lambda cell: values.text(cell, LONGEST_EMPLOYER),
    Field.JOB: lambda cell: values.text(cell, LONGEST_JOB),
    Field.REGION: values.region,
    Field.POSTCODE: values.region_of_postcode,
}


def _text(line: Line, columns: Columns, field: Field) -> str:
    if not columns.has(field):
        return ""
    cell, column = columns.cell(line, field)
    if column < 0:
        return ""
    try:
        return _READ[field](cell)
    except CellError as error:
        raise columns.refused(line, column, error.reason) from error
