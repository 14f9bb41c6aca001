from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.footprint import (
    BeforeAfter,
    Device,
    Figure,
    FootprintError,
    Garments,
    LineRecord,
    Measure,
    Purpose,
    Session,
    SiteFigure,
    SiteLine,
    SiteProfile,
    Tier,
    TravelMode,
    Trip,
    account,
    factors,
    gross_avoidable,
)
from resilience.footprint.accounting import charge_induced, charge_use
from resilience.footprint.basis import Basis
from resilience.footprint.bills import built_in
from resilience.footprint.crediting import credit_runs
from resilience.footprint.devices import use
from resilience.footprint.displacement import purposes
from resilience.footprint.grouping import group
from resilience.footprint.physical import line_amounts, lines_at
from resilience.footprint.tally import Tally
from resilience.footprint.uncertainty import Draws

BHAM = SiteProfile(site="bham", name="Birmingham", garments=Garments.DISPOSABLE)
CO2, WASTE, GBP = Measure.CARBON, Measure.WASTE, Measure.MONEY


def session(**changes: Any) -> Session:
    fields: dict[str, Any] = {
        "module": "gowning", "site": "bham", "year": 2026, "purpose": Purpose.DECLARED_REPLACEMENT,
        "countersigned": True, "trainee": "a", "device_hours": 0.75,
    }  # fmt: skip
    return Session.model_validate({**fields, **changes})


def carbon(*sessions: Session, profile: SiteProfile = BHAM) -> Figure:
    return account(sessions, [profile]).figures[CO2]


def cost_alone(*sessions: Session, profile: SiteProfile = BHAM) -> float:
    """Median of what the same sessions take where they claim nothing."""
    return carbon(*(one.model_copy(update={"purpose": Purpose.OUTREACH}) for one in sessions), profile=profile).median


def test_the_same_seed_gives_the_same_account_and_another_seed_another() -> None:
    first, again, other = (account([session()] * 3, [BHAM], seed=seed).as_json() for seed in (1, 1, 2))
    assert first == again
    assert first["figures"] != other["figures"]


def test_the_order_of_sessions_and_profiles_does_not_matter() -> None:
    mixed = [session(trainee=name, purpose=purpose) for name in "abc" for purpose in Purpose]
    other = SiteProfile(site="ucl", name="London", garments=Garments.REUSABLE)
    forward = account(mixed, [BHAM, other]).figures[CO2]
    backward = account(reversed(mixed), [other, BHAM]).figures[CO2]
    assert forward.median == pytest.approx(backward.median)


@pytest.mark.parametrize("held_back", [{"countersigned": False}, {"trainee": ""}, {"completed": False}])
def test_a_declaration_that_falls_short_earns_nothing_and_is_noted(held_back: dict[str, Any]) -> None:
    found = account([session(**held_back)] * 3, [BHAM])
    assert found.credited_sessions == 0
    assert found.figures[CO2].p95 < 0
    assert list(found.notes.values()) == [3]


def test_a_session_without_a_word_about_its_purpose_is_of_the_lowest() -> None:
    bare = Session(module="gowning", site="bham", year=2026, device_hours=0.75)
    assert carbon(bare) == carbon(session(purpose=Purpose.OUTREACH))


def test_credit_stops_at_the_runs_a_trainee_would_have_done() -> None:
    nine = [session() for _ in range(9)]
    thirty = [session() for _ in range(30)]
    credit_of_nine = carbon(*nine).median - cost_alone(*nine)
    credit_of_thirty = carbon(*thirty).median - cost_alone(*thirty)
    one_run = gross_avoidable("gowning_qual", Garments.DISPOSABLE)[CO2].median
    assert credit_of_nine <= 1.02 * one_run
    assert credit_of_thirty == pytest.approx(credit_of_nine, rel=0.05)


def test_a_site_that_does_more_runs_raises_the_cap() -> None:
    more = BHAM.model_copy(update={"physical_runs_per_trainee": {"gowning_qual": 3.0}})
    assert carbon(*[session()] * 9, profile=more).median > 2 * carbon(*[session()] * 9).median


