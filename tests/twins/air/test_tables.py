"""The tables of exposure: made from what is here, in range, and refused where they are of another version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from resilience.twins.air import tables
from resilience.twins.air.field import read as read_field
from resilience.twins.errors import BadInput


def test_they_were_made_from_the_field_the_numbers_and_the_poses_that_are_here() -> None:
    assert tables.read().about["from"] == tables.origin(read_field())


def test_they_have_the_shape_they_say_and_hold_concentrations() -> None:
    found = tables.read()
    levels, along = tables.BELOW + tables.ABOVE, tables.BEHIND + tables.ALONG
    shape = (2, len(tables.DEPTHS), len(tables.HEIGHTS), tables.SIDES, levels, along)
    assert found.values.shape == found.errors.shape == shape
    for values in (found.values, found.errors, found.room, found.room_errors):
        assert np.isfinite(values).all()
        assert (values >= 0).all()
    # Errors are known where there is something to know: a tenth, in the middle.
    core = found.values > 50
    assert np.median(found.errors[core] / found.values[core]) < 0.1


def test_the_room_is_at_the_aperture_and_not_in_the_working_zone() -> None:
    found = tables.read()
    z = found.room_low[1] + tables.CELL * (np.arange(found.room.shape[1]) + 0.5)
    assert found.room[:, z < 0.12].max() < 1e-6
    # In the aperture, in front of the grille, the air is that of the room.
    assert found.room[0, z > 0.28].max() > 0.5


def test_what_a_hand_gives_off_is_found_below_it_and_not_above() -> None:
    glove = tables.read().values[0]
    middle = glove[2:5, 4:, :2]
    below, above = middle[..., : tables.BELOW - 3, :], middle[..., tables.BELOW + 3 :, :]
    assert below.sum() > 50 * above.sum()


def changed(folder: Path, **about: Any) -> Path:
    with np.load(tables.FILE) as file:
        arrays = {name: file[name] for name in file.files if name != "about"}
        words = json.loads(str(file["about"]))
    path = folder / "exposure.npz"
    np.savez_compressed(path, about=np.array(json.dumps({**words, **about})), **arrays)
    return path


def test_tables_of_another_version_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="of version 0, wanted is 1") as caught:
        tables.read(changed(tmp_path, version=0))
    assert "resilience.twins.air.tables" in caught.value.fix
