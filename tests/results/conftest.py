"""The invented programme, for the tests of figures."""

from tests.results.invented import invented, invented_template

__all__ = ["invented", "invented_template"]
