"""The modules shipped with the product hold to the rules of their kind."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from resilience.training import modules
from resilience.training.furnish import furnish
from resilience.training.module_texts import required_texts
from resilience.training.modules import Module
from resilience.training.surfaces import free_spot
from resilience.training.variants import draw

DOCS = Path(__file__).resolve().parents[2] / "docs" / "modules"
CODES = {"AIR", "SPD", "TCH", "DIS", "GLV", "LAY", "EXP", "SEQ", "TRN", "LBL", "DOC", "DEV", "WST"}
SOURCES = re.compile(r"Annex 1|Annex 11|PIC/S|site SOP \(default\)|Regulations")


@pytest.fixture(params=modules.available())
def module(request: pytest.FixtureRequest) -> Module:
    return modules.load(request.param)


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [n for inner in value.values() for n in numbers(inner)]
    if isinstance(value, list):
        return [n for inner in value for n in numbers(inner)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


def test_every_text_stands_in_english_and_welsh(module: Module) -> None:
    assert set(module.head.languages) == {"en", "cy"}
    for key in required_texts(module):
        for language in ("en", "cy"):
            assert module.text(language, key).strip(), key


def test_welsh_is_not_english_left_over(module: Module) -> None:
    # Short names may agree ("cabinet", "intercom"); sentences may not.
    same = [
        key for key, text in module.texts["en"].items() if module.texts["cy"][key] == text and len(text.split()) > 2
    ]
    assert same == []


def test_every_number_of_a_check_has_a_source(module: Module) -> None:
    for check in module.checks:
        assert SOURCES.search(check.source), check.id
        figures = [n for n in numbers(check.with_) if n not in (0, 1)]
        if figures and check.kind in ("limit", "speed", "contact_time", "first_air", "within"):
            assert re.search(r"\d|\(default\)", check.source), check.id


def test_every_figure_of_the_bill_is_a_range_with_its_source(module: Module) -> None:
    for line in module.bill.lines:
        for figure in (line.quantity, line.waste_kg, line.price_gbp):
            assert figure.low <= figure.value <= figure.high
            assert len(figure.source) > 5, line.id


def test_every_check_is_named_by_a_mutation(module: Module) -> None:
    named = {check for mutation in module.mutations.mutations for check in mutation.catches}
    assert {check.id for check in module.checks} == named


def test_frameworks_invent_no_code(module: Module) -> None:
    for framework in module.frameworks.frameworks:
        assert framework.source
        assert all(topic.code == "" or framework.retrieved for topic in framework.topics)


def test_its_page_lists_every_step_check_and_deviation_as_they_are(module: Module) -> None:
    page = (DOCS / f"{module.id}.md").read_text(encoding="utf-8")
    for check in module.checks:
        title = module.text("en", f"check.{check.id}.title")
        assert f"| `{check.id}`: {title} | {check.code} | {check.severity} | {check.source} |" in page
    for deviation in module.variants.deviations:
        assert f"`{deviation.id}`" in page
    for operation in module.operations:
        for phase in operation.phases:
            for step in phase.steps:
                assert f"`{step.id}`" in page
                assert module.text("en", f"step.{step.id}.title") in page


@pytest.mark.parametrize("seed", range(25))
def test_everything_stands_on_its_surface_with_room_of_its_own(module: Module, seed: int) -> None:
    world = furnish(module, draw(module, seed))
    for surface in world.surfaces.values():
        things = [item for item in world.items.values() if module.items.get(item.id) and surface.id == item.surface]
        for thing in things:
            assert surface.holds(thing.x, thing.z, *thing.half_extent()), (thing.id, surface.id)
            assert free_spot(thing, surface, thing.x, thing.z, things) == (thing.x, thing.z), (thing.id, surface.id)


class TestAsepticFilling:
    @pytest.fixture
    def filling(self) -> Module:
        return modules.load("aseptic-filling")

    def test_has_checks_over_every_code_graded_in_three(self, filling: Module) -> None:
        assert len(filling.checks) >= 24
        assert {check.code for check in filling.checks} == CODES
        assert {check.severity for check in filling.checks} == {"critical", "major", "minor"}

    def test_offers_four_deviations(self, filling: Module) -> None:
        assert len(filling.variants.deviations) >= 4

    def test_says_that_it_is_training_evidence_alone(self, filling: Module) -> None:
        assert "Training evidence only" in filling.text("en", "notice")
        assert "7.4" in filling.text("cy", "notice")

    def test_every_step_has_a_source(self, filling: Module) -> None:
        steps = [step for operation in filling.operations for phase in operation.phases for step in phase.steps]
        assert [operation.id for operation in filling.operations] == ["prepare", "fill", "close"]
        assert all(SOURCES.search(step.source) for step in steps)
