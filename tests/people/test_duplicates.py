"""Which contacts are likely to be one person, and which are not."""

from __future__ import annotations

from uuid import uuid4

from resilience.people.duplicates import likely
from resilience.people.models import Contact, Person

ASH, ELM = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"


def contacts(*told: tuple[str, str | None]) -> list[Contact]:
    return [Contact(pk=place, name=name, employer_id=employer) for place, (name, employer) in enumerate(told)]


def found(*told: tuple[str, str | None]) -> set[frozenset[str]]:
    return {frozenset({f"{pair.one.pk}", f"{pair.other.pk}"}) for pair in likely(contacts(*told))}


def test_names_alike_at_one_employer_or_where_none_is_known() -> None:
    assert found(("John Smith", ASH), ("Jon Smith", ASH), ("Smith, John", None)) == {
        frozenset("01"),
        frozenset("02"),
        frozenset("12"),
    }
    assert found(("Ann Mary Ash", None), ("A. Ash", None)) == {frozenset("01")}


def test_different_employers_need_the_same_name() -> None:
    assert found(("John Smith", ASH), ("Jon Smith", ELM)) == set()
    assert found(("John Smith", ASH), ("John Smith", ELM)) == {frozenset("01")}


def test_different_people_are_not_likely_to_be_one() -> None:
    assert found(("Ann Smith", None), ("Bob Smith", None), ("Ann Jones", None), ("", None), ("", None)) == set()


def test_the_likeliest_come_first_and_no_more_than_wanted() -> None:
    rows = contacts(("John Smith", ASH), ("Jon Smith", ASH), ("John Smith", ASH))
    assert [(pair.one.pk, pair.other.pk) for pair in likely(rows)] == [(0, 2), (0, 1), (1, 2)]
    assert len(likely(rows, most=1)) == 1


def test_who_was_told_apart_is_not_proposed_again() -> None:
    rows = contacts(("John Smith", ASH), ("Jon Smith", ASH), ("John Smith", ASH))
    for row in rows:
        row.person = Person(ref=uuid4())
    apart = {frozenset({rows[0].person.ref, rows[2].person.ref})}
    assert [(pair.one.pk, pair.other.pk) for pair in likely(rows, apart=apart)] == [(0, 1), (1, 2)]
