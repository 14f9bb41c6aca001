"""Which part of the programme is counted."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Self

from resilience.people.models import Nation, Region, nation_of
from resilience.programme.models import ActivityKind
from resilience.training.errors import BadInput


@dataclass(frozen=True)
class Filters:
    """The activities of one organisation, region, nation or kind; what is None leaves nothing out."""

    organisation: uuid.UUID | None = None
    region: Region | None = None
    nation: Nation | None = None
    kind: ActivityKind | None = None

    @property
    def regions(self) -> list[str] | None:
        """The codes of the regions that are counted; None: all, and activities without a region too."""
        if self.region is None and self.nation is None:
            return None
        return [
            region.value
            for region in Region
            if self.region in (None, region) and self.nation in (None, nation_of(region))
        ]

    @property
    def whole(self) -> bool:
        return self == Filters()

    def as_json(self) -> dict[str, str]:
        """{"organisation": id, "region": code, "nation": code, "kind": code}, only what is set."""
        named = {"organisation": self.organisation, "region": self.region, "nation": self.nation, "kind": self.kind}
        return {name: str(value) for name, value in named.items() if value is not None}

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Self:
        """The reverse of as_json. Raises BadInput for a name or a value that does not exist."""
        kinds: dict[str, Any] = {
            "organisation": uuid.UUID,
            "region": Region,
            "nation": Nation,
            "kind": ActivityKind,
        }
        read = {}
        for name, value in given.items():
            if name not in kinds:
                raise BadInput(f"there is no filter `{name}`", "filters", f"Take one of {', '.join(kinds)}.")
            try:
                read[name] = kinds[name](value)
            except ValueError:
                raise BadInput(f"`{value}` is no {name}", "filters", "Take one that exists.") from None
        return cls(**read)


EVERYTHING = Filters()
