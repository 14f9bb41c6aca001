"""The numbers of column and skid, and changes of them."""

from __future__ import annotations

import pytest

from resilience.twins.chromatography import numbers
from resilience.twins.errors import BadInput


def test_the_column_is_the_published_one_in_si_units() -> None:
    column = numbers.column()
    assert column.bed.volume == pytest.approx(5.025e-6)
    assert column.beads.radius == pytest.approx(42.5e-6)
    law = column.binding()
    assert law.capacity == pytest.approx(10.744, rel=1e-4)
    assert law.ka == pytest.approx(1386.9, rel=1e-4)
    assert column.binding(0.5).capacity == pytest.approx(0.5 * law.capacity)


def test_a_change_is_taken_over() -> None:
    assert numbers.skid({"titre": 5.0}).titre == 5.0
    assert numbers.column({"capacity": 60.0}).capacity == 60.0
    assert numbers.column({"titre": 5.0}) == numbers.column()


@pytest.mark.parametrize(("changes", "where", "what"), [
    ({"tea": 1.0}, "parameters", "no parameter `tea`"),
    ({"titre": -1.0}, "parameters.titre", "the value is -1 g/L"),
    ({"bed_porosity": 0.9}, "parameters.bed_porosity", "the value is 0.9"),
])  # fmt: skip
def test_a_change_that_cannot_be_is_named(changes: dict[str, float], where: str, what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        numbers.checked(changes)
    assert caught.value.where == where
