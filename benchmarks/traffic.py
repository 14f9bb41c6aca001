"""The traffic of a person at work: an expert's log with head and hands at every tick, as a headset sends them.

A virtual trainee reports its hands only while they move. A headset reports 20 times a second, and a hand is never
still: the ticks in between are filled with the last pose and a tremor of a millimetre or two, from a fixed stream.
"""

from __future__ import annotations

import random
from typing import Any

from resilience.training import modules, trainees

Action = dict[str, Any]
MODULE = "aseptic-filling"
SEED = 11
HEAD = [0, 1620, -560, -0.2588, 0.0, 0.0, 0.9659]
TREMOR_MM = 2


def expert_actions(mode: str = "practice") -> list[Action]:
    """The actions of an expert's run, as the virtual trainee makes them."""
    taken: list[Action] = []
    trainees.run(modules.load(MODULE), SEED, mode=mode, on_action=taken.append)  # type: ignore[arg-type]
    return taken


def at_every_tick(actions: list[Action]) -> list[Action]:
    """The same run with a pose at every tick that has none, numbered anew."""
    return [action for action, _ in filled(actions)]


def filled(actions: list[Action]) -> list[tuple[Action, bool]]:
    """The same, each with whether the virtual trainee sent it itself."""
    chance = random.Random(SEED)
    full: list[tuple[Action, bool]] = []
    last: Action = {"left": None, "right": None}
    tick = actions[0]["tick"]
    for action in actions:
        while tick < action["tick"]:
            full.append((_trembling(last, tick, chance), False))
            tick += 1
        if action["verb"] == "pose":
            last = action
            action = {**action, "head": action.get("head") or HEAD}
            tick = action["tick"] + 1
        full.append((action, True))
    return [({**action, "seq": number}, own) for number, (action, own) in enumerate(full, 1)]


def _trembling(last: Action, tick: int, chance: random.Random) -> Action:
    pose: Action = {"tick": tick, "verb": "pose", "head": _tremor(HEAD, chance)}
    for hand in ("left", "right"):
        pose[hand] = _tremor(last[hand], chance) if last[hand] else None
    return pose


def _tremor(pose: list[float], chance: random.Random) -> list[float]:
    moved: list[float] = [int(part) + chance.randint(-TREMOR_MM, TREMOR_MM) for part in pose[:3]]
    return moved + list(pose[3:] or [0.0, 0.0, 0.0, 1.0])
