"""The reveal: the shape of the contract, honest numbers, both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from resilience.training.errors import BadInput
from resilience.training.reveal import reveal
from resilience.training.simulation import simulate
from resilience.training.trainees import seed_for
from tests.training.runs import idle, module, run

KEYS = [
    "outcome", "headline", "notice", "self_rating", "findings", "plates", "monitoring", "risk", "exposure", "cost",
    "timeline", "steps", "records", "next", "receipt",
]  # fmt: skip
TOUCHED = "steadies-neck"


def of(trainee: str = "expert", language: str = "en") -> dict[str, Any]:
    return reveal(run(trainee).session, language)


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("trainee", ["expert", TOUCHED])
def test_it_has_the_shape_of_the_contract_and_is_json(trainee: str, language: str) -> None:
    shown = of(trainee, language)
    assert list(shown) == KEYS
    assert json.loads(json.dumps(shown)) == shown
    assert shown["outcome"] == run(trainee).outcome.as_dict()


def test_findings_are_explained_in_order_of_consequence() -> None:
    shown = of(TOUCHED)
    (first, *_) = shown["findings"]
    assert first["check"] == "touched-neck"
    assert first["severity"] == "critical"
    assert first["paragraph"] == first["source"]
    assert first["item"]["name"].startswith("vial ")
    assert "the neck was touched by: a glove" in first["evidence"]["text"]
    minutes, seconds = divmod(first["tick"] // 20, 60)
    assert first["at"] == f"{minutes}:{seconds:02d}"
    for key in ("title", "why", "advice"):
        assert first[key] == module().text("en", f"check.touched-neck.{key}")
    assert f"The batch could not be released: {first['title']}." in shown["headline"]


def test_the_other_language_says_the_same_in_other_words() -> None:
    english, welsh = of(TOUCHED, "en"), of(TOUCHED, "cy")
    assert english["outcome"] == welsh["outcome"]
    for one, other in zip(english["findings"], welsh["findings"], strict=True):
        assert one["check"] == other["check"]
        assert one["title"] != other["title"]
    assert [plate["expected_cfu"] for plate in english["plates"]] == [
        plate["expected_cfu"] for plate in welsh["plates"]
    ]


def test_there_is_a_plate_for_each_vial_with_what_brought_most() -> None:
    shown = of(TOUCHED)
    assert [plate["item"] for plate in shown["plates"]] == [f"vial-{n}" for n in range(1, 13)]
    total = sum(plate["expected_cfu"] for plate in shown["plates"])
    assert total == pytest.approx(shown["outcome"]["dose"]["expected_cfu"], rel=1e-4)
    assert sum(plate["drawn_cfu"] for plate in shown["plates"]) == shown["outcome"]["dose"]["drawn_cfu"]
    for plate in shown["plates"]:
        shares = [part["share"] for part in plate["largest"]]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1.01
        assert sum(plate["by_route"].values()) == pytest.approx(plate["expected_cfu"], rel=1e-4)


def test_a_vial_that_was_thrown_away_has_its_plate_and_no_part_in_the_dose() -> None:
    # A seed whose deviation is the airflow alarm: the vial that was open has to go.
    done = run("expert", seed_for(module(), "keeps-alarm-vial", 1))
    shown = reveal(done.session)
    (rejected,) = [plate for plate in shown["plates"] if plate["state"] == "discarded"]
    kept = sum(plate["expected_cfu"] for plate in shown["plates"] if plate["state"] == "kept")
    assert rejected["expected_cfu"] == pytest.approx(sum(rejected["by_route"].values()), rel=1e-4)
    assert kept == pytest.approx(shown["outcome"]["dose"]["expected_cfu"], rel=1e-4)
    assert done.outcome.verdict == "competent"


def test_a_batch_with_a_critical_finding_costs_the_batch() -> None:
    kept, lost = of()["cost"], of(TOUCHED)["cost"]
    assert (kept["lost"], lost["lost"]) == (False, True)
    assert lost["gbp"]["mid"] > kept["gbp"]["mid"]
    assert lost["gbp"]["low"] < lost["gbp"]["mid"] < lost["gbp"]["high"]
    assert lost["waste_kg"] == kept["waste_kg"]


def test_the_record_stands_beside_the_facts() -> None:
    fields = {field["id"]: field for field in of()["records"]["fields"]}
    assert all(field["state"] == "agrees" for field in fields.values())
    assert fields["filled"]["value"] == fields["filled"]["truth"] == 12
    wrong = {field["id"]: field for field in of("miscounts-vials")["records"]["fields"]}
    assert wrong["filled"]["state"] == "differs"
    assert wrong["filled"]["value"] != wrong["filled"]["truth"] == 12
    assert of()["records"]["signatures"][0]["meaning"] is not None


def test_an_empty_record_is_all_missing() -> None:
    shown = reveal(idle())
    states = {field["id"]: field["state"] for field in shown["records"]["fields"]}
    assert states["filled"] == "missing"
    assert shown["records"]["signatures"][0]["meaning"] is None
    assert shown["self_rating"] is None
    assert all(step["done"] == 0 and step["tick"] is None for step in shown["steps"])
    assert {plate["state"] for plate in shown["plates"]} == {"empty"}


def test_the_timeline_runs_forward_and_marks_the_findings() -> None:
    shown = of(TOUCHED)
    ticks = [entry["tick"] for entry in shown["timeline"]]
    assert ticks == sorted(ticks)
    graded = [entry for entry in shown["timeline"] if entry["severity"] is not None]
    assert len(graded) == len(shown["findings"])
    assert shown["timeline"][-1]["kind"] == "finished"


def test_every_step_of_the_procedure_is_counted() -> None:
    steps = of()["steps"]
    assert all(step["done"] == step["of"] for step in steps)
    assert max(step["of"] for step in steps) == 12


def test_what_comes_next_is_another_variant() -> None:
    seed = run().session.seed
    assert (of()["next"]["mode"], of()["next"]["seed"]) == ("assessment", seed + 1)
    assert (of(TOUCHED)["next"]["mode"], of(TOUCHED)["next"]["seed"]) == ("practice", seed + 1)


def test_a_lesson_has_no_plates_and_no_bill_and_leads_to_the_exercise() -> None:
    shown = reveal(simulate("controls", "expert", 1).session, "cy")
    assert shown["plates"] == []
    assert shown["cost"] is None
    assert shown["next"]["module"] == "aseptic-filling"


def test_a_language_that_the_module_does_not_speak_is_bad_input() -> None:
    with pytest.raises(BadInput, match="does not speak"):
        reveal(idle(), "fr")
