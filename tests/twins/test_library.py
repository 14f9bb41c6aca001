"""The twins as a library: what a user imports, and what that does not pull in."""

from __future__ import annotations

import subprocess
import sys

import pytest

import resilience.twins


@pytest.mark.parametrize("name", resilience.twins.__all__)
def test_every_twin_is_there_by_its_name(name: str) -> None:
    assert getattr(resilience.twins, name).__name__ == name


def test_an_unknown_name_is_said_to_be_unknown() -> None:
    with pytest.raises(AttributeError, match="Tea"):
        _ = resilience.twins.Tea


def test_errors_and_case_files_need_no_compiler() -> None:
    code = (
        "import resilience.twins, resilience.twins.cases, sys; print('numba' in sys.modules, 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
