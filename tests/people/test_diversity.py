"""Diversity answers: in by invitation once, out as counts or by the withdrawal code, and never back to a person."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django_scopes import ScopeError

import resilience
from resilience.people import diversity, invitations, persons
from resilience.people.diversity import FormError, Returned
from resilience.people.models import DiversityAnswer, DiversityForm, DiversityInvitation, Organisation, Person
from resilience.people.scopes import whole_programme

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
QUARTER = date(2026, 3, 31)
PACKAGE = Path(resilience.__file__).parent


@pytest.fixture
def partner(store: str) -> Organisation:
    return Organisation.objects.create(name="Partner")


def invited(partner: Organisation, name: str, strand: str = "training") -> str:
    person = persons.meet(partner, name, f"{name.lower()}@example.org", NOW)
    token = invitations.invite(partner, person, strand, QUARTER)
    assert token is not None
    return token


def test_a_form_goes_in_once_and_is_counted(partner: Organisation) -> None:
    token = invited(partner, "Ann")
    diversity.submit(token, {"sex": ["10"], "disability": ["51", "53"], "ethnicity": []}, QUARTER)
    with pytest.raises(FormError, match="used before"):
        diversity.submit(token, {"sex": ["11"]}, QUARTER)
    with diversity.door():
        sex = diversity.tallies("training", "sex", QUARTER)
        disability = diversity.tallies("training", "disability", QUARTER)
        ethnicity = diversity.tallies("training", "ethnicity", QUARTER)
    assert (sex.returned, sex.forms, sex.codes) == (1, 1, {"10": 1})
    assert (disability.forms, disability.codes) == (1, {"51": 1, "53": 1})
    assert (ethnicity.returned, ethnicity.forms, ethnicity.codes) == (1, 0, {})


def test_tallies_are_of_a_strand_until_a_quarter(partner: Organisation) -> None:
    diversity.keep_all(
        [
            Returned("training", partner, {"sex": ["10"]}, date(2026, 3, 31)),
            Returned("training", partner, {"sex": ["11"]}, date(2026, 6, 30)),
            Returned("leadership", partner, {"sex": ["12"]}, date(2026, 3, 31)),
        ]
    )
    with diversity.door():
        assert diversity.tallies("training", "sex", date(2026, 3, 31)).codes == {"10": 1}
        assert diversity.tallies("training", "sex", date(2026, 6, 30)).codes == {"10": 1, "11": 1}
        assert diversity.tallies("leadership", "sex", date(2026, 6, 30)).codes == {"12": 1}
        with pytest.raises(KeyError, match="religion"):
            diversity.tallies("training", "religion", QUARTER)


def test_the_door_is_shut_outside_it(partner: Organisation) -> None:
    with pytest.raises(ScopeError):
        diversity.tallies("training", "sex", QUARTER)
    with whole_programme("counting"), pytest.raises(ScopeError):
        diversity.tallies("training", "sex", QUARTER)


@pytest.mark.parametrize(
    "answers",
    [{"religion": ["1"]}, {"sex": ["13"]}, {"sex": ["99"]}, {"sex": ["10", "11"]}, {"disability": ["95", "51"]}],
)
def test_an_answer_that_is_not_offered_leaves_the_invitation_good(
    partner: Organisation, answers: dict[str, list[str]]
) -> None:
    token = invited(partner, "Ann")
    with pytest.raises(FormError):
        diversity.submit(token, answers, QUARTER)
    with diversity.door():
        assert not DiversityForm.objects.exists()
    diversity.submit(token, {}, QUARTER)


def test_a_form_that_could_not_be_kept_can_be_sent_again(
    partner: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = invited(partner, "Ann")

    def fail() -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(diversity, "forget_arrival", fail)
        with pytest.raises(OSError, match="disk full"):
            diversity.submit(token, {"sex": ["10"]}, QUARTER)
    with diversity.door():
        assert not DiversityForm.objects.exists()
    assert diversity.submit(token, {"sex": ["10"]}, QUARTER)


def test_the_code_takes_the_form_back_and_nothing_else(partner: Organisation) -> None:
    first = diversity.submit(invited(partner, "Ann"), {"sex": ["10"], "ethnicity": ["180"]}, QUARTER)
    diversity.submit(invited(partner, "Bob"), {"sex": ["11"]}, QUARTER)
    assert not diversity.withdraw("2345-6789")
    assert diversity.withdraw(f" {diversity.in_groups(first).lower()} ")
    assert not diversity.withdraw(first)
    with diversity.door():
        assert list(DiversityAnswer.objects.values_list("code", flat=True)) == ["11"]
        assert DiversityForm.objects.count() == 1


def test_no_column_leads_from_a_person_to_a_form(partner: Organisation) -> None:
    """No value of the answers' tables occurs in any row that has to do with a person, and the other way round."""
    codes = [diversity.submit(invited(partner, name), {"sex": ["10"]}, QUARTER) for name in ("Ann", "Bob", "Cy")]
    shared = {str(partner.pk), partner.pk.hex, "training"}
    answers = values("people_diversityform") | values("people_diversityanswer")
    people = values("people_person") | values("people_contact") | values("people_diversityinvitation")
    short = {value for value in answers & people if len(value) > 3}
    assert short <= shared
    assert not set(codes) & (answers | people)
    columns = {field.name for field in DiversityForm._meta.concrete_fields}
    assert columns == {"key", "strand", "organisation", "quarter", "withdrawal_hash"}
    assert not any(
        model in {Person, DiversityInvitation}
        for table in (DiversityForm, DiversityAnswer)
        for model in [field.related_model for field in table._meta.concrete_fields]
    )


