"""All that changes in a run: loads, accounts, faces, hands, vessels, and what has come into containers."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import numpy as np

from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput
from resilience.twins.risk import Ledger
from resilience.twins.touch import moves
from resilience.twins.touch.ensemble import Ensemble
from resilience.twins.touch.faces import Face, Hand, Kind, Vessel, copied

ENTRIES: Final = ("initial", "shed", "air")
EXITS: Final = ("killed", "removed")
ACCOUNTS: Final = (*ENTRIES, *EXITS, "passed")
"""Where organisms came from, where they went, and how many changed place on the way (gross)."""
_FIRST_ROWS: Final = 16
Load = float | str
"""Organisms on a face: a number that is known, or the name of a parameter."""


class State:
    """The store of one run. `loads` is (rows, 2, K + 1); each face and each vessel has a row."""

    def __init__(self, ensemble: Ensemble) -> None:
        self.ensemble = ensemble
        self.time, self.tick = 0.0, 0
        self.loads = np.zeros((_FIRST_ROWS, 2, ensemble.width))
        self.rows = 0
        self.accounts = {name: np.zeros((2, ensemble.width)) for name in ACCOUNTS}
        self.faces: dict[str, Face] = {}
        self.hands: dict[str, Hand] = {}
        self.vessels: dict[str, Vessel] = {}
        self.meetings: dict[tuple[str, str], int] = {}
        """How often a pair has met whose share is drawn anew each time."""
        self.ledger = Ledger(ensemble.width)
        self.next_dry = math.inf

    def copy(self) -> State:
        """A state that goes on without this one."""
        other = State.__new__(State)
        other.ensemble, other.time, other.tick = self.ensemble, self.time, self.tick
        other.rows, other.next_dry = self.rows, self.next_dry
        other.loads = self.loads[: self.rows].copy()
        other.accounts = {name: kept.copy() for name, kept in self.accounts.items()}
        other.faces = {name: copied(face) for name, face in self.faces.items()}
        other.hands = {name: replace(hand) for name, hand in self.hands.items()}
        other.vessels = {name: replace(vessel) for name, vessel in self.vessels.items()}
        other.meetings = dict(self.meetings)
        other.ledger = self.ledger.copy()
        return other

    # Finding ----------------------------------------------------------------------------------------------------------
    def face(self, name: str) -> Face:
        """A face by its name, or the outside of a hand by the hand's."""
        hand = self.hands.get(name)
        found = self.faces.get(name if hand is None else hand.outside)
        if found is None:
            raise BadInput(f"unknown face `{name}`", "touch", "Add it before it is used, or name one that is there.")
        return found

    def hand(self, name: str) -> Hand:
        if name not in self.hands:
            raise BadInput(f"unknown hand `{name}`", "touch", f"Use one of {', '.join(self.hands) or 'none yet'}.")
        return self.hands[name]

    def gloved(self, name: str) -> Hand:
        """A hand with a glove on, torn or not."""
        found = self.hand(name)
        if found.state == "bare":
            raise BadInput("there is no glove on", name, "Put one on first.")
        return found

    def vessel(self, name: str) -> Vessel:
        if name not in self.vessels:
            raise BadInput(f"unknown vessel `{name}`", "touch", "Add it before it is used, or name one that is there.")
        return self.vessels[name]

    # Adding -----------------------------------------------------------------------------------------------------------
    def free(self, *names: str) -> None:
        """Refuse a name that is taken."""
        for name in names:
            if not name or name in self.faces or name in self.hands or name in self.vessels:
                raise BadInput(f"the name `{name}` is taken or empty", "touch", "Give everything a name of its own.")

    def add_face(self, name: str, kind: Kind, load: Load | Floats) -> None:
        organisms = self.amount(load, name)
        self.faces[name] = Face(name, self._row(), kind, self.tick)
        self.enter("initial", self.faces[name].row, organisms)

    def add_vessel(self, name: str, ml: float, unit: bool, load: float) -> None:
        self.vessels[name] = Vessel(name, self._row(), ml, unit, self.tick)
        self.enter("initial", self.vessels[name].row, self.amount(load, name))

    def enter(self, account: str, row: int, organisms: Floats) -> None:
        """Organisms (K + 1,) come in from outside; a share of them are spores."""
        moves.enter(self.loads, self.accounts[account], row, organisms, self.ensemble.number("spore_share"))

    def amount(self, load: Load | Floats, where: str) -> Floats:
        """(K + 1,) organisms, from a number, a parameter's name or one number a member."""
        if isinstance(load, str):
            return self.ensemble.load(load, where)
        organisms = np.asarray(load, dtype=np.float64)
        if organisms.ndim == 0:
            organisms = np.full(self.ensemble.width, float(load))
        if organisms.shape != (self.ensemble.width,):
            wrong = f"{organisms.size} numbers where {self.ensemble.width} are kept"
            raise BadInput(wrong, where, "Give one a member, central first.")
        if not np.isfinite(organisms).all() or (organisms < 0.0).any():
            raise BadInput("organisms that are negative or no number", where, "Give finite numbers from 0 up.")
        return organisms

    def _row(self) -> int:
        if self.rows == len(self.loads):
            grown = np.zeros((max(_FIRST_ROWS, 2 * self.rows), 2, self.ensemble.width))
            grown[: self.rows] = self.loads
            self.loads = grown
        self.rows += 1
        return self.rows - 1

    # The account ------------------------------------------------------------------------------------------------------
    def discrepancy(self) -> Floats:
        """(2, K + 1) organisms there are, less those that should be by the account: rounding alone."""
        there: Floats = self.loads[: self.rows].sum(axis=0)
        for name in ENTRIES:
            there -= self.accounts[name]
        for name in EXITS:
            there += self.accounts[name]
        return there
