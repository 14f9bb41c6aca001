"""The reference table: what there is to avoid per trainee, and three worked examples, at 40,000 draws.

The reference is printed with few digits; half a unit of the last digit printed is allowed beside the tolerance.
"""

from __future__ import annotations

import pytest

from resilience.footprint import (
    Figure,
    Garments,
    Measure,
    Purpose,
    Session,
    SiteProfile,
    account,
    gross_avoidable,
)

DRAWS = 40_000
SEED = 11
D, R = Garments.DISPOSABLE, Garments.REUSABLE

# Run, garments: waste; carbon with 5 and 95 %; money with 5 and 95 %.
TABLE = {
    ("gowning_qual", D): ("2.2", ("10.9", "7.8", "15.6"), ("161", "121", "217")),
    ("gowning_qual", R): ("1.3", ("8.2", "5.8", "12.0"), ("123", "90", "170")),
    ("media_fill_bsc", D): ("1.5", ("7.0", "5.0", "9.9"), ("84", "62", "119")),
    ("bioreactor_2L", D): ("0.8", ("8.5", "6.1", "12"), ("257", "185", "361")),
    ("bioreactor_50L", D): ("2.2", ("25", "17", "40"), ("741", "471", "1228")),
    ("protein_a", D): ("0.2", ("1.4", "0.8", "2.6"), ("28", "15", "55")),
    ("ufdf", D): ("0.2", ("1.9", "1.1", "3.9"), ("76", "41", "154")),
    ("lyo", D): ("0.3", ("4.2", "2.6", "7.3"), ("39", "25", "63")),
    ("tablet", D): ("0.8", ("2.8", "1.8", "4.7"), ("18", "10", "35")),
}


def printed(number: str, tolerance: float = 0.05) -> object:
    """A printed number as what it may stand for."""
    decimals = len(number.partition(".")[2])
    half_unit = 0.5 * 10**-decimals
    return pytest.approx(float(number), abs=tolerance * float(number) + half_unit)


@pytest.mark.parametrize(("run", "garments"), TABLE)
def test_gross_avoidable_per_trainee_is_that_of_the_reference_table(run: str, garments: Garments) -> None:
    waste, carbon, money = TABLE[run, garments]
    figures = gross_avoidable(run, garments, draws=DRAWS, seed=SEED)
    assert figures[Measure.WASTE].median == printed(waste)
    for measure, reference in ((Measure.CARBON, carbon), (Measure.MONEY, money)):
        found = figures[measure]
        assert [found.median, found.p5, found.p95] == [printed(number) for number in reference]


def three_gownings(purpose: Purpose) -> Figure:
    profile = SiteProfile(site="s", name="A site", garments=D)
    session = Session(
        module="gowning", site="s", year=2026, trainee="t", device_hours=0.75, purpose=purpose, countersigned=True
    )
    return account([session] * 3, [profile], draws=DRAWS, seed=SEED).figures[Measure.CARBON]


def test_a_headset_session_of_45_minutes_takes_a_tenth_of_a_kilogram() -> None:
    session = Session(module="controls", year=2026, device_hours=0.75)
    found = account([session], draws=DRAWS, seed=SEED).figures[Measure.CARBON]
    assert -found.median == pytest.approx(0.10, rel=0.05)
    assert [-found.p95, -found.p5] == [printed("0.03"), printed("0.31")]


def test_declared_replacement_avoids_seven_kilograms() -> None:
    found = three_gownings(Purpose.DECLARED_REPLACEMENT)
    assert [found.median, found.p5, found.p95] == [printed("7.3"), printed("4.1"), printed("11.6")]


def test_declared_replacement_saves_money_as_in_the_reference() -> None:
    profile = SiteProfile(site="s", name="A site", garments=D)
    session = Session(
        module="gowning", site="s", year=2026, trainee="t", device_hours=0.75,
        purpose=Purpose.DECLARED_REPLACEMENT, countersigned=True,
    )  # fmt: skip
    found = account([session] * 3, [profile], draws=DRAWS, seed=SEED).figures[Measure.MONEY]
    assert [found.median, found.p5, found.p95] == [printed("110"), printed("65"), printed("166")]


def test_extra_practice_avoids_half_a_kilogram_and_more_often_than_not_something() -> None:
    found = three_gownings(Purpose.EXTRA_PRACTICE)
    assert [found.median, found.p5, found.p95] == [printed("0.5"), pytest.approx(-0.5, abs=0.075), printed("2.9")]
    assert found.probability_positive == pytest.approx(0.74, abs=0.01)


@pytest.mark.parametrize("purpose", [Purpose.OUTREACH, Purpose.QUALIFICATION])
def test_outreach_and_qualification_only_add(purpose: Purpose) -> None:
    found = three_gownings(purpose)
    assert [-found.median, -found.p95, -found.p5] == [printed("0.3"), printed("0.1"), printed("0.9")]
    assert found.probability_positive == 0
