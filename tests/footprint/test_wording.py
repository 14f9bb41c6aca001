from __future__ import annotations

import re

import pytest

from resilience.footprint import Figure, FootprintError, Measure, Tier, is_claim, objections, rounded
from resilience.footprint.texts import LANGUAGES
from resilience.footprint.wording import headline, of

AVOIDED = Figure(7.278, 4.053, 11.617, 1.0)
ADDED = Figure(-0.296, -0.938, -0.103, 0.0)
UNSURE = Figure(0.458, -0.467, 2.899, 0.743)
FIGURES = dict.fromkeys(Measure, AVOIDED)


@pytest.mark.parametrize(("tier", "begins"), [
    (Tier.T0, "Modelled, could avoid: 7.3 kg CO2e"), (Tier.T1, "Modelled, could avoid: 7.3 kg CO2e"),
    (Tier.T2, "Saved: 7.3 kg CO2e"), (Tier.T3, "Saved: 7.3 kg CO2e"),
])  # fmt: skip
def test_only_records_let_a_figure_be_called_saved(tier: Tier, begins: str) -> None:
    said = headline(Measure.CARBON, AVOIDED, tier, "en")
    assert said == f"{begins} (90 % range 4.1 to 12)."


def test_welsh_holds_to_the_same_rule() -> None:
    assert headline(Measure.WASTE, AVOIDED, Tier.T1, "cy").startswith("Wedi'i fodelu, gellid osgoi: 7.3 kg o wastraff")
    assert headline(Measure.WASTE, AVOIDED, Tier.T2, "cy").startswith("Arbedwyd: 7.3 kg o wastraff")


@pytest.mark.parametrize("tier", list(Tier))
def test_what_was_added_is_said_as_plainly(tier: Tier) -> None:
    assert headline(Measure.CARBON, ADDED, tier, "en") == (
        "Modelled, the sessions add: 0.30 kg CO2e (90 % range 0.10 to 0.94)."
    )


@pytest.mark.parametrize("tier", list(Tier))
def test_a_sign_in_doubt_is_never_called_saved(tier: Tier) -> None:
    said = headline(Measure.CARBON, UNSURE, tier, "en")
    assert "Saved" not in said
    assert "0.46 kg CO2e (90 % range −0.47 to 2.9)" in said
    assert "74 % of the draws" in said


def test_money_is_in_pounds_and_thousands_are_parted() -> None:
    said = headline(Measure.MONEY, Figure(12_345, 10_400, 14_567, 1.0), Tier.T2, "en")
    assert said == "Saved: £12,000 (90 % range 10,000 to 15,000)."


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (0.3, "0.30"), (-0.0996, "−0.10"), (9.96, "10"), (7.278, "7.3"), (110.8, "110"), (1234, "1,200"),
     (0.00129, "0.0013"), (99.6, "100")],
)  # fmt: skip
def test_figures_carry_two_significant_digits(value: float, shown: str) -> None:
    assert rounded(value) == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_caveats_say_the_tier_the_judgement_and_every_note(language: str) -> None:
    low = of(FIGURES, Tier.T0, {"not_countersigned": 1200}, 3, language)
    high = of(FIGURES, Tier.T3, {}, 3, language)
    assert low.caveats[0].startswith(("Evidence T0", "Tystiolaeth T0"))
    assert any("1,200" in caveat for caveat in low.caveats)
    # The judgement about displacement falls away where runs were counted.
    assert len(low.caveats) == len(high.caveats) + 2


def test_no_session_has_nothing_to_say() -> None:
    assert set(of(FIGURES, Tier.T0, {}, 0, "en").headlines.values()) == {"No session, nothing to account for."}


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(FootprintError, match="there are no words in `fr`"):
        of(FIGURES, Tier.T0, {}, 1, "fr")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We offset 3 t with our training.", "offset"),
        ("Mae'n gwrthbwyso 3 t.", "gwrthbwyso"),
        ("A carbon-neutral course", "carbon-neutral"),
        ("Cwrs carbon niwtral", "carbon niwtral"),
        ("On the way to net zero", "net zero"),
        ("Ventilation of the suite", "Ventilation"),
        ("Costau'r awyru", "awyru"),
        ("No lost batches any more", "lost batches"),
        ("25 % of NHS emissions are in the supply chain", "25 % of NHS emissions are in the supply chain"),
    ],
)
def test_some_claims_are_refused_whatever_the_evidence(text: str, found: str) -> None:
    for tier in Tier:
        (objection,) = objections(text, tier)
        assert f"“{found}”" in objection


@pytest.mark.parametrize("text", ["We saved 3 kg", "A saving of 3 kg", "Arbedwyd 3 kg", "Arbedion o 3 kg"])
def test_saved_is_refused_below_records_and_allowed_from_them(text: str) -> None:
    assert len(objections(text, Tier.T1, "cy")) == 1
    assert objections(text, Tier.T2) == []


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("1,200 trainees saved 30 t", True),
        ("Half the CO₂ of a physical run", True),
        ("Waste was saved", True),
        ("On the way to net zero", True),
        ("£500 a head", True),
        ("Arbedwyd gwastraff", True),
        ("Llai o garbon", True),
        ("75 future leaders from 23 organisations", False),
        ("Medicines that save lives", False),
        ("Cymerodd 13,500 o fyfyrwyr ran", False),
    ],
)
def test_a_sentence_claims_something_where_it_speaks_of_waste_carbon_or_money(text: str, claims: bool) -> None:
    assert is_claim(text) is claims


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("figure", [AVOIDED, ADDED, UNSURE])
def test_our_own_headlines_meet_no_objection(figure: Figure, tier: Tier, language: str) -> None:
    for measure in Measure:
        said = headline(measure, figure, tier, language)
        assert objections(said, tier, language) == []
        assert not re.search(r"[{}]", said)
