"""What the simulator says when what it was given cannot be used: the same word as the twins below it."""

from __future__ import annotations

from resilience.twins.errors import BadInput

__all__ = ["BadInput"]
