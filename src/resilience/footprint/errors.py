"""What the footprint says when what it was given cannot be used."""

from __future__ import annotations


class FootprintError(ValueError):
    """Says what was wrong, where (file, line, key; or the field), and what to do."""

    def __init__(self, what: str, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(" ".join(part for part in (f"{where}:" if where else "", what, fix) if part))