def values(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return {str(value) for row in cursor.fetchall() for value in row if value is not None}


def test_nothing_finer_than_the_quarter_is_kept(partner: Organisation) -> None:
    times = {"DateTimeField", "TimeField", "DurationField"}
    for table in (DiversityForm, DiversityAnswer, DiversityInvitation):
        assert not [field for field in table._meta.concrete_fields if field.get_internal_type() in times]
    assert [f.name for f in DiversityForm._meta.concrete_fields if f.get_internal_type() == "DateField"] == ["quarter"]


def test_the_order_of_the_rows_reveals_nothing(partner: Organisation) -> None:
    """Read as the database keeps them, rows lie in the order of their random keys, all written at one time."""
    for n in range(12):
        diversity.submit(invited(partner, f"Ann{n}"), {"sex": ["10"], "ethnicity": ["160"]}, QUARTER)
    for table in ("people_diversityform", "people_diversityanswer"):
        hidden = ", xmin::text" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT key{hidden} FROM {table}")
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
        assert len({row[1:] for row in rows}) == 1


def test_a_person_is_asked_once_in_a_strand(partner: Organisation) -> None:
    person = persons.meet(partner, "Ann", "ann@example.org", NOW)
    first = invitations.invite(partner, person, "training", QUARTER)
    second = invitations.invite(partner, person, "training", QUARTER)
    assert first is not None
    assert second is not None
    assert invitations.opened_by(first) is None
    assert invitations.opened_by("") is None
    diversity.submit(second, {}, QUARTER)
    assert invitations.invite(partner, person, "training", QUARTER) is None
    assert invitations.invite(partner, person, "leadership", QUARTER)


@pytest.mark.postgres
@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_the_documented_role_reads_answers_and_no_people(partner: Organisation) -> None:
    document = (PACKAGE.parents[1] / "docs" / "how" / "programme.md").read_text()
    sql = document.split("```sql\n")[1].split("```")[0]
    tables = {
        "resilience_diversity": ("people_diversityanswer", "people_contact"),
        "resilience_people": ("people_contact", "people_diversityanswer"),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        for role, (allowed, refused) in tables.items():
            cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(f"SELECT count(*) FROM {allowed}")
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(f"SELECT count(*) FROM {refused}")
            cursor.execute("RESET ROLE")
        # Roles belong to the whole server: the other tests are not to find them.
        transaction.set_rollback(True)


def test_only_disclosure_control_uses_the_door() -> None:
    """The import contract names who may import the module; of those, one alone may open the door and count."""
    trees = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text()) for path in PACKAGE.rglob("*.py")}
    openers = {path for path, tree in trees.items() if imports_it(tree) and names_in(tree) & {"tallies", "door"}}
    assert openers <= {"results/disclosure.py"}
    readers = {path for path, tree in trees.items() if names_in(tree) & {"DiversityForm", "DiversityAnswer"}}
    assert readers == {"people/diversity.py", "people/models/diversity.py"}


def imports_it(tree: ast.Module) -> bool:
    return any(
        node.module == "resilience.people.diversity"
        or (node.module == "resilience.people" and "diversity" in {alias.name for alias in node.names})
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    )


def names_in(tree: ast.Module) -> set[str]:
    return {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name)
    }