def test_each_calendar_year_has_its_own_cap() -> None:
    one_year = carbon(*[session() for _ in range(12)]).median
    two_years = carbon(*[session(year=2025 + index % 2) for index in range(12)]).median
    assert two_years > 1.5 * one_year


def test_garments_are_the_first_question() -> None:
    reusable = SiteProfile(site="bham", name="Birmingham", garments=Garments.REUSABLE)
    disposed = account([session()] * 3, [BHAM]).figures[WASTE].median
    washed = account([session()] * 3, [reusable]).figures[WASTE].median
    assert 1 - washed / disposed == pytest.approx(0.4, abs=0.05)


def test_where_nobody_was_asked_garments_are_taken_as_reusable() -> None:
    reusable = SiteProfile(site="bham", name="Birmingham", garments=Garments.REUSABLE)
    unasked = account([session()] * 3)
    assert unasked.figures[WASTE] == account([session()] * 3, [reusable]).figures[WASTE]
    assert unasked.notes["site_without_profile"] == 3


def test_a_fixed_line_counts_only_where_the_site_documents_it() -> None:
    fills = [session(module="aseptic-filling", trainee=str(n)) for n in range(5)]
    documented = BHAM.model_copy(update={"documented_fixed": {"media_fill_bsc/incubation": "Incubator log 2026"}})
    without, with_it = (account(fills, [profile]) for profile in (BHAM, documented))
    grown = with_it.figures[CO2].median - without.figures[CO2].median
    # Two kWh at the grid's 0.144 kg, for 5 runs at a share of 0.7; the median of a skewed sum lies a little beside it.
    assert grown == pytest.approx(5 * 0.7 * 2 * 0.14396, rel=0.25)
    assert not any(fact.id == "media_fill_bsc/incubation" for fact in without.method.facts)


def test_a_shared_run_falls_away_whole_or_not_at_all() -> None:
    def batch(trainees: int) -> float:
        runs = [session(module="bioreactor-run", trainee=str(n)) for n in range(trainees)]
        return account(runs, [BHAM]).figures[GBP].median

    # Four share a run: three trainees at a share below one never empty it, and only their gloves are saved.
    assert batch(3) < 10
    # Of forty trainees at 0.7, seven runs of ten fall away: of GBP 257 a trainee, near 28 trainees' worth.
    assert batch(40) == pytest.approx(28 * 257, rel=0.1)


def test_devices_differ_and_hours_count() -> None:
    def taken(device: Device, hours: float) -> float:
        return -carbon(session(module="controls", device=device, device_hours=hours)).median

    assert taken(Device.HEADSET_OLED, 1) > taken(Device.HEADSET, 1) > taken(Device.LAPTOP, 1) > 0
    assert taken(Device.HEADSET, 2) == pytest.approx(2 * taken(Device.HEADSET, 1), rel=0.05)


def test_electricity_is_of_the_year_of_the_session() -> None:
    def grid(year: int) -> float:
        parts = account([session(module="controls", year=year)], [BHAM]).figures[CO2].contributors
        return next(-part.median for part in parts if part.id == "session_electricity")

    assert grid(2024) / grid(2026) == pytest.approx((0.20705 + 0.0183) / (0.13096 + 0.013), rel=0.01)


def test_another_years_factor_that_stands_in_is_noted() -> None:
    assert "factors_of_another_year" not in account([session()], [BHAM]).notes
    assert account([session(year=2029)], [BHAM]).notes["factors_of_another_year"] == 2


