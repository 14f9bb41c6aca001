"""The cue of guided mode: what to go to next, read from the expert's lines and what they still have to bring about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from resilience.training.items import FIXED, Item
from resilience.training.module_shapes import Line
from resilience.training.plan_lines import NAMED, line_verb
from resilience.training.procedure import Goal, StepState

if TYPE_CHECKING:
    from resilience.training.session import Session
    from resilience.training.world import World

RECORD = "panel:record"


def target(session: Session) -> str | None:
    """Where to go next: an item's id, `surface:<id>`, `hand:<side>`, `station:<id>` or `panel:record`.

    None where there is nothing to go to: all is done, or the step is one of waiting or of words.
    """
    state = session.procedure.current
    if state is None:
        return None
    wrong = _deviation(session.world)
    if wrong is not None:
        return wrong or None
    states = session.procedure.states
    index = states.index(state)
    found = _Cue(session.world, state, states).find(states[index - 1] if index else None)
    return _shown(session.world, found)


def _deviation(world: World) -> str | None:
    """What is wrong comes before the procedure: the thing it concerns, "" while one waits, None if all is well."""
    for hand in world.hands.values():
        if hand.glove == "torn":
            return hand.id
        if hand.glove == "none":
            return _of_kind(world, "glove-pack") or ""
    if world.cabinet is None or world.cabinet.alarm is None:
        return None
    return "" if world.cabinet.repair else _of_kind(world, "intercom") or ""


def _of_kind(world: World, kind: str) -> str | None:
    return next((item.id for item in world.items.values() if item.kind == kind), None)


def _shown(world: World, found: str | None) -> str | None:
    """What is to be seen of it: a thing in an unopened pack is found by the pack."""
    item = world.items.get(found or "")
    while item is not None and world.hidden(item) and item.holder is not None:
        item = world.items[item.holder]
    return item.id if item is not None else found


class _Cue:
    """One look at one step: lines whose effect is there already are passed over, the first other one says where."""

    def __init__(self, world: World, state: StepState, states: list[StepState]) -> None:
        self.world, self.state, self.states = world, state, states

    def find(self, before: StepState | None) -> str | None:
        rest = self._left_over(before) if before is not None else None
        if rest is None:
            rest = self._refill()
        if rest is not None:
            return rest
        moves = self._moves()
        if moves:
            return self._carrying(moves)
        lines = self._lines(self.state)
        for index, line in enumerate(lines):
            found = self._of(line, lines[index + 1 :])
            if found is not None:
                return found
        # Nothing else is left of the step: it is one of going somewhere.
        stations = [str(line["move"]) for line in lines if "move" in line]
        return f"station:{stations[-1]}" if stations and stations[-1] != self.world.station else None

    def _moves(self) -> list[Mapping[str, Any]]:
        """What the step still wants brought somewhere."""
        leaves = _open_leaves(self.state.step.done, self.state.goal)
        return [leaf for leaf in leaves if leaf["kind"] == "item_moved" and "to" in leaf]

    def _left_over(self, before: StepState) -> str | None:
        """What the step before still has to put down, where this one has no use for it."""
        lines = self._lines(before)
        if not lines or "place" not in lines[-1]:
            return None
        its = {str(value) for line in lines for value in line.values()}
        wanted = {str(value) for line in self._lines(self.state) for value in line.values()}
        wanted |= {item.id for move in self._moves() if (item := self._which(move["item"])) is not None}
        held = {hand.holds.id for hand in self.world.hands.values() if hand.holds is not None}
        return self._place_of(lines[-1]) if (held & its) - wanted else None

    def _refill(self) -> str | None:
        """Where an empty tool is filled, when this item still waits for what it gives."""
        items = self.world.items
        for state in self.states:
            if state.phase != self.state.phase or state.item != self.state.item or state.done:
                continue
            for line in self._lines(state):
                tool, at = items.get(str(line.get("tool"))), items.get(str(line.get("target")))
                if "amount" in line and tool is not None and at is not None and tool.ml <= 0 and at.ml <= 0:
                    source = self._source(tool.id)
                    return self._using(source, last=True) if source is not None else None
        return None

    def _source(self, tool: str) -> Line | None:
        """The line by which the procedure fills a tool: it names a thing that has something in it."""
        for state in self.states:
            for line in state.step.expert:
                at = self.world.items.get(str(line.get("target")))
                if line.get("tool") == tool and "amount" in line and at is not None and at.ml > 0:
                    return line
        return None

    # One line ---------------------------------------------------------------------------------------------------------
    def _of(self, line: Line, later: list[Line]) -> str | None:
        """Where a line leads, or None where what it does is done or needs no place to go to."""
        verb = line_verb(line)
        if verb == "take":
            return None if self._held(line["item"]) else str(line["item"])
        if verb == "place":
            return self._putting_down(line, later)
        if verb in ("open", "close", "touch"):
            return None if self._is_open(line) else str(line["target"])
        if verb == "use":
            return self._using(line, last=not any("use" in other for other in later))
        if verb == "operate":
            return None if self._was_read(line) else str(line["operate"])
        if verb in ("record", "correct"):
            return None if line[verb] in self.world.papers.entries else RECORD
        if verb == "sign":
            return RECORD
        if verb in ("don", "doff"):
            return _of_kind(self.world, "glove-pack")
        if verb == "report":
            return _of_kind(self.world, "intercom")
        return self._asking(str(line["answer"])) if verb == "answer" else None

    def _putting_down(self, line: Line, later: list[Line]) -> str | None:
        hand = self.world.hands.get(str(line["place"]))
        if hand is None or hand.holds is None or any(hand.holds.id in other.values() for other in later):
            return None
        return self._place_of(line)

    def _place_of(self, line: Line) -> str:
        where = str(line["on"])
        return where if where in self.world.items else f"surface:{where}"

    def _using(self, line: Line, last: bool) -> str | None:
        """First the tool, where it has to be taken; then what it is used on."""
        world = self.world
        at = str(line["target"])
        tool = world.items.get(str(line.get("tool", "")))
        if at.startswith("hand:") and all(hand.patch.wet for hand in world.hands.values()):
            return None
        if tool is not None and tool.place == FIXED:
            return tool.id
        if tool is not None and not self._held(tool.id):
            return tool.id
        if tool is not None and tool.inside and not last:
            return None
        return f"surface:{at}" if at in world.surfaces else at

    def _is_open(self, line: Line) -> bool:
        item = self.world.items.get(str(line["target"]))
        return item is not None and item.parts.get(str(line.get("part", ""))) in ("off", "open")

    def _was_read(self, line: Line) -> bool:
        cabinet = self.world.cabinet
        return line.get("control") == "airflow" and cabinet is not None and cabinet.read is not None

    def _asking(self, question: str) -> str | None:
        if question in self.world.papers.answers:
            return None
        asked = self.world.papers.questions.get(question)
        return asked.item if asked is not None else None

    # Things to be carried ---------------------------------------------------------------------------------------------
    def _carrying(self, moves: list[Mapping[str, Any]]) -> str | None:
        """The first thing that may be carried now, or where the thing in hand goes. One still wet has to wait."""
        pairs = [(self._which(move["item"]), str(move["to"])) for move in moves]
        lines = self._lines(self.state)
        for line in lines:
            # With the spray in hand, what still has to be sprayed comes first.
            if self._held(line.get("tool")) and (found := self._first_wetted(line)) is not None:
                return found
        for item, to in pairs:
            if item is not None and item.hand is not None:
                return to.removeprefix("in:")
        for line in lines:
            found = self._first_wetted(line)
            if found is None and "place" in line:
                found = self._putting_down(line, self._takes(pairs))
            if found is not None:
                return found
        return next((item.id for item, _ in pairs if item is not None and not _wet(item)), None)

    def _takes(self, pairs: list[tuple[Item | None, str]]) -> list[Line]:
        return [{"take": "right", "item": item.id} for item, _ in pairs if item is not None]

    def _first_wetted(self, line: Line) -> str | None:
        """What has to be disinfected before it is carried, and was not yet."""
        item = self.world.items.get(str(line.get("target"))) if "use" in line else None
        if item is None or any(patch.agent for patch in item.patches.values()):
            return None
        return self._using(line, last=True)

    def _which(self, named: Any) -> Item | None:
        names = [named] if isinstance(named, str) else list(named)
        name = self._resolved(names[0])
        return self.world.items.get(name if len(names) == 1 else self._good(name))

    # Names ------------------------------------------------------------------------------------------------------------
    def _lines(self, state: StepState) -> list[Line]:
        """The step's lines that apply here, with the names of things filled in; other names in braces stay."""
        lines = []
        for line in state.step.expert:
            named = {key: self._resolved(value, state.item) for key, value in line.items()}
            if self._applies(str(named.pop("when", "")), state.item):
                lines.append(named)
        return lines

    def _resolved(self, value: Any, item: str | None = None) -> Any:
        if not isinstance(value, str):
            return value
        value = value.replace("{item}", item or self.state.item or "")
        whole = NAMED.fullmatch(value)
        return self._good(whole[2]) if whole and whole[1] == "good" else value

    def _applies(self, when: str, item: str | None) -> bool:
        condition, _, about = when.partition(":")
        if condition in ("good", "bad"):
            return (self.world.papers.answers.get(f"pack:{about}") == "reject") == (condition == "bad")
        if condition == "kind" and item is not None:
            return self.world.module.items[item].kind == about
        return True

    def _good(self, pack: str) -> str:
        """The pack, or its spare where the trainee has rejected it."""
        if self.world.papers.answers.get(f"pack:{pack}") != "reject":
            return pack
        return next((name for name, other in self.world.items.items() if other.spare_of == pack), pack)

    def _held(self, item: Any) -> bool:
        found = self.world.items.get(str(item))
        return found is not None and found.hand is not None


def _open_leaves(done: Mapping[str, Any], goal: Goal) -> Iterator[Mapping[str, Any]]:
    """The patterns of a done-when that have not been met."""
    if goal.met:
        return
    inner = done.get("all") or done.get("any")
    if inner:
        for part, sub in zip(inner, goal.parts, strict=True):
            yield from _open_leaves(part, sub)
    else:
        yield done["count"]["of"] if "count" in done else done


def _wet(item: Item) -> bool:
    return any(patch.wet for patch in item.patches.values())
