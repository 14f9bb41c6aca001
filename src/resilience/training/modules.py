"""Training modules: find a folder, read it, check every file, hand over one `Module`.

Modules shipped with the product live in `resilience/modules/`; a site's own in the folders of RESILIENCE_MODULES.
An overlay folder lays a site's procedure, limits and names over a module without touching it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from resilience.training import module_references
from resilience.training.errors import BadInput
from resilience.training.marked_yaml import MarkedDict, mark_of, merge, read
from resilience.training.module_shapes import (
    Bill,
    Check,
    Checks,
    Frameworks,
    Head,
    Item,
    Mutations,
    Operation,
    Procedure,
    Scene,
    Shape,
    Standard,
    Variants,
)

SHIPPED = Path(__file__).resolve().parent.parent / "modules"
SETTING = "RESILIENCE_MODULES"

_FILES: dict[str, type[Shape]] = {
    "module.yaml": Head,
    "scene.yaml": Scene,
    "procedure.yaml": Procedure,
    "checks.yaml": Checks,
    "variants.yaml": Variants,
    "mutations.yaml": Mutations,
    "standard.yaml": Standard,
    "bill.yaml": Bill,
    "frameworks.yaml": Frameworks,
}
S = TypeVar("S", bound=Shape)


@dataclass(frozen=True)
class Module:
    """A training module, complete and checked."""

    folder: Path
    head: Head
    scene: Scene
    items: dict[str, Item]
    procedure: Procedure
    checks: tuple[Check, ...]
    variants: Variants
    mutations: Mutations
    standard: Standard
    bill: Bill
    frameworks: Frameworks
    texts: dict[str, dict[str, str]]
    content_hash: str

    @property
    def id(self) -> str:
        return self.head.id

    @property
    def version(self) -> str:
        return self.head.version

    @property
    def operations(self) -> list[Operation]:
        return self.procedure.operations

    @cached_property
    def of_kind(self) -> dict[str, tuple[str, ...]]:
        """Item ids by kind, in the order of the scene."""
        found: dict[str, list[str]] = {}
        for name, item in self.items.items():
            found.setdefault(item.kind, []).append(name)
        return {kind: tuple(names) for kind, names in found.items()}

    def text(self, language: str, key: str) -> str:
        """A text of the module; every key the module needs is there in every language it offers."""
        return self.texts[language][key]


def available() -> list[str]:
    """Ids of the modules that can be loaded by name, shipped ones first."""
    return list(dict.fromkeys(folder.name for folder in _folders()))


def load(name_or_folder: str | Path, overlay: str | Path | None = None) -> Module:
    """Read and check a module by name or folder, with a site's overlay laid on it. Raises BadInput."""
    folder = _find(name_or_folder)
    trees = _trees(folder)
    if overlay is not None:
        _lay_over(trees, Path(overlay))
    for place, language in enumerate(_shape(Head, trees["module.yaml"]).languages):
        if f"text/{language}.yaml" not in trees:
            where = str(mark_of(trees["module.yaml"], ["languages", place]))
            raise BadInput(f"there are no texts in `{language}`", where, "Take it out of the list.")
    shapes = {name: _shape(shape, trees[name]) for name, shape in _FILES.items()}
    return _assemble(folder, trees, shapes)


def _trees(folder: Path, above: tuple[str, ...] = ()) -> dict[str, MarkedDict]:
    """The files of a module; of one that is based on another, those of the other with its own laid over."""
    head = read(folder / "module.yaml", "module.yaml")
    base = head.get("based_on")
    if base is None:
        trees = {name: read(folder / name, name) for name in _FILES}
        for language in _shape(Head, trees["module.yaml"]).languages:
            trees[f"text/{language}.yaml"] = read(folder / "text" / f"{language}.yaml", f"text/{language}.yaml")
        return trees
    if base in above or base not in available():
        others = ", ".join(name for name in available() if name not in {folder.name, *above})
        raise BadInput(
            f"the module cannot be based on `{base}`", str(mark_of(head, ["based_on"])), f"Name one of {others}."
        )
    trees = _trees(_find(str(base)), (*above, folder.name))
    _lay_over(trees, folder)
    return trees


def _assemble(folder: Path, trees: dict[str, MarkedDict], shapes: dict[str, Any]) -> Module:
    head, scene = shapes["module.yaml"], shapes["scene.yaml"]
    items = expand_items(scene, trees["scene.yaml"])
    texts = {language: _flat(trees[f"text/{language}.yaml"]) for language in head.languages}
    module = Module(
        folder=folder,
        head=head,
        scene=scene,
        items=items,
        procedure=shapes["procedure.yaml"],
        checks=tuple(shapes["checks.yaml"].checks),
        variants=shapes["variants.yaml"],
        mutations=shapes["mutations.yaml"],
        standard=shapes["standard.yaml"],
        bill=shapes["bill.yaml"],
        frameworks=shapes["frameworks.yaml"],
        texts=texts,
        content_hash=_hash(trees),
    )
    module_references.check(module, trees)
    for text in texts.values():
        text.update(_counted_names(scene, text))
    return module


