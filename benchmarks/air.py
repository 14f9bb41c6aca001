"""The air twin's speed on one core: particles, particles among hands, expected exposure, rooms, the flow solver.

The peer moves the same particles through the same field with numpy: the same interpolation, turbulence and settling.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import machine
from resilience.twins.air import poses
from resilience.twins.air.exposure import Exposure, Site
from resilience.twins.air.field import Field, read
from resilience.twins.air.numbers import numbers
from resilience.twins.air.obstacles import Body
from resilience.twins.air.particles import STEP, Particles
from resilience.twins.air.rooms import Air, Door, Room
from resilience.twins.flow.checks import uniform_box

REPEATS = 7
PARTICLES = 2_000
MANY = 50_000
TICK = 0.05
LEFT = ((-0.12, 1.08, 0.02), (-0.16, 1.02, 0.30))
RIGHT = ((0.10, 1.10, -0.02), (0.16, 1.02, 0.30))


def run() -> dict[str, Any]:
    """Every part, best of some runs: other work on the machine only ever adds time."""
    about = machine.describe()
    machine.keep_to_core(0)
    field = read()
    return {
        "benchmark": "air",
        "machine": about,
        "target_million_particle_steps_per_s": 7,
        "million_particle_steps_per_s": round(particle_steps(field) / 1e6, 2),
        "peer_numpy_million_particle_steps_per_s": round(numpy_steps(field) / 1e6, 2),
        "target_tick_ms": 1.5,
        "tick_of_2000_particles_ms": round(tick(field, []) * 1e3, 3),
        "tick_of_2000_particles_among_two_hands_and_a_syringe_ms": round(tick(field, hands_and_syringe()) * 1e3, 3),
        **exposure(),
        "rooms_second_us": round(rooms() * 1e6, 1),
        "flow_million_cells_per_s": round(flow() / 1e6, 2),
    }


def best(work: Callable[[], Any], times: int = REPEATS) -> float:
    """Seconds of the fastest of some runs, after one that may compile."""
    work()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)


def spread(count: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Places all over the working zone, (count, 3)."""
    return np.random.default_rng(1).uniform([-0.4, 1.1, -0.2], [0.4, 1.55, 0.1], (count, 3))


def hands_and_syringe() -> list[Body]:
    """Two palms, two forearms, and a slim thing in one hand."""
    syringe = Body("syringe", (0.06, 1.09, -0.06), (0.10, 1.10, -0.02), 0.009)
    return [*poses.bodies("left", *LEFT), *poses.bodies("right", *RIGHT), syringe]


def particle_steps(field: Field) -> float:
    """Particle-steps a second in the computed field, no bodies."""
    points, air = spread(MANY), Particles(field, MANY)

    def work() -> None:
        air.restore(start)
        air.do_step(0.5)

    air.emit(points)
    start = air.snapshot()
    air.do_step(0.5)
    before = air.steps_made
    took = best(work)
    made = (air.steps_made - before) / (REPEATS + 1)
    return made / took


def tick(field: Field, bodies: list[Body]) -> float:
    """Seconds of a tick of 50 ms with 2,000 particles in the air."""
    air = Particles(field, PARTICLES)
    air.set_bodies(bodies)
    air.emit(spread(PARTICLES))
    start, took = air.snapshot(), []
    air.do_step(TICK)
    for _ in range(10 * REPEATS):
        air.restore(start)
        began = time.perf_counter()
        air.do_step(TICK)
        took.append(time.perf_counter() - began)
    return min(took)


def numpy_steps(field: Field) -> float:
    """The peer: particle-steps a second of the same motion in numpy."""
    chance = np.random.default_rng(2)
    given, steps = numbers(), 10
    keep = np.exp(-STEP / given.turbulence_memory)
    kick = np.sqrt(1 - keep**2)
    start = spread(MANY)

    def work() -> None:
        place, shaken = start.copy(), np.zeros_like(start)
        for _ in range(steps):
            found = field.at(place)
            size = np.sqrt(found[:, 3:] ** 2 + given.turbulence_floor**2)
            shaken = keep * shaken + kick * chance.uniform(-(3**0.5), 3**0.5, place.shape)
            place += (found[:, :3] + size * shaken - np.array([0, given.settling_mcp, 0])) * STEP

    return MANY * steps / best(work, 2)


def exposure() -> dict[str, Any]:
    """Microseconds of a tick: both hands move, and twelve sites, then one, add to their doses."""
    found = {}
    for count in (12, 1):
        watched = Exposure()
        watched.set_air(5.0)
        watched.set_sites([Site(f"vial {i}", (0.03 * i - 0.15, 0.96, -0.05), 0.006) for i in range(count)])

        def work(watched: Exposure = watched) -> None:
            for index in range(200):
                for name, (palm, elbow) in (("left", LEFT), ("right", RIGHT)):
                    moved = (palm[0] + 1e-4 * index, palm[1], palm[2])
                    watched.set_hand(name, moved, elbow, 0.0015, 0.006)
                watched.do_step(TICK)

        found[f"exposure_tick_{count}_sites_us"] = round(best(work) / 200 * 1e6, 1)
    return found


def rooms() -> float:
    """Seconds of a second in three rooms while doors move and pressures with them."""
    air = Air(
        [Room("filling", 54, 20, 0.6, 30), Room("airlock", 10, 4, 0.15, 15), Room("changing", 30, 12, 0.25, 5)],
        [Door("inner", ("filling", "airlock")), Door("outer", ("airlock", "changing"))],
    )
    air.enter("one", "filling", "gowned", "hands")

    def work() -> None:
        for second in range(60):
            air.move_door("inner", second % 10 < 3)
            air.do_step()

    return best(work) / 60


def flow() -> float:
    """Cell updates a second of the flow solver in a box of 64 x 128 x 64."""
    box = uniform_box(64)

    def work() -> None:
        for _ in range(4):
            box.step()

    return 4 * box.kind.size / best(work)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
