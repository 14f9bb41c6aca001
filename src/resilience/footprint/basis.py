"""What an account is computed from: factors by year, their draws, and a list of all that was used."""

from __future__ import annotations

from resilience.footprint.bills import Line
from resilience.footprint.factors import Factors, Grade
from resilience.footprint.results import Fact
from resilience.footprint.sites import SiteFigure
from resilience.footprint.uncertainty import Array, Draws, Uncertain


class Basis:
    """Looks figures up, draws them, and remembers them for the account's method."""

    def __init__(self, factors: Factors, draws: Draws) -> None:
        self.factors, self.draws = factors, draws
        self.facts: dict[str, Fact] = {}
        self.years_stood_in: set[tuple[str, int]] = set()

    def figure(self, expression: str, year: int) -> Array | float:
        """Draws of `a`, or of `a+b`, in the edition of the year; nought for an empty expression."""
        total: Array | float = 0.0
        for series in expression.split("+") if expression else ():
            factor = self.factors.at(series, year)
            if not self.factors.has_year(series, year):
                self.years_stood_in.add((series, year))
            sha256, row = self.factors.workbooks.get(factor.id, ("", ""))
            self.facts[factor.id] = Fact(
                factor.id, factor.value, factor.low, factor.high, factor.unit, factor.grade, factor.source, factor.year,
                sha256, row, factor.uncertain.as_stats_array(),
            )  # fmt: skip
            total = total + self.draws.of(factor.uncertain)
        return total

    def quantity(self, line: Line, site: str) -> Array | float:
        """Draws of a line's quantity for one physical run; a site's own figure is drawn apart from the default."""
        name = f"{line.key}@{site}" if site else line.key
        return self._own(name, (line.quantity, line.low, line.high), line.unit, line.grade, line.source)

    def paid(self, line: Line, site: str, price: SiteFigure) -> Array | float:
        """Draws of what a site pays for one unit of a line."""
        name = f"{line.key}/price@{site}"
        figure = (price.value, price.low, price.high)
        return self._own(name, figure, f"GBP/{line.unit}", Grade.MEDIUM, price.document)

    def _own(
        self, name: str, figure: tuple[float, float, float], unit: str, grade: Grade, source: str
    ) -> Array | float:
        uncertain = Uncertain.lognormal(name, *figure)
        self.facts[name] = Fact(name, *figure, unit, grade, source, None, "", "", uncertain.as_stats_array())
        return self.draws.of(uncertain)
