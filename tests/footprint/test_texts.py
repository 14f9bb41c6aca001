from __future__ import annotations

import re
import string

import pytest

from resilience.footprint import FootprintError, Purpose, Session, account, label
from resilience.footprint.texts import say, texts


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("key", sorted(texts()))
def test_both_languages_fill_in_the_same_values_and_differ(key: str) -> None:
    text = texts()[key]
    assert placeholders(text.en) == placeholders(text.cy)
    same_in_both = {"quantity.co2e_kg", "quantity.gbp", "measure.co2e_kg", "label.line"}
    assert (text.en == text.cy) == (key in same_in_both)


def test_every_note_an_account_can_make_has_words() -> None:
    code = {"not_countersigned", "trainee_unknown", "not_completed", "trips_not_counted", "site_without_profile",
            "module_unknown", "factors_of_another_year"}  # fmt: skip
    assert {key.partition(".")[2] for key in texts() if key.startswith("note.")} == code


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_contributor_driver_and_fact_of_an_account_has_a_name(language: str) -> None:
    sessions = [
        Session(module=module, site="s", year=2026, device_hours=1, trainee="t", countersigned=True,
                purpose=Purpose.DECLARED_REPLACEMENT)
        for module in ("gowning", "media-fill", "bioreactor-run", "protein-a-run", "ufdf-run", "freeze-drying-cycle")
    ]  # fmt: skip
    found = account(sessions)
    names = {fact.id for fact in found.method.facts}
    for figure in found.figures.values():
        names |= {part.id for part in figure.contributors} | {driver.id for driver in figure.drivers}
    for name in names:
        said = label(name, language)
        assert said != name
        assert not re.search(r"[_@/{}]", said.replace("mg/L", "")), said


def test_labels_name_the_line_the_purpose_and_the_site() -> None:
    assert label("gowning_qual/garments", "en") == "Three gownings into a Grade B room: Sterile garment set"
    assert label("displacement/extra_practice", "cy") == "Dadleoli: Ymarfer ychwanegol"
    assert label("displacement/lyo@bham", "en") == "Displacement: Freeze-drying, at bham"
    assert label("nobody_knows_this", "en") == "nobody_knows_this"


def test_an_unknown_text_is_an_error_that_names_it() -> None:
    with pytest.raises(FootprintError, match=r"texts\.csv: there is no text `says\.more`"):
        say("says.more", "en")
