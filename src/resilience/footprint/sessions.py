"""What an account needs to know of a session, and no more: never a name, only a key that tells trainees apart."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Purpose(StrEnum):
    """Why the session was held; it decides how much of a physical run it can have replaced."""

    OUTREACH = "outreach"
    QUALIFICATION = "qualification"
    EXTRA_PRACTICE = "extra_practice"
    DECLARED_REPLACEMENT = "declared_replacement"


class Device(StrEnum):
    """What the session ran on."""

    HEADSET = "headset"
    HEADSET_OLED = "headset_oled"
    LAPTOP = "laptop"
    TABLET = "tablet"
    PHONE = "phone"


class TravelMode(StrEnum):
    """How somebody travelled; a car is counted whole, whoever sits in it."""

    CAR = "car"
    RAIL = "rail"
    COACH = "coach"


class Shape(BaseModel):
    """Closed and unchangeable: an unknown field is an error that names it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Trip(Shape):
    """A trip there and back; `reason` names it, because travel is counted for named trips alone."""

    reason: Annotated[str, Field(min_length=3, max_length=200)]
    mode: TravelMode
    km: Annotated[float, Field(gt=0, le=5000, description="km there and back; vehicle-km by car, else passenger-km")]
    hotel_nights: Annotated[int, Field(ge=0, le=30)] = 0


class Session(Shape):
    """One run of a module by one trainee.

    Without a declared purpose the lowest applies. A purpose that earns credit is declared by the trainee and
    countersigned, and needs the trainee's key, since credit is capped for each trainee.
    """

    module: Annotated[str, Field(min_length=1, max_length=80)]
    site: Annotated[str, Field(max_length=80, description="code of the site whose physical runs are compared")] = ""
    year: Annotated[int, Field(ge=2000, le=2100, description="calendar year of the session")]
    purpose: Purpose = Purpose.OUTREACH
    countersigned: bool = False
    trainee: Annotated[str, Field(max_length=80, description="pseudonymous key; empty when unknown")] = ""
    device: Device = Device.HEADSET
    device_hours: Annotated[float, Field(gt=0, le=24, description="hours the device was in use")]
    completed: bool = True
    extra_physical_runs: Annotated[
        float, Field(ge=0, le=10, description="physical runs that were held because of this session")
    ] = 0.0
    hub_travel: Annotated[tuple[Trip, ...], Field(max_length=10)] = ()
    trips_replaced: Annotated[tuple[Trip, ...], Field(max_length=10)] = ()
