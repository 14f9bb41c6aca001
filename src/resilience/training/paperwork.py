"""Paperwork: recording, correcting, signing, reporting, answering; and the pace of the clock."""

from __future__ import annotations

from typing import Any

from resilience.training.facts import fact
from resilience.training.papers import Asked, Entry
from resilience.training.refusals import Action, Refusal, refuse, unreachable
from resilience.training.world import World

RESTORE_SECONDS = 30.0
"""Engineering answers a reported alarm within this time (default)."""


class Record:
    """Write a field of the batch record for the first time."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        name = action["field"]
        if world.papers.fields[name].given:
            return refuse("field_given", None, field=name)
        return refuse("already_recorded", None, field=name) if name in world.papers.entries else None

    def do(self, world: World, action: Action) -> None:
        name, value = action["field"], action["value"]
        truth, since = field_truth(world, name)
        world.papers.entries[name] = Entry(value, world.clock.tick)
        world.emit("recorded", field=name, value=value, truth=truth, fact_tick=since)
        world.changed("panel:record")


class Correct:
    """Replace a value; the old one stays legible, with the reason."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        name = action["field"]
        return None if name in world.papers.entries else refuse("not_recorded", None, field=name)

    def do(self, world: World, action: Action) -> None:
        name, value = action["field"], action["value"]
        entry = world.papers.entries[name]
        truth, since = field_truth(world, name)
        old, reason = entry.value, action.get("reason", "")
        entry.corrected.append({"old": old, "reason": reason, "at": world.clock.tick})
        entry.value = value
        world.emit("corrected", field=name, value=value, truth=truth, fact_tick=since, old=old, reason=reason)
        world.changed("panel:record")


class Sign:
    """Sign a step of the record."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        step = action["step"]
        return refuse("already_signed", None, step=step) if step in world.papers.signatures else None

    def do(self, world: World, action: Action) -> None:
        world.papers.signatures[action["step"]] = (action["meaning"], world.clock.tick)
        world.emit("signed", step=action["step"], meaning=action["meaning"])
        world.changed("panel:record")


class Report:
    """Call the supervisor over the intercom."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        return None

    def do(self, world: World, action: Action) -> None:
        world.emit("reported", to=action["to"], what=action["kind"], text=action["text"])
        cabinet = world.cabinet
        if cabinet is not None and cabinet.alarm is not None and not cabinet.repair and action["kind"] != "question":
            cabinet.repair = True
            world.clock.after(RESTORE_SECONDS, cabinet.restore)


class Answer:
    """Decide on a question that is asked here."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        asked = world.papers.questions[action["question"]]
        return _not_here(world, asked)

    def do(self, world: World, action: Action) -> None:
        asked = world.papers.questions[action["question"]]
        truth = fact(world, asked.shape.truth, asked.item)[0] if asked.shape.truth else None
        world.papers.answers[asked.id] = action["choice"]
        world.emit("answered", question=asked.id, item=asked.item, choice=action["choice"], truth=truth)
        world.changed("questions")


class Hint:
    """Ask for help: not in an assessment."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        return refuse("no_hints") if world.mode == "assessment" else None

    def do(self, world: World, action: Action) -> None:
        world.hinted = world.current_step
        world.emit("hinted", step=world.current_step)
        world.changed("panel:sop")


class Pace:
    """Let process time run faster while one waits: not with product open, nor during an alarm."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        if action["value"] == 1:
            return None
        if world.cabinet is not None and world.cabinet.alarm is not None:
            return refuse("alarm_on")
        if any(site.item.kind == "vial" for site in world.air.sites.values()):
            return refuse("product_open")
        return None

    def do(self, world: World, action: Action) -> None:
        world.set_pace(action["value"])


class Pause:
    """A break: the clock of the session stands still while no frames come."""

    def why_not(self, world: World, action: Action) -> Refusal | None:
        return None

    def do(self, world: World, action: Action) -> None:
        world.motion.pause()


def open_questions(world: World) -> list[Asked]:
    """The questions that can be answered here and now and have not been."""
    papers = world.papers
    return [q for q in papers.questions.values() if q.id not in papers.answers and _not_here(world, q) is None]


def field_truth(world: World, name: str) -> tuple[Any, int | None]:
    """What a field of the record ought to hold now, and since when."""
    wanted = world.papers.fields[name].fact
    return fact(world, wanted) if wanted else (None, None)


def _not_here(world: World, asked: Asked) -> Refusal | None:
    if asked.shape.station is not None and asked.shape.station != world.station:
        return refuse("answer_elsewhere", asked.item, station=asked.shape.station)
    return unreachable(world, world.items[asked.item]) if asked.item is not None else None
