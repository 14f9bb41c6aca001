"""The page on modules names every kind of check and every parameter of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resilience.training.checks import check_kinds

DOCS = Path(__file__).parents[3] / "docs" / "how"


def row(kind: str) -> str:
    page = (DOCS / "module-format.md").read_text(encoding="utf-8")
    found = re.search(rf"^\| {kind} \| (.*?) \|", page, re.MULTILINE)
    assert found is not None, f"no row for {kind}"
    return found.group(1)


@pytest.mark.parametrize("kind", sorted(check_kinds()))
def test_every_parameter_is_documented(kind: str) -> None:
    fields = check_kinds()[kind].Params.model_fields
    names = {field.alias or name for name, field in fields.items()}
    assert names <= set(re.findall(r"[a-z_]+", row(kind)))


def test_the_page_on_assessment_names_every_command() -> None:
    from resilience.cli.commands import app

    page = (DOCS / "assessment.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert f"resilience {command.name}" in page
