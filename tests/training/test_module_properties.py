"""Whatever is done to a module's files, it is either refused with a place or can be played to its end."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resilience.training import modules, trainees
from resilience.training.errors import BadInput
from resilience.training.marked_yaml import read
from resilience.training.modules import Module

SOURCE = modules.SHIPPED / "controls"
FILES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.yaml"))
TREES: dict[str, Any] = {name: read(SOURCE / name, name) for name in FILES}
DELETED = object()
ODD = [DELETED, None, True, -1, 3.5, "nonsense", [], {}, ["x"], {"a": 1}, [[1]], "{x}", "{item}", "*"]


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree))) if isinstance(tree, list) else []
    for key in keys:
        yield (*path, key)
        yield from places(tree[key], (*path, key))


PLACES = [(name, path) for name in FILES for path in places(TREES[name])]


def spoilt(name: str, path: tuple[Any, ...], value: Any) -> str:
    """The file as JSON, which is YAML too, with one value changed or taken out."""
    tree = json.loads(json.dumps(TREES[name]))
    holder = tree
    for key in path[:-1]:
        holder = holder[key]
    if value is DELETED:
        del holder[path[-1]]
    else:
        holder[path[-1]] = copy.deepcopy(value)
    return json.dumps(tree)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SOURCE, tmp_path_factory.mktemp("modules") / "controls"))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(PLACES), value=st.sampled_from(ODD))
def test_a_changed_module_is_refused_with_a_place_or_playable(
    folder: Path, place: tuple[str, tuple[Any, ...]], value: Any
) -> None:
    name, path = place
    (folder / name).write_text(spoilt(name, path, value), encoding="utf-8")
    module, refused = loaded(folder)
    shutil.copyfile(SOURCE / name, folder / name)
    if module is not None:
        language = module.head.languages[0]
        assert trainees.run(module, 1, mode="practice", language=language).finished
    else:
        assert refused is not None
        assert refused.where
        assert refused.fix


def loaded(folder: Path) -> tuple[Module | None, BadInput | None]:
    """The module, or why it is none; anything else that is raised is a defect of the loader."""
    try:
        return modules.load(folder), None
    except BadInput as error:
        return None, error
