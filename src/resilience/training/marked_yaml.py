"""YAML that remembers the file and line of every value, so that an error can point at it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from resilience.training.errors import BadInput


class Mark(NamedTuple):
    """A place in a file; lines count from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class MarkedDict(dict[str, Any]):
    """A mapping that knows where it and each of its keys stand."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.marks: dict[str, Mark] = {}


class MarkedList(list[Any]):
    """A sequence that knows where it and each of its values stand."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.marks: list[Mark] = []


# The loader written in C reads a module in a tenth of a second; the one in Python takes half a second.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]
    """Safe YAML; `on` and `off`, which are places and states here, stay words; dates stay text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for first, rules in _Safe.yaml_implicit_resolvers.items()
}
_TRUTH = {"true": True, "false": False}


def read(path: Path, shown: str) -> MarkedDict:
    """The mapping in a YAML file; `shown` is how the file is called in errors. Raises BadInput."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadInput("the file is missing", shown, "Add it; docs/how/module-format.md lists the files.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"the file cannot be read ({error})", shown, "Save it as UTF-8 text.") from None
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{shown}:{mark.line + 1}" if mark else shown
        raise BadInput(f"this is not YAML ({getattr(error, 'problem', error)})", where, "Correct the line.") from None
    if not isinstance(node, yaml.MappingNode):
        raise BadInput("the file holds no mapping", f"{shown}:1", "Write `key: value` lines.")
    built = _build(node, loader, shown)
    assert isinstance(built, MarkedDict)
    return built


def _build(node: yaml.Node, loader: Any, shown: str) -> Any:
    mark = Mark(shown, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        mapping = MarkedDict(mark)
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                raise BadInput("a key must be a word", f"{shown}:{line}", "Write `key: value`.")
            if key in mapping:
                raise BadInput(f"the key `{key}` stands twice", f"{shown}:{line}", "Keep one of them.")
            mapping[key] = _build(value_node, loader, shown)
            mapping.marks[key] = Mark(shown, line)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        sequence = MarkedList(mark)
        for value_node in node.value:
            sequence.append(_build(value_node, loader, shown))
            sequence.marks.append(Mark(shown, value_node.start_mark.line + 1))
        return sequence
    if isinstance(node, yaml.ScalarNode) and not node.style and node.value in _TRUTH:
        return _TRUTH[node.value]
    return loader.construct_object(node, deep=True)


def mark_of(tree: Any, path: Iterable[str | int]) -> Mark:
    """Where the value at `path` stands, or the nearest place above it that exists."""
    here: Mark = tree.mark
    for step in path:
        if isinstance(tree, MarkedDict) and step in tree:
            here, tree = tree.marks[str(step)], tree[str(step)]
        elif isinstance(tree, MarkedList) and isinstance(step, int) and step < len(tree):
            here, tree = tree.marks[step], tree[step]
        elif not isinstance(tree, MarkedDict | MarkedList):
            break
    return here


def merge(base: Any, over: Any) -> Any:
    """`over` laid on `base`: mappings by key, lists of things with an id by id, all else replaced.

    A key is taken out with `key: null`, a thing in a list with `{id: ..., remove: true}`. Marks follow the values.
    """
    if isinstance(base, MarkedDict) and isinstance(over, MarkedDict):
        merged = MarkedDict(base.mark)
        for key in [*base, *(k for k in over if k not in base)]:
            if key in over and over[key] is None:
                continue
            merged[key] = merge(base.get(key), over[key]) if key in over else base[key]
            merged.marks[key] = over.marks[key] if key in over else base.marks[key]
        return merged
    if isinstance(base, MarkedList) and isinstance(over, MarkedList) and _named(base) and _named(over):
        result = MarkedList(base.mark)
        changes = {entry["id"]: (entry, mark) for entry, mark in zip(over, over.marks, strict=True)}
        for entry, mark in zip(base, base.marks, strict=True):
            change, change_mark = changes.pop(entry["id"], (None, mark))
            if change is not None and change.get("remove") is True:
                continue
            result.append(merge(entry, change) if change is not None else entry)
            result.marks.append(change_mark)
        for entry, mark in changes.values():
            result.append(entry)
            result.marks.append(mark)
        return result
    return over


def _named(entries: MarkedList) -> bool:
    return all(isinstance(entry, MarkedDict) and "id" in entry for entry in entries)
