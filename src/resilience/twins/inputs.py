"""Reading what a case gives, key by key: every mistake is named with its key, and a key nobody reads is one."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from resilience.twins.errors import BadInput


class Inputs:
    """A mapping from outside. Keys are asked for by their kind; `done` refuses those that were not asked for."""

    def __init__(self, values: Any, where: str) -> None:
        if not isinstance(values, dict):
            raise BadInput("this is no mapping", where, "Give names and values in braces.")
        self.values: dict[str, Any] = values
        self.where = where
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def at(self, key: str) -> str:
        """Where a key stands, for an error."""
        return f"{self.where}.{key}"

    def number(self, key: str, default: float | None = None, low: float = -math.inf, high: float = math.inf) -> float:
        """A finite number from `low` to `high`."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise BadInput(f"`{value}` is no finite number", self.at(key), "Give a number.")
        if not low <= value <= high:
            limits = f"at least {low:g}" if high == math.inf else f"from {low:g} to {high:g}"
            raise BadInput(f"the value is {value:g}", self.at(key), f"Give a number {limits}.")
        return float(value)

    def whole(self, key: str, default: int | None = None, low: float = -math.inf, high: float = math.inf) -> int:
        """A whole number from `low` to `high`."""
        value = self.number(key, default, low, high)
        if not value.is_integer():
            raise BadInput(f"{value:g} is no whole number", self.at(key), "Give a whole number.")
        return int(value)

    def numbers(self, key: str, default: list[float] | None = None, length: int | None = None) -> list[float]:
        """A list of finite numbers."""
        values = self._get(key, default)
        if not isinstance(values, list) or (length is not None and len(values) != length):
            raise BadInput("this is no list of numbers", self.at(key), f"Give {length or 'some'} numbers in brackets.")
        inner = Inputs({str(index): value for index, value in enumerate(values)}, self.at(key))
        return [inner.number(str(index)) for index in range(len(values))]

    def rows(self, key: str, length: int) -> list[list[float]]:
        """A list of rows of so many finite numbers."""
        values = self._get(key, None)
        if not isinstance(values, list):
            raise BadInput("this is no list of rows", self.at(key), f"Give rows of {length} numbers in brackets.")
        inner = Inputs({str(index): value for index, value in enumerate(values)}, self.at(key))
        return [inner.numbers(str(index), length=length) for index in range(len(values))]

    def text(self, key: str, default: str | None = None, choices: Iterable[str] | None = None) -> str:
        """A text, one of `choices` where these are given."""
        value = self._get(key, default)
        if not isinstance(value, str) or not value:
            raise BadInput(f"`{value}` is no text", self.at(key), "Give a text.")
        if choices is not None and value not in (known := list(choices)):
            raise BadInput(f"unknown {key} `{value}`", self.at(key), f"Use one of {', '.join(known)}.")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise BadInput(f"`{value}` is neither true nor false", self.at(key), "Give true or false.")
        return value

    def inner(self, key: str) -> Inputs:
        """A mapping within; an empty one where there is none."""
        return Inputs(self._get(key, {}), self.at(key))

    def each(self, key: str) -> list[Inputs]:
        """A list of mappings; an empty one where there is none."""
        values = self._get(key, [])
        if not isinstance(values, list):
            raise BadInput("this is no list", self.at(key), "Give mappings in brackets.")
        return [Inputs(value, f"{self.at(key)}[{index}]") for index, value in enumerate(values)]

    def done(self) -> None:
        """Refuse keys that nobody asked for: they are misspelt, or meant for something else."""
        unknown = sorted(self.values.keys() - self._asked)
        if unknown:
            raise BadInput(f"unknown key `{unknown[0]}`", self.where, f"Use {', '.join(sorted(self._asked))}.")

    def _get(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        if key not in self.values and default is None:
            raise BadInput(f"`{key}` is missing", self.where, f"Give `{key}`.")
        return self.values.get(key, default)
