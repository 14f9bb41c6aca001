"""What all facts of a specification share: they cannot be changed, and know no field but their own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Metres = Annotated[float, Field(gt=0, le=16)]
Span = tuple[float, float]
Wording = dict[Literal["en", "cy"], str]  # the same words in English and in Welsh


class Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
