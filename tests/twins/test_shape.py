"""The shape of a process twin, on the smallest one there is: a tank that fills and leaks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from resilience.twins.parameters import Parameter
from resilience.twins.shape import Argument, Causality, Command, ProcessTwin, Stopped, Twin, Variable, quantity

HEIGHT = 2.0


@dataclass
class Level:
    litres: float = 1.0
    inflow: float = 0.0
    leak: float = 0.0


class Tank(ProcessTwin[Level]):
    """dV/dt = inflow - leak; above its height it cannot go on."""

    kind = "tank"

    def __init__(self) -> None:
        variables = [
            Variable("inflow", "L/s", Causality.INPUT, "What is let in", 0.0, 1.0),
            Variable("level", "L", Causality.OUTPUT, "What the gauge shows, in steps"),
            Variable("volume", "L", Causality.LOCAL, "What is in it"),
            Variable("level", "L", Causality.LOCAL, "The same, by the name of the gauge"),
        ]
        number = Parameter("height", HEIGHT, HEIGHT, HEIGHT, "L", "its drawing", "solid", "How much it holds")
        super().__init__(Level(), variables, [number, number])

    def _advance(self, seconds: float) -> None:
        state = self._state
        state.litres += (state.inflow - state.leak) * seconds
        if state.litres > HEIGHT:
            raise self._stop("the tank runs over", {"volume": state.litres}, after=seconds)

    def _set(self, name: str, value: float) -> None:
        self._state.inflow = value

    def _get(self, name: str) -> float:
        return self._state.inflow if name == "inflow" else round(self._state.litres, 1)

    def _truth(self, name: str) -> float:
        return self._state.litres

    def actions(self) -> Mapping[str, Command]:
        return {
            "empty": Command("Let out so much", self._empty, (Argument("litres", "L", 0.0, HEIGHT, default=0.5),)),
            "paint": Command("Paint it", self._paint, (Argument("colour", choices=("red", "grey")),)),
        }

    def faults(self) -> Mapping[str, Command]:
        return {"leak": Command("It leaks", self._leak, (Argument("flow", "L/s", 0.0),))}

    def _empty(self, litres: float) -> None:
        if litres > self._state.litres:
            raise BadInput(f"there are only {self._state.litres:g} L", "tank.empty", "Let out less.")
        self._state.litres -= litres
        self._tell("emptied", litres=litres)

    def _paint(self, colour: str) -> None:
        self._tell("painted", colour=colour)

    def _leak(self, flow: float) -> None:
        self._state.leak = flow


def test_inputs_move_it_and_the_gauge_is_not_the_truth() -> None:
    tank: Twin = Tank()
    tank.set("inflow", 0.1, unit="L/s")
    tank.do_step(1.23)
    assert isinstance(tank, Tank)
    assert tank.truth("volume") == pytest.approx(1.123)
    assert tank.get("level") == 1.1
    assert tank.truth("level") == pytest.approx(1.123)
    assert tank.get("inflow") == 0.1
    assert tank.seconds == 1.23


@pytest.mark.parametrize(
    ("name", "value", "unit", "message"),
    [
        ("inflow", 1.5, None, "inflow: the value is 1.5 L/s Give 0 to 1 L/s"),
        ("inflow", 0.5, "mL/s", "unit is `mL/s` Give it in L/s"),
        ("inflow", math.nan, None, "no finite number"),
        ("inflow", True, None, "no finite number"),
        ("volume", 1.0, None, "causality local Set one of inflow"),
        ("colour", 1.0, None, "no such variable"),
    ],
)
def test_a_wrong_input_is_named_with_its_range(name: str, value: float, unit: str | None, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        Tank().set(name, value, unit)


def test_truth_and_reading_are_kept_apart() -> None:
    with pytest.raises(BadInput, match="causality local Get one of inflow, level"):
        Tank().get("volume")
    with pytest.raises(BadInput, match="causality input Ask for the truth of one of volume, level"):
        Tank().truth("inflow")


def test_what_is_planned_happens_at_its_time_however_long_the_step() -> None:
    once, often = Tank(), Tank()
    for tank, parts in ((once, 1), (often, 100)):
        tank.act("empty", at=3.0, litres=0.25)
        tank.fault("leak", at=1.0, flow=0.1)
        tank.fault("leak", at=2.5, flow="0 L/s")
        for _ in range(parts):
            tank.do_step(4.0 / parts)
    assert once.truth("volume") == pytest.approx(1.0 - 0.15 - 0.25)
    assert often.truth("volume") == pytest.approx(once.truth("volume"), rel=1e-12)
    assert [(h.seconds, h.kind, dict(h.about)) for h in once.happenings] == [(3.0, "emptied", {"litres": 0.25})]


def test_what_is_planned_for_the_same_time_keeps_its_order() -> None:
    tank = Tank()
    tank.act("paint", at=1.0, colour="red")
    tank.act("paint", at=1.0, colour="grey")
    tank.do_step(1.0)
    assert [h.about["colour"] for h in tank.happenings] == ["red", "grey"]


def test_an_action_without_an_argument_takes_its_default() -> None:
    tank = Tank()
    tank.act("empty")
    assert tank.truth("volume") == 0.5


@pytest.mark.parametrize(
    ("action", "at", "how", "message"),
    [
        ("fill", None, {}, "unknown action `fill` Use one of empty, paint"),
        ("empty", None, {"litres": -1.0}, r"tank.empty.litres: the value is -1 L Give 0 to 2 L"),
        ("empty", None, {"litres": "1 kg"}, "unit is `kg` Give it in L"),
        ("empty", None, {"litres": "1"}, "no number with its unit"),
        ("empty", None, {"litre": 1.0}, "unknown key `litre` It takes litres"),
        ("empty", 1.0, {}, "1 s has passed: it is 2 s"),
        ("empty", math.nan, {}, "has passed"),
        ("paint", None, {"colour": "blue"}, "Use one of red, grey"),
        ("paint", None, {}, "`colour` is missing"),
        ("empty", None, {"litres": 1.5}, "there are only 1 L"),
    ],
)
def test_an_action_that_cannot_be_is_refused(
    action: str, at: float | None, how: dict[str, float | str], message: str
) -> None:
    tank = Tank()
    tank.do_step(2.0)
    with pytest.raises(BadInput, match=message):
        tank.act(action, at, **how)
    assert tank.truth("volume") == 1.0


def test_a_planned_action_that_cannot_be_done_says_so_when_its_time_has_come() -> None:
    tank = Tank()
    tank.act("empty", at=5.0, litres=1.5)
    with pytest.raises(BadInput, match="only 1 L"):
        tank.do_step(10.0)
    assert tank.seconds == 5.0
    tank.do_step(5.0)
    assert tank.seconds == 10.0


def test_a_stopped_twin_stays_stopped_until_it_is_restored() -> None:
    tank = Tank()
    before = tank.snapshot()
    tank.set("inflow", 1.0)
    with pytest.raises(Stopped, match=r"stopped at 3.000 s: the tank runs over \(state: volume 4\)"):
        tank.do_step(3.0)
    with pytest.raises(Stopped):
        tank.do_step(1.0)
    with pytest.raises(Stopped):
        tank.act("empty")
    tank.restore(before)
    tank.do_step(3.0)
    assert tank.truth("volume") == 1.0


def test_a_fork_goes_its_own_way() -> None:
    tank = Tank()
    tank.act("empty", at=2.0)
    tank.do_step(1.0)
    other = tank.fork()
    other.set("inflow", 0.5)
    other.do_step(2.0)
    assert (tank.seconds, tank.truth("volume"), tank.happenings) == (1.0, 1.0, ())
    tank.do_step(2.0)
    assert (tank.truth("volume"), other.truth("volume")) == (0.5, 1.5)


def test_a_strange_snapshot_is_refused() -> None:
    with pytest.raises(BadInput, match="no snapshot of a tank"):
        Tank().restore({"litres": 1.0})


def test_a_negative_step_is_refused() -> None:
    with pytest.raises(BadInput, match="seconds"):
        Tank().do_step(-1.0)


def test_a_twin_says_what_it_rests_on_once() -> None:
    assert Tank().sources == ("its drawing",)


@pytest.mark.parametrize(
    ("value", "message"), [("3 mL", "Give it in L"), ("3", "no number with its unit"), ("9 L", "0 to 5 L")]
)
def test_a_quantity_of_a_case_needs_its_unit(value: str, message: str) -> None:
    assert quantity(Inputs({"volume": "3 L"}, "inputs"), "volume", "L", 0.0, 5.0) == 3.0
    with pytest.raises(BadInput, match=message):
        quantity(Inputs({"volume": value}, "inputs"), "volume", "L", 0.0, 5.0)
    with pytest.raises(BadInput, match="no text"):
        quantity(Inputs({"volume": 3.0}, "inputs"), "volume", "L")
