"""The touch twin: organisms on faces that meet, are wetted, change gloves and pour; in numbers that may be wrong.

Every face carries vegetative organisms and spores apart, for the central run and for K members of an ensemble at once.
Nothing is lost: `discrepancy` is what the account cannot explain, and stays at the rounding of the numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np

from resilience.twins import checks
from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput
from resilience.twins.parameters import Parameter
from resilience.twins.risk import Contribution, Estimate, Ledger, Route, Trail, estimate
from resilience.twins.touch import moves
from resilience.twins.touch.disinfectants import film_seconds, surviving
from resilience.twins.touch.ensemble import MEMBERS, Ensemble, chosen
from resilience.twins.touch.faces import RULES, Face, Film, Hand, Kind, Rule, Vessel, onward, rule_of, way
from resilience.twins.touch.results import Disinfected, Passed, together
from resilience.twins.touch.state import ACCOUNTS, Load, State

TICKS_PER_SECOND: Final = 20
MOST_MEMBERS: Final = 4096
_DROP: Final = 1e-9
"""Millilitres that are rounding, not liquid."""


class Touch:
    """Who has touched what. Deterministic by `seed`; `members` draws of the numbers are carried beside the central run.

    `parameters` replaces numbers of `touch.yaml`: by one that is known exactly, or by a Parameter with its range. Names
    are the caller's. A face, hand or vessel that is not known, and any number that cannot be, raises BadInput, and
    nothing has happened then.
    """

    def __init__(
        self, seed: int = 0, members: int = MEMBERS, parameters: Mapping[str, float | Parameter] | None = None
    ) -> None:
        if not 0 <= members <= MOST_MEMBERS:
            raise BadInput(f"{members} members", "members", f"Use 0 (the central run alone) to {MOST_MEMBERS}.")
        self._state = State(Ensemble(seed, members, chosen(parameters or {})))

    # What there is ----------------------------------------------------------------------------------------------------
    def add_face(self, name: str, load: Load = 0.0, kind: Kind | str = Kind.SURFACE) -> None:
        """A face with organisms on it: a number that is known, or the name of a parameter."""
        self._state.free(name)
        if kind not in set(Kind):
            raise BadInput(f"unknown kind `{kind}`", name, f"Use one of {', '.join(Kind)}.")
        self._state.add_face(name, Kind(kind), load)

    def add_hand(self, name: str, glove: Load = "glove_start", skin: Load = "skin") -> None:
        """A gloved hand. It touches by its own name; its faces are `name/glove` and `name/skin`."""
        hand = Hand(name, f"{name}/glove", f"{name}/skin")
        self._state.free(name, hand.glove, hand.skin)
        on_glove, on_skin = self._state.amount(glove, hand.glove), self._state.amount(skin, hand.skin)
        self._state.add_face(hand.glove, Kind.GLOVE, on_glove)
        self._state.add_face(hand.skin, Kind.SKIN, on_skin)
        self._state.hands[name] = hand

    def add_vessel(self, name: str, ml: float = 0.0, per_ml: float = 0.0, unit: bool = False) -> None:
        """What holds liquid, with organisms in each millilitre; what comes into a `unit` is booked in the ledger."""
        state = self._state
        state.free(name)
        there = checks.from_zero(ml, name, "millilitres") * checks.from_zero(per_ml, name, "organisms in a millilitre")
        state.add_vessel(name, ml, unit, there)
        if unit:
            state.ledger.open(name)
            if there > 0.0:
                vessel = state.vessels[name]
                self._book(vessel, "liquid", way(vessel), state.loads[vessel.row])

    # Time -------------------------------------------------------------------------------------------------------------
    @property
    def time(self) -> float:
        """Seconds since the beginning."""
        return self._state.time

    def do_step(self, seconds: float, tick: int | None = None) -> tuple[Disinfected, ...]:
        """Let time pass; films that dry meanwhile end at their own moment. `tick` is the host's name of the time."""
        state = self._state
        time = state.time + checks.from_zero(seconds, "do_step", "seconds")
        now = int(time * TICKS_PER_SECOND + 0.5) if tick is None else tick
        if now < state.tick:
            raise BadInput(f"tick {now} comes before tick {state.tick}", "do_step", "Time only goes on.")
        ended: tuple[Disinfected, ...] = ()
        if time >= state.next_dry:
            dry = [(face.film.until, face.row, face) for face in state.faces.values() if face.film is not None]
            for until, _, face in sorted(entry for entry in dry if entry[0] <= time):
                ended += self._ended(face, "dry", until)
            state.next_dry = min((until for until, _, face in dry if face.film is not None), default=math.inf)
        state.time, state.tick = time, now
        return ended

    # Touching ---------------------------------------------------------------------------------------------------------
    def contact(self, source: str, target: str, rule: Rule | None = None, into: str | None = None) -> Passed:
        """Two faces meet, hands by their name; wet faces are wet no longer.

        How much passes follows from the faces, unless `rule` says it. `into` is the open vessel that the target belongs
        to: a share of what the target gains falls into it.
        """
        state = self._state
        giver, taker = state.face(source), state.face(target)
        vessel = None if into is None else state.vessel(into)
        if giver is taker:
            raise BadInput("a face cannot touch itself", source, "Name two faces.")
        if rule is not None and rule not in RULES:
            raise BadInput(f"unknown rule `{rule}`", "rule", f"Use one of {', '.join(RULES)}.")
        ended = self._ended(giver, "touched") + self._ended(taker, "touched")
        gained = np.zeros((2, state.ensemble.width))
        # A tear lays skin open beside the glove, so that a torn hand has two faces; they touch one after the other.
        for one, of_one in self._faces_of(giver):
            for other, of_other in self._faces_of(taker):
                share = self._share(one, other, rule)
                if of_one is not None:
                    share = share * of_one
                if of_other is not None:
                    share = share * of_other
                moved = self._exchange(one, other, share)
                if other is taker:
                    gained += moved
        if vessel is not None:
            self._into(vessel, taker, gained, "neck_to_contents", onward(giver, state.tick))
        return Passed(gained, ended)

    def fall_in(self, face: str, vessel: str) -> Passed:
        """A face becomes part of the inside (a stopper is seated): a share of what lies there reaches the contents."""
        state = self._state
        found, into = state.face(face), state.vessel(vessel)
        ended = self._ended(found, "used")
        lying = state.loads[found.row]
        went = self._into(into, found, lying, "neck_to_contents", way(found))
        return Passed(went, ended)

    def settle(
        self, target: str, organisms: float | Floats, cause: str, seconds: float = 0.0, tick: int | None = None
    ) -> None:
        """Organisms from the air come to a face or into a vessel, brought by `cause` in so many seconds from `tick` on.

        One number is doubted by `air_level`; an array (K + 1,) is taken as it is, central value first.
        """
        state = self._state
        amount = state.amount(organisms, target)
        if np.ndim(organisms) == 0:
            amount = amount * state.ensemble.number("air_level")
        checks.from_zero(seconds, target, "seconds")
        self._enter("air", target, amount, cause, seconds, state.tick if tick is None else tick)

    def shed(self, face: str, organisms: Load | Floats, cause: str) -> None:
        """Skin or clothing lets organisms fall on a face without touching it."""
        self._enter("shed", face, self._state.amount(organisms, face), cause, 0.0, self._state.tick)

    # Disinfection -----------------------------------------------------------------------------------------------------
    def wet(
        self, face: str, agent: str = "ipa-70", how: str = "spray", coverage: float = 1.0
    ) -> tuple[Disinfected, ...]:
        """Put disinfectant on a face. While wet with the same it adds time and coverage; another begins anew."""
        state = self._state
        found = state.face(face)
        until = state.time + film_seconds(state.ensemble, agent, how)
        checks.share(coverage, face, "coverage")
        film = found.film
        if film is not None and film.agent == agent:
            film.until, film.coverage = max(film.until, until), max(film.coverage, coverage)
            return ()
        ended = self._ended(found, "rewetted")
        found.film = Film(agent, state.time, until, coverage)
        state.next_dry = min(state.next_dry, until)
        return ended

    def end_wetting(self, face: str, how: str) -> tuple[Disinfected, ...]:
        """End the wet time of a face now (it is opened, taken, used); nothing happens to a dry one."""
        return self._ended(self._state.face(face), how)

    # Gloves -----------------------------------------------------------------------------------------------------------
    def tear(self, hand: str) -> None:
        """The glove tears: from now on a part of the bare hand touches too."""
        self._state.gloved(hand).state = "torn"

    def doff(self, hand: str) -> tuple[Disinfected, ...]:
        """Take the glove off, and what lies on it away; from now on the bare hand touches."""
        found = self._state.gloved(hand)
        ended = self.remove(found.glove)
        found.state = "bare"
        return ended

    def don(self, hand: str, load: Load = "glove_clean", touched_by: str | None = None) -> Passed:
        """Put a fresh glove on, by its outside where `touched_by` names the other hand. Gives what the glove gained."""
        state = self._state
        found = state.hand(hand)
        if found.state != "bare":
            raise BadInput("there is a glove on", hand, "Take it off first.")
        if touched_by is not None and state.hand(touched_by) is found:
            raise BadInput("a hand cannot hold its own glove by the outside", hand, "Name the other hand.")
        organisms = state.amount(load, found.glove)
        ended = self._ended(state.faces[found.skin], "covered")
        glove = state.faces[found.glove]
        glove.since, glove.trail = state.tick, ()
        state.enter("initial", glove.row, organisms)
        found.state = "gloved"
        if touched_by is None:
            return Passed(np.zeros((2, state.ensemble.width)), ended)
        passed = self.contact(touched_by, hand)
        return Passed(passed.by_kind, ended + passed.disinfected)

    # Away with it -----------------------------------------------------------------------------------------------------
    def remove(self, face: str) -> tuple[Disinfected, ...]:
        """All that lies on a face leaves the room with it."""
        return self.sample(face, 1.0, "removed").disinfected

    def sample(self, face: str, recovered: float, how: str = "sampled") -> Passed:
        """A plate is pressed on a face and takes a share of what lies there: that is what it gained."""
        state = self._state
        found = state.face(face)
        checks.share(recovered, face, "recovered share")
        ended = self._ended(found, how)
        return Passed(moves.lose(state.loads, state.accounts["removed"], found.row, 1.0 - recovered), ended)

    # Liquid -----------------------------------------------------------------------------------------------------------
    def pour(self, giver: str, taker: str, ml: float, through: str | None = None) -> Passed:
        """Move millilitres from one vessel to another; the needle they go `through` gives what lies on it first."""
        state = self._state
        source, target = state.vessel(giver), state.vessel(taker)
        needle = None if through is None else state.face(through)
        if source is target:
            raise BadInput("a vessel cannot be poured into itself", giver, "Name two vessels.")
        if checks.from_zero(ml, giver, "millilitres") > source.ml + _DROP:
            raise BadInput(f"{ml:g} mL asked of {source.ml:g} mL", giver, "Pour no more than there is.")
        ended: tuple[Disinfected, ...] = ()
        gained = np.zeros((2, state.ensemble.width))
        if needle is not None:
            ended = self._ended(needle, "used")
            lying = state.loads[needle.row]
            gained = self._into(target, needle, lying, "needle_to_liquid", way(needle))
        # What rounding leaves behind goes along too, so that the sum stays what it was.
        ml = source.ml if source.ml - ml < _DROP else ml
        share = ml / source.ml if source.ml > 0.0 else 0.0
        held, before = state.loads[source.row], self._central(target.row)
        went = moves.carry(state.loads, state.accounts["passed"], source.row, target.row, held, share)
        source.ml, target.ml = source.ml - ml, target.ml + ml
        if source.unit:
            state.ledger.pour_out(giver, share)
        trail = onward(source, state.tick)
        self._blame(target, before, trail)
        self._book(target, "liquid", trail, went)
        return Passed(gained + went, ended)

    # Looking ----------------------------------------------------------------------------------------------------------
    def by_kind(self, name: str) -> Floats:
        """(2, K + 1) vegetative organisms and spores alive now on a face (a hand's outside) or in a vessel."""
        state = self._state
        if name in state.vessels:
            held: Floats = state.loads[state.vessels[name].row].copy()
            return held
        face = state.face(name)
        lying: Floats = state.loads[face.row].copy()
        return lying if face.film is None else lying * self._surviving(face.film, state.time)

    def organisms(self, name: str) -> Floats:
        """(K + 1,) organisms alive now on a face or in a vessel."""
        return together(self.by_kind(name))

    def get(self, name: str) -> Estimate:
        """Organisms alive now on a face or in a vessel, with their uncertainty."""
        return estimate(self.organisms(name))

    def lying(self) -> dict[str, float]:
        """Organisms alive now on every face, at the published values: what light that shows them would show."""
        central = self._state.loads[:, :, 0].sum(axis=1).tolist()
        return {
            name: central[face.row] if face.film is None else float(self.organisms(name)[0])
            for name, face in self._state.faces.items()
        }

    def millilitres(self, vessel: str) -> float:
        """What a vessel holds."""
        return self._state.vessel(vessel).ml

    def trail(self, name: str) -> Trail:
        """How most of what lies on a face or in a vessel came there: what brought it and when (tick), nearest first."""
        state = self._state
        return way(state.vessels[name] if name in state.vessels else state.face(name))

    def is_wet(self, face: str) -> bool:
        """Whether a film of disinfectant is on a face."""
        return self._state.face(face).film is not None

    @property
    def ledger(self) -> Ledger:
        """What came into each unit."""
        return self._state.ledger

    def account(self, name: str) -> Floats:
        """(K + 1,) organisms that came by `initial`, `shed` or `air`, left by `killed` or `removed`, or `passed`."""
        if name not in ACCOUNTS:
            raise BadInput(f"unknown account `{name}`", "account", f"Use one of {', '.join(ACCOUNTS)}.")
        return together(self._state.accounts[name])

    def discrepancy(self) -> Floats:
        """(2, K + 1) organisms there are, less those that should be by the account: rounding alone."""
        return self._state.discrepancy()

    # Keeping ----------------------------------------------------------------------------------------------------------
    def snapshot(self) -> State:
        """The run as it is now; what it is made of is the twin's own affair."""
        return self._state.copy()

    def restore(self, snapshot: State) -> None:
        """Go on from a snapshot of this twin, or of one with the same seed, members and parameters."""
        if not snapshot.ensemble.same_as(self._state.ensemble):
            raise BadInput("the snapshot is of another seed, members or parameters", "restore", "Use one of this twin.")
        self._state = snapshot.copy()

    def fork(self) -> Touch:
        """Another run that begins as this one is: what if?"""
        other = Touch.__new__(Touch)
        other._state = self._state.copy()
        return other

    # How it is done ---------------------------------------------------------------------------------------------------
    def _faces_of(self, face: Face) -> list[tuple[Face, Floats | None]]:
        """The faces that touch where this one does, each with the part of the touch it has; None for all of it."""
        if face.kind is Kind.GLOVE:
            for hand in self._state.hands.values():
                if hand.glove == face.name and hand.state == "torn":
                    open_part = self._state.ensemble.number("torn_share")
                    return [(face, 1.0 - open_part), (self._state.faces[hand.skin], open_part)]
        return [(face, None)]

    def _share(self, one: Face, other: Face, rule: Rule | None) -> Floats:
        ensemble = self._state.ensemble
        if rule is None:
            rule = rule_of(one.kind, other.kind)
        if rule != "sterile":
            return ensemble.number(rule)
        pair = (one.name, other.name) if one.name < other.name else (other.name, one.name)
        meeting = self._state.meetings[pair] = self._state.meetings.get(pair, 0) + 1
        return ensemble.sterile_shares("touch", *pair, meeting)

    def _exchange(self, one: Face, other: Face, share: Floats) -> Floats:
        state = self._state
        before_one, before_other = self._central(one.row), self._central(other.row)
        moved = moves.exchange(state.loads, state.accounts["passed"], one.row, other.row, share)
        # Where more came than there was, that is how most of it came.
        if self._central(other.row) > 2.0 * before_other:
            other.trail = onward(one, state.tick)
        elif self._central(one.row) > 2.0 * before_one:
            one.trail = onward(other, state.tick)
        return moved

    def _blame(self, there: Face | Vessel, before: float, trail: Trail) -> None:
        """Remember how what is there came, where more came than there was."""
        if self._central(there.row) > 2.0 * before:
            there.trail = trail

    def _into(self, vessel: Vessel, face: Face, amount: Floats, share: str, trail: Trail) -> Floats:
        """A share of an amount on a face goes into a vessel by the surface route; gives what went."""
        state = self._state
        part, before = state.ensemble.number(share), self._central(vessel.row)
        went = moves.carry(state.loads, state.accounts["passed"], face.row, vessel.row, amount, part)
        self._blame(vessel, before, trail)
        self._book(vessel, "surface", trail, went)
        return went

    def _enter(self, account: str, target: str, organisms: Floats, cause: str, seconds: float, tick: int) -> None:
        state = self._state
        there = state.vessels[target] if target in state.vessels else state.face(target)
        before = self._central(there.row)
        state.enter(account, there.row, organisms)
        self._blame(there, before, ((cause, tick),))
        if isinstance(there, Vessel) and there.unit:
            state.ledger.add(target, Contribution("air", cause, tick, seconds, organisms))

    def _book(self, vessel: Vessel, route: Route, trail: Trail, by_kind: Floats) -> None:
        organisms = together(by_kind)
        if vessel.unit and organisms.any():
            (cause, tick), *before = trail
            self._state.ledger.add(vessel.name, Contribution(route, cause, tick, 0.0, organisms, tuple(before)))

    def _ended(self, face: Face, how: str, time: float | None = None) -> tuple[Disinfected, ...]:
        """End the film of a face at a time (now): what it killed goes to the account."""
        film, state = face.film, self._state
        if film is None:
            return ()
        ends = state.time if time is None else time
        kept = self._surviving(film, ends)
        moves.lose(state.loads, state.accounts["killed"], face.row, kept)
        face.film = None
        vegetative, spores = (-math.log10(left) if left < 1.0 else 0.0 for left in map(float, kept[:, 0]))
        return (Disinfected(face.name, film.agent, ends - film.since, vegetative, spores, how),)

    def _surviving(self, film: Film, time: float) -> Floats:
        return surviving(self._state.ensemble, film.agent, time - film.since, film.coverage)

    def _central(self, row: int) -> float:
        return float(self._state.loads[row, 0, 0] + self._state.loads[row, 1, 0])
