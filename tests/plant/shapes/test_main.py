"""The command line of the shapes says what it wants."""

from __future__ import annotations

from pathlib import Path

import pytest

from resilience.plant.shapes.__main__ import main
from resilience.plant.shapes.catalogue import draw


def test_no_command_shows_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "build|compare" in capsys.readouterr().err


def test_an_unknown_kind_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "vail"]) == 2
    assert "unknown kind vail" in capsys.readouterr().err


def test_pictures_need_three(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="npm ci"):
        draw(tmp_path, tmp_path)
