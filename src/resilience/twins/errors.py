"""What the library says when what it was given cannot be used."""

from __future__ import annotations


class BadInput(ValueError):  # noqa: N818  the field's own word; it is an answer to the sender, not a failure of ours
    """Input that cannot be used: says what was wrong, where, and what to do."""

    def __init__(self, what: str, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(" ".join(part for part in (f"{where}:" if where else "", what, fix) if part))