def test_travel_to_a_hub_is_charged_and_a_named_trip_replaced_is_credited_by_its_mode() -> None:
    by_car = Trip(reason="to the hub in Birmingham", mode=TravelMode.CAR, km=100)
    by_rail = Trip(reason="to the hub in Birmingham", mode=TravelMode.RAIL, km=100)
    still = carbon(session()).median
    assert carbon(session(hub_travel=[by_car])).median == pytest.approx(still - 21.1, rel=0.03)
    assert carbon(session(hub_travel=[by_rail])).median == pytest.approx(still - 4.44, rel=0.05)
    replaced = carbon(session(trips_replaced=[by_car])).median
    assert replaced - still == pytest.approx(0.7 * 21.1, rel=0.05)
    unearned = account([session(purpose=Purpose.OUTREACH, trips_replaced=[by_car])], [BHAM])
    assert unearned.figures[CO2].p95 < 0
    assert unearned.notes["trips_not_counted"] == 1


def test_a_hotel_night_belongs_to_its_trip() -> None:
    stay = Trip(reason="course at the hub", mode=TravelMode.RAIL, km=1, hotel_nights=2)
    assert carbon(session(hub_travel=[stay])).median == pytest.approx(carbon(session()).median - 20.8, rel=0.05)


def test_physical_runs_held_because_of_a_session_are_charged_in_full() -> None:
    still = carbon(session(purpose=Purpose.OUTREACH)).median
    caused = carbon(session(purpose=Purpose.OUTREACH, extra_physical_runs=2)).median
    assert still - caused == pytest.approx(2 * 10.9, rel=0.05)
    with pytest.raises(FootprintError, match="session 1: `controls` has no physical run"):
        account([session(), session(module="controls", extra_physical_runs=1)], [BHAM])


def test_headsets_bought_for_this_alone_are_borne_whole_in_their_year() -> None:
    bought = BHAM.model_copy(update={"headsets_bought": {2026: 10}})
    few = account([session()] * 3, [bought])
    assert few.figures[CO2].contributors[0].id == "headsets_bought"
    # Ten headsets of 45.9 kg with two controllers of 4.22 kg, less what three sessions have borne.
    assert few.figures[CO2].contributors[0].median == pytest.approx(-10 * 54.3, rel=0.05)
    # One headset that is in use for three times its hours has been borne by them.
    worn_out = BHAM.model_copy(update={"headsets_bought": {2026: 1}})
    used = account([session(device_hours=24)] * 60, [worn_out])
    assert all(part.id != "headsets_bought" for part in used.figures[CO2].contributors)
    other_year = account([session(year=2025)] * 3, [bought])
    assert all(part.id != "headsets_bought" for part in other_year.figures[CO2].contributors)


def test_parts_and_nets_add_up_to_the_same_draw_by_draw() -> None:
    trip = Trip(reason="to the hub", mode=TravelMode.COACH, km=80, hotel_nights=1)
    mixed = [
        session(
            trainee=str(n), module=module, purpose=purpose, year=year, hub_travel=[trip], trips_replaced=[trip],
            extra_physical_runs=0 if module == "controls" else 0.5,
        )
        for n in range(6)
        for module in ("gowning", "aseptic-filling", "bioreactor-run", "controls")
        for purpose in Purpose
        for year in (2025, 2026)
    ]  # fmt: skip
    sites = {"bham": BHAM.model_copy(update={"headsets_bought": {2026: 4}})}
    tally, basis = Tally(10_000), Basis(factors.built_in(), Draws(10_000, 0))
    groups = group(mixed, sites, built_in())
    charge_use(groups, tally, basis)
    charge_induced(groups, sites, built_in(), tally, basis)
    credit_runs(groups, sites, built_in(), tally, basis)
    parts = sum(tally.parts.values(), np.zeros((3, 10_000)))
    assert np.allclose(parts, tally.total())
    found = account(mixed, sites.values())
    assert found.figures[CO2].median == pytest.approx(float(np.median(tally.total()[1])))
    assert set(found.by_purpose) == {purpose.value for purpose in Purpose}
    assert set(found.by_module) == {"gowning", "aseptic-filling", "bioreactor-run", "controls"}


