"""The cabinet: its fan, its light, its sash, and what its panel shows."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any, Final

from resilience.training.clock import TICKS_PER_SECOND

if TYPE_CHECKING:
    from resilience.training.world import World

READING_SECONDS: Final = 10
"""The panel shows a new mean of the air velocity so often."""
NOISE: Final = 0.008
"""Half the spread of those means around the true velocity, m/s (typical of a thermal anemometer)."""
FALLEN: Final = 0.24
"""Air velocity while the fan fails, m/s: well below the guidance of 0.36 (EU GMP Annex 1 (2022) 4.30)."""


class Cabinet:
    """State of one cabinet. `airflow` is the true velocity at the working position, m/s."""

    def __init__(self, world: World, name: str, airflow: float, running_minutes: float) -> None:
        self.world = world
        self.id = name
        self.airflow = airflow
        self.power = True
        self.light = True
        self.sash = "working"
        self.alarm: str | None = None
        self.muted = False
        self.repair = False
        self.started = -round(running_minutes * 60 * TICKS_PER_SECOND)
        self._noise = (-1, 0.5)
        self.read: tuple[float, int] | None = None

    @property
    def seconds(self) -> float:
        """Process seconds it has been running without a break."""
        return (self.world.clock.process - self.started) / TICKS_PER_SECOND if self.power else 0.0

    @property
    def protects(self) -> bool:
        """Whether first air comes down as it should."""
        return self.power and self.alarm is None and self.sash != "open"

    def reading(self) -> float:
        """Air velocity on the panel, m/s: the mean of the last ten seconds."""
        if not self.power:
            return 0.0
        true = FALLEN if self.alarm is not None else self.airflow
        window = floor(self.seconds / READING_SECONDS)
        if self._noise[0] != window:
            self._noise = (window, self.world.fresh_chance(f"airflow:{window}").random())
        return round(true + NOISE * (2 * self._noise[1] - 1), 2)

    def read_airflow(self) -> None:
        """The trainee reads the panel: the fact that the record is compared with."""
        value = self.reading()
        self.read = (value, self.world.clock.tick)
        self.world.emit("reading", what="airflow", value=value, unit="m/s", seconds=self.seconds)

    def fail(self) -> None:
        """The air velocity falls and the alarm sounds."""
        self.alarm, self.muted, self.repair = "airflow", False, False
        self.world.emit("alarm", what="airflow", on=True)
        self.world.set_pace(1)
        self._air_changed()

    def restore(self) -> None:
        """Engineering brings the air back."""
        self.alarm = None
        self.world.emit("alarm", what="airflow", on=False)
        self._air_changed()

    def operate(self, control: str, value: Any) -> Any:
        """Set a control; returns its old value."""
        if control == "airflow":
            self.read_airflow()
            return None
        old: Any = {"power": self.power, "light": self.light, "sash": self.sash, "alarm-mute": self.muted}[control]
        if control == "power":
            self.power = bool(value)
            self.started = self.world.clock.process
        elif control == "light":
            self.light = bool(value)
        elif control == "sash":
            self.sash = str(value)
        else:
            self.muted = True
        self._air_changed()
        return old

    def _air_changed(self) -> None:
        self.world.air.refresh()
        if self.world.monitoring is not None:
            self.world.monitoring.go_on()
        self.world.changed(self.id)
