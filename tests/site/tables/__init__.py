"""Who may do what in each area of the site: a module for each area, read by tests/site/test_permissions.py.

An area's module has
- ROWS: (method, name of the address, names of its arguments, answer for each of WHO in their order);
- BODIES: name of the address -> arguments of the test client's `post`, where a body is needed;
- given(people, needed): values for the arguments that the area knows; makes rows only if one of them is needed.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, Protocol, cast

from tests.site.conftest import People

WHO = (
    "nobody",
    "holder",
    "loner",
    "owner",
    "trainee",
    "lead",
    "instructor",
    "quality",
    "administrator",
    "outsider",
    "coordinator",
    "funder",
    "analyst",
)

Row = tuple[str, str, str, str]


class Area(Protocol):
    ROWS: list[Row]
    BODIES: dict[str, dict[str, Any]]

    def given(self, people: People, needed: list[str]) -> dict[str, Any]: ...


def areas() -> list[Area]:
    names = [found.name for found in pkgutil.iter_modules(__path__)]
    return [cast(Area, importlib.import_module(f"{__name__}.{name}")) for name in names]


def only(*roles: str, answer: int = 200, others: int = 403) -> str:
    """These get the answer; who is not signed in is sent to do so; everybody else is refused."""
    assert set(roles) <= set(WHO), roles
    statuses = {who: answer if who in roles else others for who in WHO} | {"nobody": 302, "holder": 302}
    return " ".join(str(statuses[who]) for who in WHO)


def everybody(answer: int = 200) -> str:
    return " ".join([str(answer)] * len(WHO))
