"""The record, signatures, questions, the pace of time, hints."""

from __future__ import annotations

from tests.training.player import Player


def test_what_is_recorded_is_compared_with_what_was_read() -> None:
    player = Player()
    player.do("move", station="cabinet")
    player.do("operate", target="cabinet", control="airflow")
    (reading,) = player.events("reading", what="airflow")
    read_at = player.tick
    player.do("record", field="airflow", value=0.45)
    (recorded,) = player.events("recorded")
    assert recorded["truth"] == reading["value"]
    assert recorded["fact_tick"] == read_at


def test_what_nobody_read_has_no_moment() -> None:
    player = Player()
    player.do("record", field="airflow", value=0.45)
    assert player.events("recorded")[0]["fact_tick"] is None


def test_a_value_is_not_written_over_but_corrected_with_the_old_one_legible() -> None:
    player = Player()
    player.do("record", field="lot-vials", value="V-9")
    assert "Already recorded" in player.refused("record", field="lot-vials", value="V-0113")
    player.do("correct", field="lot-vials", value="V-0113", reason="misread")
    (field,) = [f for f in player.session.snapshot()["panels"]["record"]["fields"] if f["id"] == "lot-vials"]
    assert field["value"] == "V-0113"
    assert [(c["old"], c["reason"]) for c in field["corrected"]] == [("V-9", "misread")]


def test_what_is_not_recorded_is_not_corrected() -> None:
    player = Player()
    assert "Nothing is recorded" in player.refused("correct", field="lot-vials", value="V-0113", reason="")


def test_the_batch_is_given() -> None:
    player = Player()
    assert "given" in player.refused("record", field="batch", value="X")
    (field,) = [f for f in player.session.snapshot()["panels"]["record"]["fields"] if f["id"] == "batch"]
    assert field["value"] == player.session.variant.batch


def test_a_step_is_signed_once() -> None:
    player = Player()
    player.do("sign", step="batch", meaning="performed")
    assert "Already signed" in player.refused("sign", step="batch", meaning="performed")


def test_the_unfit_pack_is_the_one_to_reject() -> None:
    player = Player()
    packs = [name for name, item in player.world.items.items() if item.kind == "pack"]
    for pack in packs:
        player.do("answer", question=f"pack:{pack}", choice="accept")
    truths = {event["question"]: event["truth"] for event in player.events("answered")}
    assert {q for q, truth in truths.items() if truth == "reject"} == {f"pack:{player.session.variant.bad_pack}"}


def test_a_question_about_a_pack_is_asked_where_the_pack_is() -> None:
    player = Player()
    player.do("move", station="desk")
    assert player.refused("answer", question="pack:vial-pack", choice="accept")
    asked = {question["id"] for question in player.session.snapshot()["questions"]}
    assert "labels-ok" in asked
    assert "pack:vial-pack" not in asked


def test_an_answered_question_is_not_asked_again() -> None:
    player = Player()
    player.do("answer", question="pack:vial-pack", choice="accept")
    assert "pack:vial-pack" not in {question["id"] for question in player.session.snapshot()["questions"]}


def test_time_runs_faster_while_waiting_and_not_over_an_open_vial() -> None:
    player = Player()
    player.set_up()
    before = player.world.clock.seconds
    player.do("pace", value=10)
    player.wait(6)
    assert player.world.clock.seconds - before > 60
    player.do("open", hand="left", target="vial-1", part="foil")
    assert player.world.clock.pace == 1
    assert "while a vial is open" in player.refused("pace", value=2)


def test_a_hint_is_given_in_practice_and_refused_in_an_assessment() -> None:
    player = Player()
    steps = player.session.snapshot()["panels"]["sop"]["steps"]
    assert all("why" not in step for step in steps)
    player.do("hint")
    steps = player.session.snapshot()["panels"]["sop"]["steps"]
    assert [step["id"] for step in steps if "why" in step] == [player.world.current_step]
    assert "no hints" in Player(mode="assessment").refused("hint")


def test_labels_are_printed_for_the_crimped_vials_that_stand_at_the_printer() -> None:
    player = Player(fault="dropped-stopper")
    player.set_up()
    for vial in ("vial-1", "vial-2"):
        player.fill(vial)
    player.do("place", hand="right", on="worktop")
    player.do("place", hand="left", on="worktop")
    player.do("take", hand="right", item="crimper")
    for vial in ("vial-1", "vial-2"):
        player.do("use", hand="right", tool="crimper", target=vial, part="stopper")
    player.do("place", hand="right", on="worktop")
    player.do("take", hand="right", item="vial-rack")
    player.do("move", station="desk")
    player.do("place", hand="right", on="desk-top")
    player.do("operate", target="labeller", control="print", value=5)
    facts = player.session.facts()
    assert (facts["labels_issued"], facts["labels_applied"], facts["labels_left"]) == (5, 2, 3)
    assert player.world.items["vial-1"].label == player.session.variant.batch
    assert facts["stoppers_used"] == 2


def test_a_thrown_away_vial_is_a_rejected_one() -> None:
    player = Player()
    player.set_up()
    player.do("place", hand="right", on="worktop")
    player.do("take", hand="right", item="vial-7", grip="body")
    player.do("place", hand="right", on="waste-tub")
    assert player.session.facts()["vials_rejected"] == 1
    assert player.events("item_moved", item="vial-7", how="discard")