def _folders() -> Iterator[Path]:
    for root in [SHIPPED, *(Path(entry) for entry in os.environ.get(SETTING, "").split(os.pathsep) if entry)]:
        if root.is_dir():
            yield from sorted(folder for folder in root.iterdir() if (folder / "module.yaml").is_file())


def _find(name_or_folder: str | Path) -> Path:
    for folder in _folders():
        if folder.name == str(name_or_folder):
            return folder
    folder = Path(name_or_folder)
    if (folder / "module.yaml").is_file():
        return folder
    raise BadInput(
        f"there is no module `{name_or_folder}`",
        str(name_or_folder),
        f"Name one of {', '.join(available())}, or a folder that holds a module.yaml.",
    )


def _lay_over(trees: dict[str, MarkedDict], overlay: Path) -> None:
    if not overlay.is_dir():
        raise BadInput("the overlay is no folder", str(overlay), "Name the folder with the site's files.")
    for path in sorted(overlay.rglob("*.yaml")):
        name = path.relative_to(overlay).as_posix()
        if name not in trees:
            raise BadInput("a module has no such file", f"{overlay.name}/{name}", f"Use one of {', '.join(trees)}.")
        trees[name] = merge(trees[name], read(path, f"{overlay.name}/{name}"))


def _shape(shape: type[S], tree: MarkedDict) -> S:
    try:
        return shape.model_validate(_plain(tree))
    except ValidationError as error:
        first = error.errors()[0]
        path = [step for step in first["loc"] if not (isinstance(step, str) and "[" in step)]
        key = ".".join(str(step) for step in path)
        mark = mark_of(tree, path)
        what, fix = _say(first["type"], first["msg"], first["input"], first.get("ctx", {}))
        raise BadInput(f"{what} at `{key}`" if key else what, str(mark), fix) from None


def _say(kind: str, message: str, got: Any, context: dict[str, Any]) -> tuple[str, str]:
    if kind == "missing":
        return "a key is missing", "Add it; docs/how/module-format.md tells what it holds."
    if kind == "extra_forbidden":
        return "an unknown key stands", "Correct its name or take it out."
    if kind == "literal_error":
        return f"`{got}` is not known", f"Use {context.get('expected', 'a known word')}."
    shown = str(got) if isinstance(got, str | int | float | bool) else type(got).__name__
    return f"`{shown}` does not fit", f"{message}."


def expand_items(scene: Scene, tree: MarkedDict) -> dict[str, Item]:
    """All items by id, counted ones and those held in others written out one by one."""
    items: dict[str, Item] = {}
    for index, item in enumerate(scene.items):
        for expanded in _expand(item):
            if expanded.id in items:
                where = str(mark_of(tree, ["items", index]))
                raise BadInput(f"two items are called `{expanded.id}`", where, "Give each its own id.")
            items[expanded.id] = expanded
    return items


def _expand(item: Item) -> Iterator[Item]:
    if item.count is None:
        yield item
    else:
        for n in range(1, item.count + 1):
            yield item.model_copy(update={"id": item.id.replace("{n}", str(n)), "count": None})
    for kind, number in item.holds.items():
        for n in range(1, number + 1):
            yield Item(id=f"{kind}-{n}", kind=kind, in_=item.id, sterile=item.sterile)


def _counted_names(scene: Scene, text: dict[str, str]) -> dict[str, str]:
    """`item.vial-1` and so on from `item.vial-{n}`."""
    counted = [(item.id, item.count) for item in scene.items if item.count]
    counted += [(f"{kind}-{{n}}", number) for item in scene.items for kind, number in item.holds.items()]
    return {
        f"item.{name.replace('{n}', str(n))}": text[f"item.{name}"].replace("{n}", str(n))
        for name, number in counted
        for n in range(1, number + 1)
    }


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(value) for value in tree]
    return tree


def _flat(tree: MarkedDict, prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, MarkedDict):
            flat |= _flat(value, f"{prefix}{key}.")
        elif isinstance(value, str) and value.strip():
            flat[prefix + key] = value
        else:
            raise BadInput(f"the text `{prefix}{key}` is no text", str(tree.marks[key]), "Write it, in quotes.")
    return flat


def _hash(trees: dict[str, MarkedDict]) -> str:
    canonical = json.dumps(_plain(trees), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
