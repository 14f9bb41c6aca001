"""Cases of the instruments: one instrument, what it was given to read, and what it read, as JSON.

`inputs`: `instrument` (one of INSTRUMENTS), `name`, `seed`, and what the function of that instrument below asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from resilience.twins.instruments import limits
from resilience.twins.instruments.air_sampler import AirSampler
from resilience.twins.instruments.counter import ParticleCounter
from resilience.twins.instruments.plates import WAYS, ContactPlate, FingerDab, SettlePlate, settling_speed

_HOUR: Final = 3600.0
_MINUTE: Final = 60.0


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer a case. Raises BadInput naming the key that is wrong."""
    given = Inputs(inputs, "inputs")
    kind = given.text("instrument", choices=INSTRUMENTS)
    outputs = INSTRUMENTS[kind](given, given.text("name", kind), given.whole("seed", 0))
    given.done()
    return outputs


def _settle(given: Inputs, name: str, seed: int) -> dict[str, Any]:
    plate = SettlePlate(name, seed)
    plate.do_step(given.number("hours") * _HOUR, given.number("per_m3"), given.number("settling_m_s"))
    return {**asdict(plate.incubate()), "area_cm2": plate.area * 1e4}


def _implied(given: Inputs, name: str, seed: int) -> dict[str, Any]:
    speed = settling_speed(given.number("colonies"), given.number("per_m3"), given.number("hours") * _HOUR)
    return {"settling_m_s": speed}


def _contact(given: Inputs, name: str, seed: int) -> dict[str, Any]:
    plate = ContactPlate(name, seed)
    way = given.text("way", "rolled", choices=WAYS)
    recovered = plate.press(given.number("organisms"), way)  # type: ignore[arg-type]  # one of WAYS
    return {**asdict(plate.incubate()), "recovered": recovered, "area_cm2": plate.area * 1e4}


def _dab(given: Inputs, name: str, seed: int) -> dict[str, Any]:
    dab = FingerDab(name, seed)
    recovered = dab.press(given.number("organisms"))
    grown = dab.incubate()
    return {**asdict(grown), "colonies": grown.colonies, "recovered": recovered}


def _sampler(given: Inputs, name: str, seed: int) -> dict[str, Any]:
    sampler = AirSampler(name, seed)
    sampler.do_step(given.number("minutes") * _MINUTE, given.number("per_m3"))
    sample = sampler.incubate()
    return {**asdict(sample), "per_m3": sample.per_m3}


def _counter(given: Inputs, name: str, seed: int) -> dict[str, Any]:
    """The counts of so many minutes, their mean per m3, and whether that exceeds the limits of a grade."""
    counter = ParticleCounter(name, seed)
    grade, state = given.text("grade"), given.text("state", "operation")
    counts = counter.do_step(
        given.number("minutes") * _MINUTE, given.number("fine_per_m3"), given.number("coarse_per_m3")
    )
    if not counts:
        raise BadInput("no window has ended", given.at("minutes"), f"Give at least {counter.window / _MINUTE:g}.")
    m3 = sum(count.litres for count in counts) / 1000.0
    fine, coarse = sum(count.fine for count in counts) / m3, sum(count.coarse for count in counts) / m3
    return {
        "m3": m3,
        "fine_per_m3": fine,
        "coarse_per_m3": coarse,
        "fine_exceeds": limits.exceeds(fine, limits.particles(grade, "fine", state)),
        "coarse_exceeds": limits.exceeds(coarse, limits.particles(grade, "coarse", state)),
    }


INSTRUMENTS: Final[dict[str, Callable[[Inputs, str, int], dict[str, Any]]]] = {
    "settle-plate": _settle,
    "settling-speed": _implied,
    "contact-plate": _contact,
    "finger-dab": _dab,
    "air-sampler": _sampler,
    "particle-counter": _counter,
}
