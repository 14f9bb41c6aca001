"""The one way out for diversity answers: what is shown, what stands, and what an attacker can make of all of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from resilience.people import diversity, invitations
from resilience.people.code_lists import census, code_list
from resilience.people.diversity import Returned
from resilience.people.models import DiversityInvitation, Organisation, Person, TrailEntry
from resilience.people.models.diversity import Strand
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme
from resilience.programme.demonstration import plan
from resilience.results import control, disclosure, snapshots
from resilience.results.control import Shown
from resilience.results.disclosure import Tally, cells_of
from resilience.results.diversity_tables import Method, Table, tables
from resilience.results.filters import Filters
from resilience.results.models import Release
from resilience.training.errors import BadInput
from tests.results.attack import Truth, attack

QUARTERS = [date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31)]
AFTER = datetime(2026, 4, 8, tzinfo=UTC)


# --- the files


@pytest.mark.parametrize("table", tables().values(), ids=list(tables()))
def test_every_code_of_a_question_stands_in_its_table(table: Table) -> None:
    asked = code_list(table.question)
    shown = {code for row in table.rows for code in row.codes}
    assert shown == {code.code for code in asked.codes} - set(asked.unanswered)
    assert set(table.unanswered) == set(asked.unanswered)
    assert (table.scheme, table.several) == (asked.scheme, asked.several)


def test_derived_groups_are_those_of_the_code_lists() -> None:
    for table, row, group in (
        ("leaders-ethnicity", "bame", "bame"),
        ("training-ethnicity", "asian", "asian"),
        ("training-ethnicity", "black", "black"),
        ("training-ethnicity", "mixed", "mixed"),
        ("training-ethnicity", "white", "white"),
        ("training-ethnicity", "other", "other"),
    ):
        codes = next(found.codes for found in tables()[table].rows if found.id == row)
        assert set(codes) == census().codes(group), (table, row)


# --- releasing


def forms(strand: Strand, answers: list[dict[str, list[str]]], quarter: date, asked: int) -> None:
    home, _ = Organisation.objects.get_or_create(name="Home")
    with whole_programme("a test"):
        for _ in range(asked):
            person = Person.objects.create(key=random.randbytes(16).hex(), created_at=AFTER)
            DiversityInvitation.objects.create(organisation=home, person=person, strand=strand)
    invitations.count(strand, quarter, asked)
    diversity.keep_all([Returned(strand, home, each, quarter) for each in answers])


def sexes(female: int, male: int, refused: int = 0) -> list[dict[str, list[str]]]:
    return [{"sex": ["10"]}] * female + [{"sex": ["11"]}] * male + [{"sex": ["96"]}] * refused


def test_a_quarter_released_late_counts_only_who_was_asked_by_its_end(store: str) -> None:
    forms(Strand.LEADERSHIP, sexes(21, 12), QUARTERS[0], asked=44)
    forms(Strand.LEADERSHIP, sexes(30, 20), QUARTERS[1], asked=56)
    late = disclosure.release("leaders-sex", QUARTERS[0], NOBODY, AFTER)
    assert (late.cells["total"], late.cells["asked"], late.cells["response_rate"]) == (33, 44, 0.75)
    assert disclosure.release("leaders-sex", QUARTERS[1], NOBODY, AFTER).cells["asked"] == 100


def test_a_release_shows_exact_cells_of_ten_and_more_and_the_rate_of_answers(store: str) -> None:
    forms(Strand.LEADERSHIP, sexes(21, 12, refused=4), QUARTERS[0], asked=44)
    made = disclosure.release("leaders-sex", QUARTERS[0], NOBODY, AFTER)
    assert made.cells["rows"]["female"] == {"count": 21, "percent": 63.6}
    assert (made.cells["total"], made.cells["asked"], made.cells["response_rate"]) == (33, 44, 0.75)
    assert TrailEntry.objects.filter(about=f"table:leaders-sex:{QUARTERS[0]}").exists()
    figure = snapshots.count("leaders_female_percent", QUARTERS[0] + timedelta(days=20))
    assert (figure.value, figure.numerator, figure.denominator, figure.response_rate) == (64, 21, 33, 0.75)


def test_a_figure_is_that_of_the_last_quarter_that_was_over(embedded_store: str) -> None:
    forms(Strand.LEADERSHIP, sexes(21, 12), QUARTERS[0], asked=33)
    disclosure.release("leaders-sex", QUARTERS[0], NOBODY, AFTER)
    forms(Strand.LEADERSHIP, sexes(10, 30), QUARTERS[1], asked=40)
    disclosure.release("leaders-sex", QUARTERS[1], NOBODY, AFTER)
    before = snapshots.count("leaders_female_percent", QUARTERS[0] - timedelta(days=1))
    assert (before.value, before.note) == (None, "not-released")
    assert snapshots.count("leaders_female_percent", QUARTERS[1] - timedelta(days=1)).numerator == 21
    assert snapshots.count("leaders_female_percent", QUARTERS[1]).numerator == 31


def test_a_quarter_is_released_once_in_order_and_after_its_end(embedded_store: str) -> None:
    disclosure.release("training-sex", QUARTERS[1], NOBODY, AFTER)
    for quarter, now, told in (
        (QUARTERS[1], AFTER, "was released"),
        (QUARTERS[0], AFTER, "was released"),
        (date(2025, 12, 30), AFTER, "ends no quarter"),
        (QUARTERS[2], datetime(2025, 12, 31, 12, tzinfo=UTC), "is not over"),
    ):
        with pytest.raises(BadInput, match=told):
            disclosure.release("training-sex", quarter, NOBODY, now)
    with pytest.raises(BadInput, match="no diversity table"):
        disclosure.release("training-age", QUARTERS[2], NOBODY, AFTER)


def test_a_quarter_that_differs_by_a_few_people_is_held_back_and_says_so(embedded_store: str) -> None:
    forms(Strand.LEADERSHIP, sexes(21, 12), QUARTERS[0], asked=33)
    first = disclosure.release("leaders-sex", QUARTERS[0], NOBODY, AFTER)
    forms(Strand.LEADERSHIP, sexes(10, 3), QUARTERS[1], asked=13)
    second = disclosure.release("leaders-sex", QUARTERS[1], NOBODY, AFTER)
    assert second.cells == {**first.cells, "stands_from": QUARTERS[0].isoformat()}
    figure = snapshots.count("leaders_female_percent", QUARTERS[1])
    assert (figure.numerator, figure.note) == (21, "held-back")
    forms(Strand.LEADERSHIP, sexes(0, 8), QUARTERS[2], asked=8)
    third = disclosure.release("leaders-sex", QUARTERS[2], NOBODY, AFTER)
    assert third.cells["stands_from"] is None
    assert third.cells["rows"]["not-female"]["count"] == 23


def test_too_few_give_no_figure(embedded_store: str) -> None:
    forms(Strand.LEADERSHIP, sexes(40, 9), QUARTERS[0], asked=49)
    made = disclosure.release("leaders-sex", QUARTERS[0], NOBODY, AFTER)
    assert made.cells["rows"] == {
        "female": {"count": None, "percent": None},
        "not-female": {"count": None, "percent": None},
    }
    assert made.cells["total"] is made.cells["response_rate"] is None
    figure = snapshots.count("leaders_female_percent", QUARTERS[0])
    assert (figure.value, figure.numerator, figure.denominator, figure.note) == (None, None, None, "suppressed")


def test_who_gives_several_codes_stands_in_several_rows_and_once_in_the_total(embedded_store: str) -> None:
    several = [{"disability": ["51", "55"]}] * 20 + [{"disability": ["95"]}] * 30 + [{"disability": ["98"]}] * 10
    forms(Strand.TRAINING, several, QUARTERS[0], asked=100)
    cells = disclosure.release("training-disability", QUARTERS[0], NOBODY, AFTER).cells
    assert [cells["rows"][row]["count"] for row in ("learning", "mental", "none", "sight")] == [20, 20, 30, 0]
    assert (cells["total"], cells["response_rate"]) == (50, 0.5)


def test_a_release_holds_nothing_that_was_not_shown(invented: None) -> None:
    """Its hash is of the shown cells: one of small true numbers could be found by trying them all."""
    for made in Release.objects.all():
        assert made.rows_hash == disclosure.digest(made.cells)
        assert set(made.cells) == {"rows", "total", "asked", "response_rate", "stands_from"}


def test_diversity_knows_no_filter(embedded_store: str) -> None:
    home = Organisation.objects.create(name="Partner")
    for filters in (Filters(organisation=home.pk), Filters.from_json({"nation": "wales"})):
        with pytest.raises(BadInput, match="whole programme"):
            snapshots.count("leaders_female_percent", QUARTERS[0], filters)
        assert "leaders_female_percent" not in snapshots.count_all(QUARTERS[0], filters)


def test_the_newest_release_stands_until_the_difference_is_large_enough(invented: None) -> None:
    stands = {
        table: [made.cells["stands_from"] for made in Release.objects.filter(table=table).order_by("quarter")]
        for table in ("leaders-sex", "leaders-ethnicity")
    }
    assert set(map(tuple, stands.values())) == {(None, None, None, "2025-09-30", "2025-09-30", None)}
    assert snapshots.count("leaders_female_percent", date(2026, 3, 31)).numerator == 13


# --- the attack


def test_nothing_can_be_told_from_all_that_the_demonstration_released(invented: None) -> None:
    """Every table and every quarter that was released, against what lies behind the door."""
    ends = plan().quarter_ends
    attacked = 0
    for table in tables().values():
        releases = list(Release.objects.filter(table=table.id).order_by("quarter"))
        assert [made.quarter for made in releases] == ends
        truths = [truth_of(disclosure.tally(table, quarter)) for quarter in ends]
        # Invitations bear no date: in each quarter as many were asked as the release says at most.
        assert not list(attack(table, truths, [made.cells for made in releases]))
        attacked += 1
    assert attacked == len(tables()) == Release.objects.values("table").distinct().count()


def truth_of(tally: Tally) -> Truth:
    return Truth(tally.counts, tally.answered, tally.asked)


Control = Callable[[Table, Tally, list[Release]], dict[str, Any]]


def histories(table: Table, seed: int, number: int) -> Iterator[list[Tally]]:
    """Invented true numbers over four quarters, with many small cells and small steps."""
    draw = random.Random(f"{table.id}:{seed}")
    for _ in range(number):
        counts = {row.id: draw.choice([0, 0, 1, 2, 3, 5, 7, 9, 12, 30]) for row in table.rows}
        history = []
        for _quarter in QUARTERS:
            alone = sum(counts.values())
            answered = max(counts.values()) + draw.randint(0, 3) if table.several else alone
            if history:
                answered = max(answered, history[-1].answered)
            if table.several:
                answered = min(answered, alone)
            history.append(Tally(asked=answered + 40, answered=answered, counts=dict(counts)))
            for row in counts:
                counts[row] += draw.choice([0, 0, 0, 1, 2, 4, 8, 10, 15])
        yield history


def found(table: Table, number: int, released: Control) -> int:
    """In how many histories the attacker gives somebody away."""
    caught = 0
    for history in histories(table, 1, number):
        made: list[Release] = []
        for quarter, tally in zip(QUARTERS, history, strict=True):
            made.insert(0, Release(table=table.id, quarter=quarter, cells=released(table, tally, made)))
        shown = [release.cells for release in reversed(made)]
        caught += any(attack(table, [truth_of(tally) for tally in history], shown))
    return caught


@pytest.mark.parametrize("table", tables().values(), ids=list(tables()))
def test_nothing_can_be_told_from_releases_of_whatever_came_in(table: Table) -> None:
    assert found(table, 25, cells_of) == 0


def unrounded(table: Table, tally: Tally, _earlier: list[Release]) -> dict[str, Any]:
    return shown_as(Shown(dict(tally.counts), tally.answered))


def rounded_with_exact_total(table: Table, tally: Tally, _earlier: list[Release]) -> dict[str, Any]:
    return shown_as(
        Shown({row: control.rounded(count) for row, count in tally.counts.items()}, control.rounded(tally.answered))
    )


def never_held_back(table: Table, tally: Tally, _earlier: list[Release]) -> dict[str, Any]:
    return cells_of(table, tally, [])


def only_the_small_cell(table: Table, tally: Tally, _earlier: list[Release]) -> dict[str, Any]:
    return shown_as(Shown({row: count if count >= 10 else None for row, count in tally.counts.items()}, tally.answered))


def shown_as(shown: Shown) -> dict[str, Any]:
    rows = {row: {"count": count} for row, count in shown.counts.items()}
    return {"rows": rows, "total": shown.total, "stands_from": None}


@pytest.mark.parametrize(
    ("table", "naive"),
    [
        ("leaders-sex", unrounded),
        ("leaders-sex", never_held_back),
        ("leaders-ethnicity", only_the_small_cell),
        ("training-sex", rounded_with_exact_total),
    ],
    ids=["all exact", "never held back", "no secondary suppression", "the total always shown"],
)
def test_the_attacker_finds_people_in_a_naive_release(table: str, naive: Control) -> None:
    assert tables()[table].method in Method
    assert found(tables()[table], 25, naive) > 0
