"""Cases of the instruments: one instrument, what it was given to read, and what it read, as JSON.

`inputs`: `instrument` (one of INSTRUMENTS), `name`, `seed`, and what that instrument's function below takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from inspect import signature
from typing import Any, Final

from resilience.twins.errors import BadInput
from resilience.twins.instruments import limits
from resilience.twins.instruments.air_sampler import AirSampler
from resilience.twins.instruments.counter import ParticleCounter
from resilience.twins.instruments.plates import ContactPlate, FingerDab, SettlePlate, settling_speed

_HOUR: Final = 3600.0


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer a case. Raises BadInput naming the key that is wrong."""
    kind = inputs.get("instrument")
    read = INSTRUMENTS.get(kind) if isinstance(kind, str) else None
    if read is None:
        raise BadInput(f"unknown instrument {kind!r}", "instrument", f"Use one of {', '.join(INSTRUMENTS)}.")
    given = {key: value for key, value in inputs.items() if key != "instrument"}
    for key, value in given.items():
        text = key in ("name", "way", "grade", "state")
        if not isinstance(value, str if text else int | float) or isinstance(value, bool):
            raise BadInput(f"`{key}` is {value!r}", "inputs", f"Give a {'text' if text else 'number'}.")
    given = {"name": str(kind), "seed": 0} | given
    try:
        signature(read).bind(**given)
    except TypeError as error:
        raise BadInput(str(error), "inputs", f"It takes {', '.join(signature(read).parameters)}.") from error
    return read(**given)


def _settle(name: str, seed: int, per_m3: float, settling_m_s: float, hours: float) -> dict[str, Any]:
    plate = SettlePlate(name, seed)
    plate.do_step(hours * _HOUR, per_m3, settling_m_s)
    return {**asdict(plate.incubate()), "area_cm2": plate.area * 1e4}


def _implied(name: str, seed: int, per_m3: float, colonies: float, hours: float) -> dict[str, Any]:
    return {"settling_m_s": settling_speed(colonies, per_m3, hours * _HOUR)}


def _contact(name: str, seed: int, organisms: float, way: str = "rolled") -> dict[str, Any]:
    plate = ContactPlate(name, seed)
    recovered = plate.press(organisms, way)  # type: ignore[arg-type]  # the plate refuses another
    return {**asdict(plate.incubate()), "recovered": recovered, "area_cm2": plate.area * 1e4}


def _dab(name: str, seed: int, organisms: float) -> dict[str, Any]:
    dab = FingerDab(name, seed)
    recovered = dab.press(organisms)
    grown = dab.incubate()
    return {**asdict(grown), "colonies": grown.colonies, "recovered": recovered}


def _sampler(name: str, seed: int, per_m3: float, minutes: float) -> dict[str, Any]:
    sampler = AirSampler(name, seed)
    sampler.do_step(minutes * 60.0, per_m3)
    sample = sampler.incubate()
    return {**asdict(sample), "per_m3": sample.per_m3}


def _counter(
    name: str, seed: int, fine_per_m3: float, coarse_per_m3: float, minutes: float, grade: str, state: str = "operation"
) -> dict[str, Any]:
    """The counts of so many minutes, their mean per m3, and whether that exceeds the limits of a grade."""
    counter = ParticleCounter(name, seed)
    counts = counter.do_step(minutes * 60.0, fine_per_m3, coarse_per_m3)
    if not counts:
        raise BadInput("no window has ended", "minutes", f"Give at least {counter.window / 60.0:g}.")
    litres = sum(count.litres for count in counts)
    fine, coarse = (1000.0 / litres * sum(getattr(count, size) for count in counts) for size in ("fine", "coarse"))
    return {
        "litres": litres,
        "fine_per_m3": fine,
        "coarse_per_m3": coarse,
        "fine_exceeds": limits.exceeds(fine, limits.particles(grade, "fine", state)),
        "coarse_exceeds": limits.exceeds(coarse, limits.particles(grade, "coarse", state)),
    }


INSTRUMENTS: Final[dict[str, Callable[..., dict[str, Any]]]] = {
    "settle-plate": _settle,
    "settling-speed": _implied,
    "contact-plate": _contact,
    "finger-dab": _dab,
    "air-sampler": _sampler,
    "particle-counter": _counter,
}
