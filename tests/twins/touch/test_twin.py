"""What the touch twin does, by hand-worked numbers: contacts, films, gloves, liquids, containers."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.twins.touch import Kind, Touch


def known(**more: float) -> Touch:
    """A twin of one run: no members, no spores unless asked for."""
    return Touch(1, members=0, parameters={"spore_share": 0.0, **more})


def on(twin: Touch, name: str) -> float:
    return float(twin.organisms(name)[0])


# Contacts -------------------------------------------------------------------------------------------------------------
def test_a_gloved_touch_passes_thirty_percent_of_the_difference() -> None:
    twin = known()
    twin.add_hand("left", glove=10.0)
    twin.add_face("worktop", 2.0)
    passed = twin.contact("left", "worktop")
    # H' = H + 0.30 (S - H) with S = 10 and H = 2.
    assert on(twin, "worktop") == pytest.approx(4.4)
    assert on(twin, "left") == pytest.approx(7.6)
    assert passed.central == pytest.approx(2.4)


def test_a_bare_touch_passes_forty_nine_percent() -> None:
    twin = known()
    twin.add_hand("left", skin=500.0)
    twin.doff("left")
    twin.add_face("worktop")
    assert twin.contact("left", "worktop").central == pytest.approx(245.0)


def test_the_dirtier_face_gives_whichever_touches() -> None:
    twin = known()
    twin.add_hand("left", glove=0.0)
    twin.add_face("floor", 5.0)
    assert twin.contact("left", "floor").central == pytest.approx(-1.5)
    assert on(twin, "left") == pytest.approx(1.5)


def test_a_glove_on_a_sterile_face_passes_the_median_in_the_central_run() -> None:
    twin = known()
    twin.add_hand("left", glove=1.0)
    twin.add_face("needle", kind=Kind.CRITICAL)
    assert twin.contact("left", "needle").central == pytest.approx(0.0173)


def test_each_touch_on_a_sterile_face_is_drawn_anew_in_the_members() -> None:
    twin = Touch(1, members=64)
    twin.add_face("left", 1.0, Kind.GLOVE)
    twin.add_face("needle", kind=Kind.CRITICAL)
    first = twin.contact("left", "needle").organisms
    second = twin.contact("left", "needle").organisms
    assert np.unique(first[1:]).size > 60
    ratio = second[1:] / first[1:]
    assert ratio.max() > 2
    assert ratio.min() < 0.5


def test_a_rule_overrides_what_follows_from_the_faces() -> None:
    twin = known()
    twin.add_face("outer wrap", 2.0)
    twin.add_face("stopper", kind="critical")
    assert twin.contact("outer wrap", "stopper", rule="sterile").central == pytest.approx(2 * 0.0173)


def test_a_tear_lets_a_part_of_the_skin_touch() -> None:
    twin = known()
    twin.add_hand("left", glove=0.0, skin=500.0)
    twin.add_face("worktop")
    twin.tear("left")
    # 2 % of the touch is bare: 0.49 x 0.02 x 500; the clean glove then takes back 0.30 x 0.98 of nothing.
    assert twin.contact("left", "worktop").central == pytest.approx(4.9)
    assert on(twin, "left/skin") == pytest.approx(495.1)


def test_a_clean_face_pressed_by_a_torn_hand_does_not_wash_the_skin() -> None:
    twin = known()
    twin.add_hand("left", glove=0.0, skin=1.0)
    twin.add_face("floor", 100.0)
    twin.tear("left")
    passed = twin.contact("floor", "left")
    # The glove has 98 % of the touch; what the skin gains is the skin's.
    assert passed.central == pytest.approx(0.98 * 0.30 * 100)
    assert on(twin, "left/skin") > 1.0


def test_the_way_of_most_is_remembered() -> None:
    twin = known()
    twin.add_hand("left", glove=0.1)
    twin.add_face("grille", 5.0)
    twin.add_face("needle", 0.0, Kind.CRITICAL)
    assert twin.trail("left") == (("left/glove", 0),)
    twin.do_step(2.0)
    twin.contact("left", "grille")
    assert twin.trail("left") == (("grille", 40),)
    twin.do_step(1.0)
    twin.contact("left", "needle")
    assert twin.trail("needle") == (("left/glove", 60), ("grille", 40))
    assert twin.trail("grille") == (("grille", 0),)


def test_a_little_more_does_not_change_the_way_of_most() -> None:
    twin = known()
    twin.add_face("grille", 5.0)
    twin.add_face("tray", 4.0)
    twin.contact("grille", "tray")
    assert twin.trail("tray") == (("tray", 0),)


def test_a_way_is_told_four_steps_back() -> None:
    twin = known()
    for n in range(7):
        twin.add_face(f"face {n}", 1.0 if n == 0 else 0.0)
    for n in range(6):
        twin.do_step(1.0)
        twin.contact(f"face {n}", f"face {n + 1}")
    assert twin.trail("face 6") == (("face 5", 120), ("face 4", 100), ("face 3", 80), ("face 2", 60))


def test_the_way_of_an_organism_goes_on_through_the_liquid() -> None:
    twin = known()
    twin.add_hand("left", glove=10.0)
    twin.add_face("needle", kind=Kind.CRITICAL)
    twin.add_vessel("bottle", 10.0)
    twin.add_vessel("syringe")
    twin.add_vessel("vial", unit=True)
    twin.do_step(1.0)
    twin.contact("left", "needle")
    twin.do_step(1.0)
    twin.pour("bottle", "syringe", 5.0, through="needle")
    twin.do_step(1.0)
    twin.pour("syringe", "vial", 5.0, through="needle")
    (entry,) = twin.ledger.of["vial"]
    assert (entry.route, entry.cause, entry.tick, entry.before) == ("liquid", "syringe", 60, (("left/glove", 20),))
    assert twin.trail("vial") == (("syringe", 60), ("left/glove", 20))


def test_it_does_not_matter_which_face_is_named_first() -> None:
    one, other = Touch(1), Touch(1)
    for twin in (one, other):
        twin.add_face("left", 1.0, Kind.GLOVE)
        twin.add_face("needle", kind=Kind.CRITICAL)
    one.contact("left", "needle")
    one.contact("needle", "left")
    other.contact("needle", "left")
    other.contact("left", "needle")
    assert one.organisms("needle").tobytes() == other.organisms("needle").tobytes()


def test_what_passes_is_counted_gross_both_ways() -> None:
    twin = known()
    twin.add_face("a", 10.0)
    twin.add_face("b")
    twin.contact("a", "b")
    twin.contact("b", "a")
    # 3 one way; then 0.30 x (3 - 7) the other.
    assert float(twin.account("passed")[0]) == pytest.approx(3.0 + 1.2)


# Disinfection ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("seconds", "log"), [(0.0, 0.0), (15.0, 2.0), (30.0, 4.0), (50.0, 4.0)])
def test_alcohol_kills_by_its_wet_time_up_to_four_logs(seconds: float, log: float) -> None:
    twin = known()
    twin.add_face("pack", 1000.0)
    twin.wet("pack")
    twin.do_step(seconds)
    (ended,) = twin.end_wetting("pack", "opened")
    assert on(twin, "pack") == pytest.approx(1000 * 10**-log)
    assert (ended.wet_seconds, ended.ended_by) == (seconds, "opened")
    assert ended.log_reduction == pytest.approx(log)
    assert ended.spore_log_reduction == 0.0


def test_alcohol_leaves_spores() -> None:
    twin = Touch(1, 0, {"spore_share": 0.02})
    twin.add_face("pack", 100.0)
    twin.wet("pack")
    twin.do_step(600.0)
    assert twin.by_kind("pack")[:, 0] == pytest.approx([98e-4, 2.0])


def test_a_sporicide_needs_its_own_contact_time() -> None:
    twin = Touch(1, 0, {"spore_share": 1.0})
    for name in ("short", "long"):
        twin.add_face(name, 1000.0)
        twin.wet(name, "sporicide", "wipe")
    twin.do_step(90.0)
    (short,) = twin.end_wetting("short", "wiped dry")
    twin.do_step(90.0)
    (long,) = twin.end_wetting("long", "wiped dry")
    assert (short.spore_log_reduction, long.spore_log_reduction) == pytest.approx((1.5, 3.0))
    assert on(twin, "long") == pytest.approx(1.0)


def test_what_a_film_did_not_reach_lives() -> None:
    twin = known()
    twin.add_face("worktop", 10.0)
    twin.wet("worktop", coverage=0.6)
    twin.do_step(60.0)
    assert on(twin, "worktop") == pytest.approx(10 * (0.4 + 0.6e-4))


def test_touching_a_wet_face_ends_its_wet_time_on_both_sides() -> None:
    twin = known()
    twin.add_hand("left", glove=1.0)
    twin.add_face("pack", 1.0)
    twin.wet("left", how="rub")
    twin.do_step(5.0)
    twin.wet("pack")
    twin.do_step(5.0)
    ended = twin.contact("left", "pack").disinfected
    assert [(e.face, e.wet_seconds, e.ended_by) for e in ended] == [
        ("left/glove", 10.0, "touched"),
        ("pack", 5.0, "touched"),
    ]
    assert not twin.is_wet("left")
    assert not twin.is_wet("pack")


def test_a_film_dries_at_its_own_moment_however_long_the_step() -> None:
    twin = known()
    for name, how in (("a", "spray"), ("b", "wipe")):
        twin.add_face(name, 1.0)
        twin.wet(name, how=how)
    ended = twin.do_step(1000.0)
    assert [(e.face, e.wet_seconds, e.ended_by) for e in ended] == [("b", 45.0, "dry"), ("a", 60.0, "dry")]


def test_wetting_again_adds_time_and_coverage() -> None:
    twin = known()
    twin.add_face("worktop", 1.0)
    twin.wet("worktop", how="wipe", coverage=0.5)
    twin.do_step(40.0)
    assert twin.wet("worktop", how="wipe", coverage=0.9) == ()
    assert twin.do_step(44.0) == ()
    (ended,) = twin.do_step(1.0)
    assert ended.wet_seconds == 85.0
    assert on(twin, "worktop") == pytest.approx(0.1 + 0.9e-4)


def test_wetting_again_never_takes_time_or_coverage_away() -> None:
    twin = known()
    twin.add_face("worktop", 1.0)
    twin.wet("worktop", how="spray", coverage=0.9)
    twin.do_step(1.0)
    twin.wet("worktop", how="wipe", coverage=0.2)
    (ended,) = twin.do_step(100.0)
    assert ended.wet_seconds == 60.0
    assert on(twin, "worktop") == pytest.approx(0.1 + 0.9e-4)


def test_another_agent_begins_a_new_film() -> None:
    twin = known()
    twin.add_face("worktop", 1.0)
    twin.wet("worktop")
    twin.do_step(30.0)
    (ended,) = twin.wet("worktop", "sporicide", "wipe")
    assert (ended.agent, ended.wet_seconds, ended.ended_by) == ("ipa-70", 30.0, "rewetted")
    assert twin.is_wet("worktop")


def test_what_lives_on_a_wet_face_is_seen_before_the_film_ends() -> None:
    twin = known()
    twin.add_face("pack", 100.0)
    twin.wet("pack")
    twin.do_step(15.0)
    assert on(twin, "pack") == pytest.approx(1.0)
    assert float(twin.account("killed")[0]) == 0.0
    twin.end_wetting("pack", "used")
    assert on(twin, "pack") == pytest.approx(1.0)
    assert float(twin.account("killed")[0]) == pytest.approx(99.0)


def test_a_branch_has_its_own_films() -> None:
    twin = known()
    twin.add_face("pack", 100.0)
    twin.wet("pack", coverage=0.5)
    other, kept = twin.fork(), twin.snapshot()
    twin.do_step(50.0)
    twin.wet("pack", coverage=1.0)
    (ended,) = other.do_step(100.0)
    assert (ended.wet_seconds, ended.ended_by) == (60.0, "dry")
    assert on(other, "pack") == pytest.approx(50 + 50e-4)
    twin.restore(kept)
    (ended,) = twin.do_step(100.0)
    assert ended.wet_seconds == 60.0
    assert on(twin, "pack") == pytest.approx(50 + 50e-4)


def test_all_that_lies_anywhere_is_seen_at_once() -> None:
    twin = known()
    twin.add_hand("left", glove=1.0, skin=500.0)
    twin.add_face("pack", 100.0)
    twin.add_vessel("vial", 1.0, 5.0)
    twin.wet("pack")
    twin.do_step(15.0)
    assert twin.lying() == pytest.approx({"left/glove": 1.0, "left/skin": 500.0, "pack": 1.0})


# Gloves ---------------------------------------------------------------------------------------------------------------
def test_a_glove_takes_what_lies_on_it_away_and_a_fresh_one_is_clean() -> None:
    twin = known()
    twin.add_hand("left", glove=5.0, skin=500.0)
    twin.doff("left")
    assert float(twin.account("removed")[0]) == pytest.approx(5.0)
    assert on(twin, "left") == pytest.approx(500.0)
    twin.do_step(1.0)
    twin.don("left")
    assert on(twin, "left") == pytest.approx(0.01)
    assert twin.trail("left") == (("left/glove", 20),)


def test_a_glove_put_on_by_its_outside_gains_from_the_other_hand() -> None:
    twin = known()
    twin.add_hand("left", skin=500.0)
    twin.add_hand("right", skin=400.0)
    twin.doff("left")
    twin.doff("right")
    gained = twin.don("left", load=0.0, touched_by="right")
    assert gained.central == pytest.approx(0.49 * 400)


def test_a_fresh_glove_has_no_tear() -> None:
    twin = known()
    twin.add_hand("left", glove=0.0, skin=500.0)
    twin.add_face("worktop")
    twin.tear("left")
    twin.doff("left")
    twin.don("left", load=0.0)
    assert twin.contact("left", "worktop").central == 0.0


# Liquids and containers -----------------------------------------------------------------------------------------------
def test_a_pour_takes_its_part_of_the_organisms() -> None:
    twin = known()
    twin.add_vessel("bottle", 100.0, per_ml=0.5)
    twin.add_vessel("syringe")
    assert twin.pour("bottle", "syringe", 10.0).central == pytest.approx(5.0)
    assert on(twin, "bottle") == pytest.approx(45.0)
    assert twin.millilitres("syringe") == 10.0
    assert twin.millilitres("bottle") == 90.0


def test_what_lies_on_a_needle_goes_with_the_liquid() -> None:
    twin = known(needle_to_liquid=0.8)
    twin.add_vessel("syringe", 10.0, per_ml=0.1)
    twin.add_vessel("vial", unit=True)
    twin.add_face("needle", 2.0, Kind.CRITICAL)
    twin.do_step(1.0)
    twin.pour("syringe", "vial", 5.0, through="needle")
    assert on(twin, "vial") == pytest.approx(1.6 + 0.5)
    assert on(twin, "needle") == pytest.approx(0.4)
    entries = twin.ledger.of["vial"]
    assert [(e.route, e.cause, e.tick) for e in entries] == [("surface", "needle", 0), ("liquid", "syringe", 20)]


def test_the_last_drop_goes_along() -> None:
    twin = known()
    twin.add_vessel("bottle", 0.3, per_ml=1.0)
    twin.add_vessel("syringe")
    for _ in range(3):
        twin.pour("bottle", "syringe", 0.1)
    assert twin.millilitres("bottle") == 0.0
    assert on(twin, "bottle") == 0.0
    assert twin.millilitres("syringe") == pytest.approx(0.3)


def test_a_touch_on_an_open_neck_lets_a_part_fall_in() -> None:
    twin = known()
    twin.add_hand("left", glove=10.0)
    twin.add_face("neck", kind=Kind.CRITICAL)
    twin.add_vessel("vial", unit=True)
    twin.do_step(0.5)
    twin.contact("left", "neck", into="vial")
    assert on(twin, "vial") == pytest.approx(0.1 * 0.173)
    assert on(twin, "neck") == pytest.approx(0.9 * 0.173)
    (entry,) = twin.ledger.of["vial"]
    assert (entry.route, entry.cause, entry.tick) == ("surface", "left/glove", 10)


def test_a_cleaner_glove_lets_nothing_fall_in() -> None:
    twin = known()
    twin.add_hand("left", glove=0.0)
    twin.add_face("neck", 1.0, Kind.CRITICAL)
    twin.add_vessel("vial", unit=True)
    twin.contact("left", "neck", into="vial")
    assert twin.ledger.of["vial"] == []


def test_a_seated_stopper_gives_a_part_of_what_lies_on_it_once() -> None:
    twin = known()
    twin.add_face("tip", 4.0, Kind.CRITICAL)
    twin.add_face("stopper", kind=Kind.CRITICAL)
    twin.add_vessel("vial", unit=True)
    twin.do_step(1.0)
    twin.contact("tip", "stopper")
    twin.do_step(1.0)
    assert twin.fall_in("stopper", "vial").central == pytest.approx(0.1 * 1.2)
    (entry,) = twin.ledger.of["vial"]
    assert (entry.route, entry.cause, entry.tick) == ("surface", "tip", 20)


def test_what_settles_is_doubted_by_the_ensemble_unless_it_comes_with_its_own() -> None:
    twin = Touch(1, members=64)
    twin.add_vessel("vial", unit=True)
    twin.settle("vial", 0.01, "left sleeve", 3.2, tick=4900)
    spread = twin.organisms("vial")
    assert spread[0] == pytest.approx(0.01)
    assert spread.max() > 0.03
    assert spread.min() < 0.003
    (entry,) = twin.ledger.of["vial"]
    assert (entry.route, entry.cause, entry.tick, entry.seconds) == ("air", "left sleeve", 4900, 3.2)
    own = np.linspace(0.1, 0.2, 65)
    twin.settle("vial", own, "room air")
    assert np.array_equal(twin.ledger.of["vial"][1].organisms, own)


def test_what_sheds_onto_a_face_is_blamed_on_what_shed_it() -> None:
    twin = known()
    twin.add_face("tray")
    twin.do_step(1.0)
    twin.shed("tray", "sleeve", "right sleeve")
    assert on(twin, "tray") == pytest.approx(2.0)
    assert twin.trail("tray") == (("right sleeve", 20),)
    assert float(twin.account("shed")[0]) == pytest.approx(2.0)


def test_what_settles_on_a_stopper_comes_into_the_vial_by_the_surface() -> None:
    twin = known()
    twin.add_face("stopper", kind=Kind.CRITICAL)
    twin.add_vessel("vial", unit=True)
    twin.settle("stopper", 1.0, "left hand", 5.0, tick=0)
    twin.fall_in("stopper", "vial")
    (entry,) = twin.ledger.of["vial"]
    assert (entry.route, entry.cause) == ("surface", "left hand")


def test_what_leaves_a_unit_leaves_its_account() -> None:
    twin = known()
    twin.add_vessel("vial", unit=True)
    twin.add_vessel("waste")
    twin.add_vessel("bottle", 10.0, per_ml=1.0)
    twin.pour("bottle", "vial", 4.0)
    twin.pour("vial", "waste", 3.0)
    assert twin.ledger.expected("vial")[0] == pytest.approx(1.0) == on(twin, "vial")


def test_a_unit_that_holds_organisms_from_the_start_has_them_by_its_liquid() -> None:
    twin = known()
    twin.add_vessel("vial", 2.0, per_ml=0.25, unit=True)
    assert twin.ledger.expected("vial", "liquid")[0] == pytest.approx(0.5)


# Sampling and the interval --------------------------------------------------------------------------------------------
def test_a_plate_takes_what_it_recovers() -> None:
    twin = known()
    twin.add_face("worktop", 8.0)
    assert twin.sample("worktop", 0.5).central == pytest.approx(4.0)
    assert on(twin, "worktop") == pytest.approx(4.0)
    twin.remove("worktop")
    assert on(twin, "worktop") == 0.0
    assert float(twin.account("removed")[0]) == pytest.approx(8.0)


def test_the_interval_comes_from_the_published_interval() -> None:
    twin = Touch(1, members=1000)
    twin.add_face("glove", 100.0, Kind.GLOVE)
    twin.add_face("worktop")
    twin.contact("glove", "worktop")
    found = twin.get("worktop")
    assert found.central == pytest.approx(30.0)
    assert found.median == pytest.approx(30.0, rel=0.01)
    # 5 % and 95 % points of a two-piece logit-normal through 0.17, 0.30 and 0.49, worked out by hand.
    assert (found.low, found.high) == pytest.approx((18.74, 45.77), rel=0.01)
