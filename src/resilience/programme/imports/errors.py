"""A file that cannot be imported at all. What is wrong with single rows stands in `reasons`."""

from __future__ import annotations

from resilience.training.errors import BadInput


class ImportRefusedError(BadInput):
    """The file as a whole is refused, and nothing of it was imported: says what, where, and what to do."""
