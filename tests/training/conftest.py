"""Shared by the simulator's tests: a property is judged by what it finds, never by how long a busy machine took."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("resilience", deadline=None)
settings.load_profile("resilience")
