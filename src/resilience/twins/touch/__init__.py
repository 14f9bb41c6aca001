"""Touch: what passes between hands, gloves, garments, surfaces and containers, and what disinfectant leaves of it."""

from resilience.twins.touch.faces import Kind
from resilience.twins.touch.results import Disinfected, Passed
from resilience.twins.touch.twin import Touch

__all__ = ["Disinfected", "Kind", "Passed", "Touch"]
