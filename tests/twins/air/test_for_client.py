"""What the client draws the air from is what the twin has now."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scripts import air_for_client

from resilience.twins.air import field

ANEW = "write it anew: python scripts/air_for_client.py"


@pytest.fixture(scope="module")
def there() -> dict[str, Any]:
    return air_for_client.written()


def test_field_is_current(there: dict[str, Any]) -> None:
    assert there["cabinet.bin"] == air_for_client.packed(), ANEW
    assert there["cabinet.json"] == json.loads(json.dumps(air_for_client.about())), ANEW


def test_expected_velocities_are_current(there: dict[str, Any]) -> None:
    now, kept = air_for_client.expected(), there["expected.json"]
    assert kept.keys() == now.keys(), ANEW
    for name, case in now.items():
        assert kept[name]["hands"] == case["hands"], ANEW
        found, wanted = kept[name]["points"], case["points"]
        assert [point["at"] for point in found] == [point["at"] for point in wanted], ANEW
        for part in ("velocity", "added"):
            assert np.allclose([p[part] for p in found], [p[part] for p in wanted], atol=2e-6), ANEW


def test_field_is_small_and_exact() -> None:
    assert (air_for_client.FOLDER / "cabinet.bin").stat().st_size <= air_for_client.MOST_BYTES
    grid = field.read().grid
    whole = np.moveaxis(grid[len(grid) // 2 :], -1, 0)
    assert np.abs(air_for_client.half() * air_for_client.QUANTUM - whole).max() <= 0.501 * air_for_client.QUANTUM


def test_writing_gives_the_same_files(tmp_path: Path, there: dict[str, Any]) -> None:
    air_for_client.main(tmp_path)
    assert gzip.decompress((tmp_path / "cabinet.bin").read_bytes()) == there["cabinet.bin"]
    assert json.loads((tmp_path / "cabinet.json").read_text()) == there["cabinet.json"]
