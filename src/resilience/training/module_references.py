"""Do a module's files speak of the same things: ids, kinds, steps, checks and texts that refer to each other.

Shapes are checked before (`module_shapes`); here every name is looked up, and an error points at the line it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from resilience import plant
from resilience.training import facts
from resilience.training.checks.registry import validate_check
from resilience.training.errors import BadInput
from resilience.training.marked_yaml import MarkedDict, mark_of
from resilience.training.module_shapes import Each, Item, Line, Operation, Phase, Scene, Step
from resilience.training.module_texts import required_texts
from resilience.training.patterns import compile_pattern
from resilience.training.plan_lines import line_problem

if TYPE_CHECKING:
    from resilience.training.modules import Module

Path = tuple[str | int, ...]
Trees = Mapping[str, MarkedDict]

# Things a pattern or a plan line may name that are no items: hands, zones, persons, faces of the room.
_ALWAYS = {"left", "right", "hand:left", "hand:right", "supervisor", "floor", "glove", "glove-left", "glove-right"}
_ITEM_FIELDS = ("item", "target", "tool")
EVENT_KINDS = frozenset(
    {
        "moved",
        "item_moved",
        "contact",
        "opened",
        "closed",
        "operated",
        "answered",
        "liquid_moved",
        "surface_wetted",
        "surface_disinfected",
        "exposed",
        "shielded",
        "garment_state",
        "entered",
        "left",
        "reading",
        "tracking",
        "alarm",
        "fault",
        "cue",
        "step_done",
        "step_skipped",
        "recorded",
        "corrected",
        "signed",
        "reported",
        "hinted",
        "finding",
        "pace_changed",
        "finished",
    }
)


def check(module: Module, trees: Trees) -> None:
    """Raise BadInput at the first name that leads nowhere."""
    checker = _Checker(module, trees)
    checker.scene()
    checker.procedure()
    checker.checks()
    checker.variants()
    checker.mutations()
    checker.standard()
    checker.texts()


class _Checker:
    def __init__(self, module: Module, trees: Trees) -> None:
        self.module, self.trees = module, trees
        scene = module.scene
        self.items = set(module.items)
        self.equipment = {entry.id for entry in scene.equipment}
        self.things = self.items | self.equipment | set(scene.surfaces) | set(scene.stations) | _ALWAYS
        self.kinds = {item.kind for item in module.items.values()} | {entry.kind for entry in scene.equipment}
        self.steps = {step.id for _, _, step, _ in _steps(module.operations)}
        self.steps |= {reaction.id for reaction in module.procedure.reactions}

    def fail(self, file: str, path: Iterable[str | int], what: str, fix: str) -> NoReturn:
        path = tuple(path)
        key = ".".join(str(step) for step in path)
        raise BadInput(f"{what} at `{key}`", str(mark_of(self.trees[file], path)), fix)

    # scene -----------------------------------------------------------------------------------------------------------
    def scene(self) -> None:
        file, scene = "scene.yaml", self.module.scene
        self.unique(file, ("equipment",), [entry.id for entry in scene.equipment])
        self.unique(file, ("record",), [field.id for field in scene.record])
        self.unique(file, ("questions",), [question.id for question in scene.questions])
        self.one_of(file, ("room",), scene.room, plant.kinds(), "plant kind")
        self.one_of(file, ("start",), scene.start, scene.stations, "station")
        for index, name in enumerate(self.module.head.stations):
            self.one_of("module.yaml", ("stations", index), name, scene.stations, "station")
        for index, entry in enumerate(scene.equipment):
            self.one_of(file, ("equipment", index, "kind"), entry.kind, plant.kinds(), "plant kind")
            if entry.station:
                self.one_of(file, ("equipment", index, "station"), entry.station, scene.stations, "station")
        kind_of = {entry.id: entry.kind for entry in scene.equipment}
        for name, surface in scene.surfaces.items():
            self.one_of(file, ("surfaces", name, "equipment"), surface.equipment, kind_of, "equipment")
            known = plant.load(kind_of[surface.equipment]).surfaces
            self.one_of(file, ("surfaces", name, "surface"), surface.surface, known, "surface of that equipment")
        for index, item in enumerate(scene.items):
            self.item(("items", index), item, scene)
        if scene.monitoring is not None:
            places = [*scene.surfaces, "sleeve"]
            for index, sample in enumerate(scene.monitoring.contact):
                at = ("monitoring", "contact", index, "place")
                self.one_of(file, at, sample.place, places, "surface, nor the sleeve")
        for index, field in enumerate(scene.record):
            self.fact(("record", index, "fact"), field.fact)
        for index, question in enumerate(scene.questions):
            path = ("questions", index)
            self.fact((*path, "truth"), question.truth)
            if question.item:
                self.one_of(file, (*path, "item"), question.item, self.items, "item")
            if question.each:
                self.one_of(file, (*path, "each"), question.each, self.kinds, "kind of item in the scene")
            if question.station:
                self.one_of(file, (*path, "station"), question.station, scene.stations, "station")

    def fact(self, path: Path, name: str | None) -> None:
        about = [f"{prefix}{item}" for prefix in facts.OF_AN_ITEM for item in self.items]
        if name is not None:
            self.one_of("scene.yaml", path, name, [*facts.NAMES, *about], "fact")

    def item(self, path: Path, item: Item, scene: Scene) -> None:
        file = "scene.yaml"
        self.one_of(file, (*path, "kind"), item.kind, plant.kinds(), "plant kind")
        for kind in item.holds:
            self.one_of(file, (*path, "holds", kind), kind, plant.kinds(), "plant kind")
        packed = any(item.id in other.contents for other in scene.items)
        placed = sum(place is not None for place in (item.on, item.in_, item.at)) + packed
        if placed != 1:
            what = f"`{item.id}` stands in {placed} places" if placed else f"`{item.id}` stands nowhere"
            self.fail(file, path, what, "Place it once: `on` a surface, `in` a thing, `at` a point, or in a pack.")
        if item.on is not None:
            self.one_of(file, (*path, "on"), item.on, scene.surfaces, "surface")
            slots = self.module.variants.slots.get(item.on, {})
            self.one_of(file, (*path, "slot") if item.slot else path, item.slot, slots, f"slot of `{item.on}`")
        if item.in_ is not None:
            self.one_of(file, (*path, "in"), item.in_, self.items, "item")
        for index, content in enumerate(item.contents):
            self.one_of(file, (*path, "contents", index), content, self.items, "item")
        if item.spare_of is not None:
            self.one_of(file, (*path, "spare_of"), item.spare_of, self.items, "item")
        for index, station in enumerate(item.stations):
            self.one_of(file, (*path, "stations", index), station, scene.stations, "station")
        if item.station is not None:
            self.one_of(file, (*path, "station"), item.station, scene.stations, "station")

    # procedure -------------------------------------------------------------------------------------------------------
    def procedure(self) -> None:
        file, operations = "procedure.yaml", self.module.operations
        self.unique(file, ("operations",), [operation.id for operation in operations])
        seen: set[str] = set()
        for _, phase, step, path in _steps(operations):
            if step.id in seen:
                self.fail(file, (*path, "id"), f"two steps are called `{step.id}`", "Give each its own id.")
            seen.add(step.id)
            self.per(path[:4], phase)
            self.done((*path, "done"), step.done)
            self.lines(file, (*path, "expert"), step.expert, item=phase.per is not None)
        for index, reaction in enumerate(self.module.procedure.reactions):
            if reaction.after is not None:
                self.one_of(file, ("reactions", index, "after"), reaction.after, seen, "step")
            self.pattern(file, ("reactions", index, "on"), reaction.on)
            self.lines(file, ("reactions", index, "expert"), reaction.expert)

    def per(self, path: Path, phase: Phase) -> None:
        if isinstance(phase.per, Each):
            self.one_of("procedure.yaml", (*path, "per"), phase.per.each, self.module.of_kind, "kind of item")
        for index, item in enumerate(phase.per if isinstance(phase.per, list) else []):
            self.one_of("procedure.yaml", (*path, "per", index), item, self.items, "item")

    def done(self, path: Path, done: Any) -> None:
        file = "procedure.yaml"
        joined = next((word for word in ("all", "any", "count") if isinstance(done, dict) and word in done), None)
        if joined is None:
            self.pattern(file, path, done)
        elif len(done) > 1:
            self.fail(file, path, f"something stands beside `{joined}`", f"Put it into `{joined}` or take it out.")
        elif joined == "count":
            self.count((*path, "count"), done["count"])
        else:
            for index, inner in enumerate(done[joined]):
                self.done((*path, joined, index), inner)

    def count(self, path: Path, count: Any) -> None:
        file = "procedure.yaml"
        known = {"of", "at_least", "distinct"}
        if not isinstance(count, dict) or not {"of", "at_least"} <= set(count) <= known:
            self.fail(file, path, "`count` is not {of, at_least} or {of, at_least, distinct}", "Write these keys.")
        if not isinstance(count["at_least"], int) or count["at_least"] < 1:
            self.fail(file, (*path, "at_least"), f"`{count['at_least']}` is no number of times", "Write 1 or more.")
        self.pattern(file, (*path, "of"), count["of"])

    def lines(self, file: str, path: Path, lines: list[Line], item: bool = True) -> None:
        """The expert's lines; `item` says whether their step has an item for `{item}` to stand for."""
        for index, line in enumerate(lines):
            problem = line_problem(line)
            if problem:
                self.fail(file, (*path, index), *problem)
            for field, value in line.items():
                if not item and "{item}" in str(value):
                    self.fail(file, (*path, index, field), "`{item}` stands for nothing", "Give the phase a `per`.")
                if field in (*_ITEM_FIELDS, "on", "over", "operate", "move") and "{" not in value:
                    self.one_of(file, (*path, index, field), value, self.things, "item, surface or station")
            self.entry(file, (*path, index), line)

    def entry(self, file: str, path: Path, line: Line) -> None:
        """A line that writes into the record names a field of it and writes what the field takes."""
        fields = {field.id: field.type for field in self.module.scene.record}
        for verb in ("record", "correct"):
            name, value = line.get(verb), line.get("value")
            if name is None or "{" in str(name):
                continue
            self.one_of(file, (*path, verb), name, fields, "record field")
            named = isinstance(value, str) and "{" in value
            if fields[name] == "number" and value is not None and not named and not isinstance(value, int | float):
                self.fail(file, (*path, "value"), f"`{value}` is no number", f"`{name}` takes a number.")

    # checks ----------------------------------------------------------------------------------------------------------
    def checks(self) -> None:
        file = "checks.yaml"
        self.unique(file, ("checks",), [check.id for check in self.module.checks])
        for index, one in enumerate(self.module.checks):
            for problem in validate_check(one.kind, one.with_):
                path = ("checks", index, *problem.path)
                self.fail(file, path, problem.what, "See the table of kinds in docs/how/module-format.md.")
            self.patterns_in(file, ("checks", index, "with"), one.with_)
            for field in ("items", "targets"):
                named = one.with_.get(field)
                for place, name in enumerate(named if isinstance(named, list) else []):
                    if isinstance(name, str):
                        known = self.things | self.kinds
                        self.one_of(file, ("checks", index, "with", field, place), name, known, "item or kind")
            fields = one.with_.get("fields")
            known_fields = {field.id for field in self.module.scene.record}
            for place, name in enumerate(fields if isinstance(fields, list) else []):
                self.one_of(file, ("checks", index, "with", "fields", place), name, known_fields, "record field")

    def patterns_in(self, file: str, path: Path, value: Any) -> None:
        if isinstance(value, dict):
            if "kind" in value:
                self.pattern(file, path, value)
                return
            for key, inner in value.items():
                self.patterns_in(file, (*path, key), inner)
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                self.patterns_in(file, (*path, index), inner)

    def pattern(self, file: str, path: Path, pattern: Any) -> None:
        if not isinstance(pattern, Mapping):
            self.fail(file, path, f"`{pattern}` is no pattern", "Write {kind: ..., field: what it must be}.")
        try:
            compile_pattern(pattern)
        except BadInput as error:
            self.fail(file, path, error.what, error.fix)
        kinds = pattern["kind"] if isinstance(pattern["kind"], list) else [pattern["kind"]]
        for kind in kinds:
            self.one_of(file, (*path, "kind"), kind, EVENT_KINDS, "kind of event")
        self.named_things(file, path, pattern, _ITEM_FIELDS)
        for field, known in (("item_kind", None), ("target_kind", None), ("to_kind", None), ("station", "stations")):
            if field in pattern:
                names = set(self.module.scene.stations) if known else set(plant.kinds())
                self.each_of(file, (*path, field), pattern[field], names, "station" if known else "plant kind")

    def named_things(self, file: str, path: Path, holder: Mapping[str, Any], fields: Iterable[str]) -> None:
        for field in fields:
            if field in holder:
                self.each_of(file, (*path, field), holder[field], self.things, "item, surface or station")

    def each_of(self, file: str, path: Path, value: Any, known: Iterable[str], what: str) -> None:
        """Look up the plain names in a pattern's value; prefixes and names to be filled in are left alone."""
        known = set(known)
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, dict) and set(name) == {"not"}:
                self.each_of(file, path, name["not"], known, what)
            elif isinstance(name, str) and "{" not in name and not name.endswith("*"):
                self.one_of(file, path, name, known, what)

    # the rest --------------------------------------------------------------------------------------------------------
    def variants(self) -> None:
        file, variants = "variants.yaml", self.module.variants
        for surface in variants.slots:
            self.one_of(file, ("slots", surface), surface, self.module.scene.surfaces, "surface")
        for group, names in enumerate(variants.shuffle):
            for index, name in enumerate(names):
                slotted = {item.id for item in self.module.items.values() if item.slot}
                self.one_of(file, ("shuffle", group, index), name, slotted, "item with a slot")
        for index, name in enumerate(variants.bad_pack.of if variants.bad_pack else []):
            self.one_of(file, ("bad_pack", "of", index), name, self.items, "item")
        self.unique(file, ("deviations",), [deviation.id for deviation in variants.deviations])
        for index, deviation in enumerate(variants.deviations):
            if deviation.trigger:
                self.pattern(file, ("deviations", index, "trigger", "event"), deviation.trigger.event)
            if deviation.item:
                self.one_of(file, ("deviations", index, "item"), deviation.item, self.items, "item")

    def mutations(self) -> None:
        file, mutations = "mutations.yaml", self.module.mutations.mutations
        self.unique(file, ("mutations",), [mutation.id for mutation in mutations])
        known_checks = {check.id for check in self.module.checks}
        for index, mutation in enumerate(mutations):
            path = ("mutations", index)
            self.one_of(file, (*path, "at", "step"), mutation.at.step, self.steps, "step")
            if mutation.with_:
                self.one_of(file, (*path, "with", "step"), mutation.with_.step, self.steps, "step")
            for place, name in enumerate(mutation.catches):
                self.one_of(file, (*path, "catches", place), name, known_checks, "check")
            self.lines(file, (*path, "lines"), mutation.lines)

    def standard(self) -> None:
        known = {check.id for check in self.module.checks}
        for name in self.module.standard.items:
            self.one_of("standard.yaml", ("items", name), name, known, "check")
        for name in known:
            if name not in self.module.standard.items:
                self.fail("standard.yaml", ("items",), f"the check `{name}` has no minimum", "Add it to `items`.")

    def texts(self) -> None:
        needed = required_texts(self.module)
        written = set().union(*self.module.texts.values())
        for language, text in self.module.texts.items():
            file = f"text/{language}.yaml"
            for key in [*needed, *sorted(written)]:
                if key not in text:
                    self.fail(file, _nearest(key), f"the text `{key}` is missing", f"Write it in {file}.")

    def unique(self, file: str, path: Path, names: list[str]) -> None:
        for index, name in enumerate(names):
            if name in names[:index]:
                self.fail(file, (*path, index, "id"), f"`{name}` stands twice", "Give each its own id.")

    def one_of(self, file: str, path: Path, name: Any, known: Iterable[str], what: str) -> None:
        known = list(known)
        if name in known:
            return
        offered = ", ".join(sorted(known)[:12]) + (", ..." if len(known) > 12 else "")
        self.fail(file, path, f"`{name}` is no {what}", f"Use one of: {offered or 'none is defined'}.")


def _steps(operations: list[Operation]) -> Iterator[tuple[Operation, Phase, Step, Path]]:
    for o, operation in enumerate(operations):
        for p, phase in enumerate(operation.phases):
            for s, step in enumerate(phase.steps):
                yield operation, phase, step, ("operations", o, "phases", p, "steps", s)


def _nearest(key: str) -> tuple[str, ...]:
    return tuple(key.split("."))
