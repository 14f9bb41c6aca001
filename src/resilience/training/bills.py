"""What the same run would use in the plant: money and waste with their ranges, from the module's bill.

Each line is quantity times figure. Ranges are combined as those of independent figures: relative half-widths in
quadrature within a line, absolute half-widths in quadrature over the lines, below and above the middle apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Any

from resilience.training.canonical import significant
from resilience.training.module_shapes import Bill, Range
from resilience.training.words import Words

# Figures shown to people carry two significant digits: the ranges allow no more.
_DIGITS = 2


@dataclass(frozen=True)
class Figure:
    """A figure with its plausible range."""

    mid: float
    low: float
    high: float

    def as_dict(self) -> dict[str, float]:
        return {
            "mid": significant(self.mid, _DIGITS),
            "low": significant(self.low, _DIGITS),
            "high": significant(self.high, _DIGITS),
        }


def product(quantity: Range, figure: Range) -> Figure:
    """A quantity times a figure for one of it."""
    mid = quantity.value * figure.value
    if mid == 0:
        return Figure(0.0, 0.0, quantity.high * figure.high)
    below = hypot(1 - quantity.low / quantity.value, 1 - figure.low / figure.value)
    above = hypot(quantity.high / quantity.value - 1, figure.high / figure.value - 1)
    return Figure(mid, max(0.0, mid * (1 - below)), mid * (1 + above))


def total(figures: list[Figure]) -> Figure:
    """The sum of independent figures."""
    mid = sum(figure.mid for figure in figures)
    below = hypot(*(figure.mid - figure.low for figure in figures))
    above = hypot(*(figure.high - figure.mid for figure in figures))
    return Figure(mid, max(0.0, mid - below), mid + above)


def cost(bill: Bill, units: int, lost: bool, words: Words) -> dict[str, Any]:
    """Money and waste of one trainee's run with so many units; with the batch itself where it would be lost."""
    lines: list[dict[str, Any]] = []
    money: list[Figure] = []
    waste: list[Figure] = []
    for line in bill.lines:
        quantity = line.quantity.model_copy(update=_scaled(line.quantity, (units if line.per_vial else 1.0)))
        share = quantity.model_copy(update=_scaled(quantity, 1 / bill.trainees_per_run))
        money.append(product(share, line.price_gbp))
        waste.append(product(share, line.waste_kg))
        lines.append(
            {
                "id": line.id,
                "label": words.text(f"bill.{line.id}"),
                "quantity": significant(share.value, 3),
                "unit": line.unit,
                "gbp": money[-1].as_dict(),
                "waste_kg": waste[-1].as_dict(),
                "source": line.price_gbp.source,
                "grade": line.price_gbp.grade,
            }
        )
    if lost:
        batch = Figure(bill.lost_batch_gbp.value, bill.lost_batch_gbp.low, bill.lost_batch_gbp.high)
        money.append(batch)
        lines.append(
            {
                "id": "lost_batch",
                "label": words.say("cost", "lost_batch"),
                "quantity": 1,
                "unit": "",
                "gbp": batch.as_dict(),
                "waste_kg": Figure(0.0, 0.0, 0.0).as_dict(),
                "source": bill.lost_batch_gbp.source,
                "grade": bill.lost_batch_gbp.grade,
            }
        )
    return {
        "lost": lost,
        "words": words.say("cost", "lost" if lost else "kept"),
        "gbp": total(money).as_dict(),
        "waste_kg": total(waste).as_dict(),
        "lines": lines,
        "source": words.say("cost", "tier"),
    }


def _scaled(figure: Range, by: float) -> dict[str, float]:
    return {"value": figure.value * by, "low": figure.low * by, "high": figure.high * by}