def test_the_account_is_the_equation_session_by_session() -> None:
    # Below every cap and with lines that are not shared, nothing but the equation is left.
    sessions = [
        session(trainee=str(n), module=module, purpose=purpose, year=2024 + n % 3, device_hours=0.25 * (1 + n))
        for n in range(3)
        for module, purpose in (
            ("gowning", Purpose.DECLARED_REPLACEMENT),
            ("gowning", Purpose.EXTRA_PRACTICE),
            ("aseptic-filling", Purpose.DECLARED_REPLACEMENT),
            ("controls", Purpose.OUTREACH),
        )
    ]
    basis = Basis(factors.built_in(), Draws(10_000, 0))
    net = np.zeros((3, 10_000))
    for one in sessions:
        for taken in use(one.device, one.device_hours, 1, one.year, basis).values():
            net -= taken
        module = built_in().modules[one.module]
        if module.run:
            displaced = basis.draws.of(purposes()[one.purpose].uncertain) / module.sessions_per_run
            for placed in lines_at(built_in().runs[module.run], BHAM):
                if placed.counted:
                    net += displaced * line_amounts(placed, 1, one.year, basis)
    found = account(sessions, [BHAM]).figures
    for row, measure in enumerate(Measure):
        expected = np.percentile(net[row], [5, 50, 95])
        assert [found[measure].p5, found[measure].median, found[measure].p95] == pytest.approx(list(expected))


_SESSIONS = st.builds(
    session,
    module=st.sampled_from(sorted(built_in().modules)),
    site=st.sampled_from(["bham", "elsewhere"]),
    year=st.integers(2020, 2030),
    purpose=st.sampled_from(Purpose),
    countersigned=st.booleans(),
    trainee=st.sampled_from(["", "a", "b"]),
    device=st.sampled_from(Device),
    device_hours=st.floats(0.01, 24),
    completed=st.booleans(),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_SESSIONS, max_size=30))
def test_any_sessions_make_an_account_that_credits_no_more_than_the_runs_there_were(sessions: list[Session]) -> None:
    found = account(sessions, [BHAM])
    plain = json.dumps(found.as_json(), allow_nan=False)
    assert plain == json.dumps(account(sessions, [BHAM]).as_json(), allow_nan=False)
    claims = {(one.site, built_in().modules[one.module].run, one.year, one.trainee) for one in sessions if one.trainee}
    ceiling = sum(gross_avoidable(run, Garments.DISPOSABLE)[GBP].p95 for _, run, _, _ in claims if run)
    assert found.figures[GBP].p95 <= ceiling
    for figure in found.figures.values():
        assert figure.p5 <= figure.median <= figure.p95


def test_negative_results_are_shown_beside_positive_ones() -> None:
    found = account([session()] * 3 + [session(purpose=Purpose.OUTREACH)] * 40, [BHAM])
    assert found.by_purpose["outreach"][CO2].p95 < 0 < found.by_purpose["declared_replacement"][CO2].p5


def test_a_module_nobody_knows_is_charged_credited_nothing_and_noted() -> None:
    found = account([session(module="from-elsewhere")], [BHAM])
    assert found.notes["module_unknown"] == 1
    assert found.figures[CO2].p95 < 0


def test_no_sessions_make_an_empty_account() -> None:
    found = account([])
    assert found.sessions == 0
    assert [figure.median for figure in found.figures.values()] == [0, 0, 0]
    assert found.tier is Tier.T0


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(FootprintError, match="9999 draws"):
        account([session()], draws=9_999)


def test_two_profiles_of_one_site_are_refused() -> None:
    with pytest.raises(FootprintError, match="two profiles of `bham`"):
        account([session()], [BHAM, BHAM])


def figure(value: float) -> SiteFigure:
    return SiteFigure(value=value, low=value * 0.9, high=value * 1.1, document="Orders and waste notes 2026")


def recorded(run: str, profile: SiteProfile = BHAM) -> SiteProfile:
    records = tuple(
        LineRecord(
            run=run, line=line.line, quantity=figure(2 * line.quantity), waste_kg_per_unit=line.waste_kg,
            price_gbp=figure(5.0),
        )
        for line in built_in().runs[run].lines
    )  # fmt: skip
    return profile.model_copy(update={"records": records})


