"""Shared by the simulator's tests: a property is judged by what it finds, never by how long a busy machine took."""

from __future__ import annotations

import os

from hypothesis import settings

# At a desk every run tries other cases; in the continuous integration a red run must mean the change, not the dice.
settings.register_profile("resilience", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("resilience")
