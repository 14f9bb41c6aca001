"""Reading a stored file of arrays: compressed npz with `about`, JSON that says its version and where it comes from."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resilience.twins.errors import BadInput


def load(path: Path, names: list[str], version: int, rebuild: str) -> tuple[list[NDArray[Any]], dict[str, Any]]:
    """The arrays by name, and what is said of them. Raises BadInput for another file, and for another version."""
    try:
        # In memory first: a file that is broken half way is closed all the same.
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            found = about.get("version")
            arrays = [file[name] for name in names] if found == version else []
    except (OSError, EOFError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise BadInput(f"the file does not hold what it should ({error})", str(path), rebuild) from error
    if found != version:
        raise BadInput(f"the file is of version {found}, wanted is {version}", str(path), rebuild)
    return arrays, about