def test_a_sites_records_take_the_place_of_the_defaults_and_raise_the_tier() -> None:
    found = account([session()] * 3, [recorded("gowning_qual")])
    assert found.tier is Tier.T2
    assert found.missing_records == ()
    default = account([session()] * 3, [BHAM])
    assert found.figures[WASTE].median == pytest.approx(2 * default.figures[WASTE].median, rel=0.05)
    facts = {fact.id: fact for fact in found.method.facts}
    assert facts["gowning_qual/gloves@bham"].source == "Orders and waste notes 2026"
    assert facts["gowning_qual/gloves/price@bham"].value == 5.0
    assert "gowning_qual/gloves" not in facts


def test_one_line_without_a_record_keeps_the_tier_down_and_is_named() -> None:
    full = recorded("gowning_qual")
    partly = full.model_copy(update={"records": full.records[1:]})
    found = account([session()] * 3, [partly])
    assert found.tier is Tier.T1
    assert found.missing_records == ("bham:gowning_qual/garments",)


def test_the_tier_is_that_of_the_weakest_credit() -> None:
    sessions = [session(), session(site="ucl", trainee="b")]
    assert account(sessions, [recorded("gowning_qual")]).tier is Tier.T0
    no_claim = [session(), session(site="ucl", purpose=Purpose.OUTREACH)]
    assert account(no_claim, [recorded("gowning_qual")]).tier is Tier.T2


def test_a_comparison_on_top_of_records_is_the_highest_tier_and_replaces_the_prior() -> None:
    compared = recorded("gowning_qual").model_copy(
        update={
            "comparisons": (
                BeforeAfter(
                    run="gowning_qual", runs_before=100, trainees_before=100, runs_after=100, trainees_after=100,
                    practised_runs=100, document="Two years of training records",
                ),
            )
        }
    )  # fmt: skip
    found = account([session()] * 3, [compared])
    assert found.tier is Tier.T3
    # No run fell away in a hundred: the credit all but vanishes.
    assert (
        found.figures[WASTE].median < 0.05 * account([session()] * 3, [recorded("gowning_qual")]).figures[WASTE].median
    )


def test_a_line_of_the_sites_own_counts_by_its_price() -> None:
    recharge = SiteLine(
        run="gowning_qual", line="room_hours", what="Hours of the room, recharged", behaviour="variable",
        quantity=figure(2.0), unit="hour", price="gbp_cleanroom_h", price_gbp=figure(60.0),
    )  # fmt: skip
    with_it = account([session()] * 3, [BHAM.model_copy(update={"own_lines": (recharge,)})]).figures[GBP].median
    assert with_it - account([session()] * 3, [BHAM]).figures[GBP].median == pytest.approx(0.7 * 120, rel=0.06)


def test_the_account_in_json_names_every_figure_with_grade_and_source() -> None:
    plain = account([session()] * 3, [BHAM]).as_json()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain["tier"] == "T1"
    facts = {fact["id"]: fact for fact in plain["method"]["facts"]}
    assert facts["elec_uk_gen_2026"]["grade"] == "solid"
    assert facts["garm_disp_set"]["distribution"]["uncertainty_type"] == 2
    assert facts["hmd_life_h"]["source"]
    assert len(plain["figures"]["co2e_kg"]["contributors"]) == 5


def test_contributors_are_the_largest_parts_and_drivers_what_the_range_hangs_on() -> None:
    found = carbon(*[session()] * 3)
    sizes = [abs(part.median) for part in found.contributors]
    assert sizes == sorted(sizes, reverse=True)
    assert found.contributors[0].id == "gowning_qual/garments"
    assert found.drivers[0].id == "displacement/declared_replacement"
    assert np.all(np.diff([driver.share for driver in found.drivers]) <= 0)
