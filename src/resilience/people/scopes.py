"""Reading across partners. A request sees one organisation; counting and the register need all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django_scopes import scope

from resilience.people.models import Organisation


@contextmanager
def whole_programme(reason: str) -> Iterator[None]:
    """All organisations' rows, for what `reason` says. Diversity answers stay shut: only people.diversity opens them.

    Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("Reading across partners needs a reason: say what for")
    # None lets every organisation through, while tables with a door of their own still miss their scope.
    with scope(organisation=None):
        yield


@contextmanager
def within(organisation: Organisation) -> Iterator[None]:
    """The rows of one organisation, for services that are handed it."""
    with scope(organisation=organisation.pk):
        yield
