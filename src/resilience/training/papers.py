"""Papers: what stands in the batch record, what was signed, what was answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from resilience.training.module_shapes import Question, RecordField
from resilience.training.modules import Module


@dataclass
class Entry:
    """What stands in a field of the record; what it replaced stays legible."""

    value: Any
    tick: int
    corrected: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """One question, for one item where it has one."""

    id: str
    shape: Question
    item: str | None


class Papers:
    """The record and the questions of one session."""

    def __init__(self, module: Module) -> None:
        self.fields: dict[str, RecordField] = {line.id: line for line in module.scene.record}
        self.entries: dict[str, Entry] = {}
        self.signatures: dict[str, tuple[str, int]] = {}
        self.answers: dict[str, str] = {}
        self.labels_issued = 0
        self.questions: dict[str, Asked] = {}
        for shape in module.scene.questions:
            items = module.of_kind.get(shape.each, ()) if shape.each else (shape.item,)
            for item in items:
                name = shape.id.replace("{item}", item or "")
                self.questions[name] = Asked(name, shape, item)
