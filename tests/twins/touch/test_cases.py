"""Cases of the touch twin and of the instruments: what a file can ask, and what it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from resilience.twins import cases
from resilience.twins.errors import BadInput


def ask(kind: str = "touch", **inputs: Any) -> dict[str, Any]:
    outputs: dict[str, Any] = cases.run(kind, {"case": "asked", "inputs": inputs})["outputs"]
    return outputs


SCENE: dict[str, Any] = {
    "faces": {"grille": "grille", "needle": {"load": 0, "kind": "critical"}},
    "hands": {"left": {}},
    "vessels": {"vial": {"unit": True}, "bottle": {"ml": 10, "per_ml": 0}},
}


def test_every_action_can_be_asked_for() -> None:
    outputs = ask(
        **SCENE,
        actions=[
            {"do": "contact", "source": "left", "target": "grille"},
            {"do": "wet", "face": "left", "how": "rub"},
            {"do": "do_step", "seconds": 12.5},
            {"do": "contact", "source": "left", "target": "needle", "into": "vial"},
            {"do": "tear", "hand": "left"},
            {"do": "doff", "hand": "left"},
            {"do": "don", "hand": "left"},
            {"do": "shed", "face": "grille", "organisms": "sleeve", "cause": "sleeve"},
            {"do": "settle", "target": "vial", "organisms": 0.01, "cause": "left hand", "seconds": 3.2},
            {"do": "pour", "giver": "bottle", "taker": "vial", "ml": 2, "through": "needle"},
            {"do": "fall_in", "face": "needle", "vessel": "vial"},
            {"do": "wet", "face": "grille"},
            {"do": "end_wetting", "face": "grille", "how": "used"},
            {"do": "sample", "face": "grille", "recovered": 0.5},
            {"do": "remove", "face": "grille"},
        ],
    )
    assert outputs["seconds"] == 12.5
    assert outputs["discrepancy"] < 1e-9
    assert [film["face"] for film in outputs["disinfected"]] == ["left/glove", "grille"]
    assert outputs["faces"]["grille"]["central"] == 0.0
    assert outputs["vessels"]["vial"]["ml"] == 2.0
    assert [entry["cause"] for entry in outputs["risk"]["units"]["vial"]["contributors"]]
    json.dumps(outputs)


def test_a_parameter_can_be_given_with_or_without_its_range() -> None:
    face = {"a": {"load": 10, "kind": "glove"}, "b": 0}
    touch = [{"do": "contact", "source": "a", "target": "b"}]
    known = ask(faces=face, actions=touch, parameters={"gloved": 0.2})["faces"]["b"]
    assert (known["low"], known["central"], known["high"]) == pytest.approx((2.0, 2.0, 2.0))
    spread = ask(faces=face, actions=touch, parameters={"gloved": {"value": 0.2, "low": 0.1, "high": 0.4}})["faces"][
        "b"
    ]
    assert spread["central"] == 2.0
    assert 1.0 < spread["low"] < spread["high"] < 4.0


@pytest.mark.parametrize(
    ("inputs", "what"),
    [
        ({"face": {}}, "unknown key `face`"),
        ({"faces": []}, "faces: this is no mapping"),
        ({"hands": {"left": 3}}, r"hands\.left: this is no mapping"),
        ({"faces": {"a": {"load": 1, "colour": "red"}}}, r"faces\.a: unknown key `colour`"),
        ({"faces": {"a": None}}, r"faces\.a"),
        ({"faces": {"a": -1}}, "negative or no number"),
        ({"faces": {"a": True}}, r"faces\.a"),
        ({"faces": {"a": {"kind": "fur"}}}, "unknown kind `fur`"),
        ({"vessels": {"a": {"ml": "much"}}}, r"vessels\.a\.ml"),
        ({"vessels": {"a": {"unit": 1}}}, r"vessels\.a\.unit"),
        ({"seed": 1.5}, "seed: 1.5 is no whole number"),
        ({"members": -1}, "members"),
        ({"members": 1e9}, "members"),
        ({"parameters": {"luck": 1}}, "no parameter `luck`"),
        ({"parameters": {"luck": {"value": 1, "low": 1, "high": 1}}}, "no parameter `luck`"),
        ({"parameters": {"gloved": "much"}}, r"parameters\.gloved"),
        ({"parameters": {"gloved": {"value": 0.3}}}, "`low` is missing"),
        ({"parameters": {"gloved": {"value": 0.3, "low": 0.1, "high": 0.4, "unit": "1"}}}, "unknown key `unit`"),
        ({"parameters": {"gloved": {"value": 0.3, "low": 0.4, "high": 0.5}}}, "outside its range"),
        ({"actions": {}}, "actions: this is no list"),
        ({"actions": [{"do": "pray"}]}, r"actions\[0\]\.do: unknown do `pray`"),
        ({"actions": ["contact"]}, r"actions\[0\]"),
        ({"actions": [{"do": "do_step", "seconds": "long"}]}, r"actions\[0\]\.seconds"),
        ({"actions": [{"do": "do_step", "seconds": -1}]}, "seconds"),
        ({"actions": [{"do": "do_step"}]}, r"actions\[0\]: `seconds` is missing"),
        ({"actions": [{"do": "do_step", "seconds": 1, "hours": 1}]}, r"actions\[0\]: unknown key `hours`"),
        ({"actions": [{"do": "contact", "source": "a", "target": "b"}]}, "unknown face `a`"),
        ({"actions": [{"do": "wet", "face": 3}]}, r"actions\[0\]\.face"),
    ],
)
def test_a_case_that_cannot_be_is_refused(inputs: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what):
        ask(**inputs)


@pytest.mark.parametrize(
    ("inputs", "what"),
    [
        ({}, "`instrument` is missing"),
        ({"instrument": "nose"}, "unknown instrument `nose`"),
        ({"instrument": "settle-plate", "hours": 4}, "`per_m3` is missing"),
        ({"instrument": "settle-plate", "per_m3": "ten", "settling_m_s": 0.0046, "hours": 4}, r"inputs\.per_m3"),
        ({"instrument": "settle-plate", "per_m3": 10, "settling_m_s": 0.0046, "hours": 5}, r"open for 5\.00 h"),
        ({"instrument": "contact-plate", "organisms": 1, "way": "swabbed"}, "unknown way `swabbed`"),
        ({"instrument": "contact-plate", "organisms": 1, "colour": 2}, "unknown key `colour`"),
        ({"instrument": "contact-plate", "organisms": -1}, "organisms"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(inputs: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what):
        ask("instruments", **inputs)


def test_dabs_and_air_samples_can_be_asked_for() -> None:
    dab = ask("instruments", instrument="finger-dab", organisms=100)
    assert dab["colonies"] == sum(dab["fingers"].values())
    air = ask("instruments", instrument="air-sampler", per_m3=10, minutes=5, seed=3)
    assert air["m3"] == pytest.approx(0.5)
    assert air["per_m3"] == pytest.approx(air["colonies"] / 0.5)


def test_too_short_a_count_is_refused() -> None:
    with pytest.raises(BadInput, match="no window has ended"):
        ask("instruments", instrument="particle-counter", fine_per_m3=1, coarse_per_m3=1, minutes=0.5, grade="A")


def test_the_command_answers_a_case_file(tmp_path: Path) -> None:
    from resilience.cli.commands import app

    file = tmp_path / "case.json"
    file.write_text(json.dumps({"case": "a touch", "inputs": {"faces": {"a": 1, "b": 0}}}))
    run = CliRunner().invoke(app, ["twin", "touch", str(file), "--json"])
    assert run.exit_code == 0
    assert json.loads(run.stdout)["outputs"]["faces"]["a"]["central"] == 1.0
