"""The builder of the field, run short: what it writes can be read, says its inputs, and keeps the solver's checks."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from resilience.twins.air import field
from resilience.twins.flow import __main__ as command
from resilience.twins.flow import build, scene


def test_the_command_writes_a_field_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = copy.deepcopy(scene.inputs())
    # A fifth of a second of air instead of fourteen: not the field, but a field.
    given["grid"] |= {"lattice_speed": 0.03, "settle_seconds": 0.05, "mean_seconds": 0.1}
    stored = field.read().about["checks"]["solver"]
    monkeypatch.setattr(scene, "inputs", lambda: given)
    monkeypatch.setattr(command, "_stored", lambda: stored)
    monkeypatch.setattr(field, "FILE", tmp_path / "cabinet.npz")
    monkeypatch.setattr(build, "RAMP", 0.05)
    command.main([])
    found = field.read(tmp_path / "cabinet.npz")
    assert found.about["inputs"] == given
    assert found.about["checks"]["solver"] == stored
    assert found.about["checks"]["field"] == pytest.approx(build.checks_of(found), rel=1e-6)
    assert found.grid.shape == field.read().grid.shape
    # The filter's air has begun to come down, and the grilles to draw.
    assert found.about["checks"]["field"]["filter_m3_s"] > 0.05
    assert "cabinet.npz" in capsys.readouterr().out
