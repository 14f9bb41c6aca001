"""Arithmetic over record fields and facts, as `reconciled` checks write it: `labels-used + labels-destroyed`.

Names may hold hyphens, colons and digits after a first letter, so a minus sign between two names needs a space before
it. Known are + - * / and parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Number = Callable[[str], float]
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z][\w:]*(?:-[\w:]+)*)|(?P<sign>[-+*/()]))")


class Expression:
    """A parsed expression; `names` are the fields and facts it needs. Raises ValueError when it cannot be read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = list(_tokens(text))
        self._next = 0
        self.names: set[str] = set()
        self._value = self._sum()
        if self._next != len(self._tokens):
            raise ValueError(f"`{self._tokens[self._next][1]}` is not expected in `{text}`")

    def value(self, of: Number) -> float:
        """The value of the expression, with `of` giving the number of each name."""
        return self._value(of)

    def _peek(self) -> str:
        return self._tokens[self._next][1] if self._next < len(self._tokens) else ""

    def _take(self) -> tuple[str, str]:
        if self._next >= len(self._tokens):
            raise ValueError(f"`{self.text}` ends too early")
        self._next += 1
        return self._tokens[self._next - 1]

    def _sum(self) -> Callable[[Number], float]:
        left = self._product()
        while self._peek() in ("+", "-"):
            left = _joined(self._take()[1], left, self._product())
        return left

    def _product(self) -> Callable[[Number], float]:
        left = self._factor()
        while self._peek() in ("*", "/"):
            left = _joined(self._take()[1], left, self._factor())
        return left

    def _factor(self) -> Callable[[Number], float]:
        kind, text = self._take()
        if kind == "number":
            number = float(text)
            return lambda of: number
        if kind == "name":
            self.names.add(text)
            return lambda of: of(text)
        if text == "(":
            inside = self._sum()
            if self._take()[1] != ")":
                raise ValueError(f"a parenthesis is not closed in `{self.text}`")
            return inside
        raise ValueError(f"`{text}` is not expected in `{self.text}`")


def _joined(sign: str, left: Callable[[Number], float], right: Callable[[Number], float]) -> Callable[[Number], float]:
    if sign == "+":
        return lambda of: left(of) + right(of)
    if sign == "-":
        return lambda of: left(of) - right(of)
    if sign == "*":
        return lambda of: left(of) * right(of)
    return lambda of: left(of) / right(of)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"`{text[at:].strip()[0]}` cannot stand in `{text}`")
        at = found.end()
        yield str(found.lastgroup), found.group(str(found.lastgroup))
