"""Which texts a module must have in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resilience.training.modules import Module


def required_texts(module: Module) -> list[str]:
    """Keys of every text the module's files call for, in the order of the files."""
    return [*_head(module), *_scene(module), *_procedure(module), *_assessment(module)]


def _head(module: Module) -> Iterator[str]:
    yield from ("title", "summary", "notice")
    for name in module.head.competencies:
        yield f"competency.{name}"
    for framework in module.frameworks.frameworks:
        yield f"framework.{framework.id}"
        for topic in framework.topics:
            yield f"topic.{topic.topic}"


def _scene(module: Module) -> Iterator[str]:
    scene = module.scene
    for name in scene.stations:
        yield f"station.{name}"
    for name in scene.surfaces:
        yield f"surface.{name}"
    for entry in scene.equipment:
        yield f"item.{entry.id}"
    for item in scene.items:
        yield f"item.{item.id}"
        for kind in item.holds:
            yield f"item.{kind}-{{n}}"
    if scene.record:
        yield "record.title"
    for field in scene.record:
        yield f"record.{field.id}"
        for choice in field.choices:
            yield f"record.{field.id}.{choice}"
    for step in scene.signatures:
        yield f"signature.{step}"
    for question in scene.questions:
        stem = question_stem(question.id)
        yield f"question.{stem}"
        for choice in question.choices:
            yield f"question.{stem}.{choice}"


def question_stem(question: str) -> str:
    """The part of a question's id that its texts share: `pack` of `pack:syringe-pack`."""
    return question.split(":", 1)[0]


def _procedure(module: Module) -> Iterator[str]:
    for operation in module.operations:
        yield f"operation.{operation.id}"
        for phase in operation.phases:
            for step in phase.steps:
                yield f"step.{step.id}.title"
                yield f"step.{step.id}.why"


def _assessment(module: Module) -> Iterator[str]:
    for check in module.checks:
        for part in ("title", "why", "advice"):
            yield f"check.{check.id}.{part}"
    for deviation in module.variants.deviations:
        yield f"deviation.{deviation.id}"
    for line in module.bill.lines:
        yield f"bill.{line.id}"
