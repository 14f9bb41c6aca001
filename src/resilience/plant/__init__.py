"""The plant: rooms, equipment, items and garments, one specification file each."""

from resilience.plant.specs import Spec, SpecError, kinds, load

__all__ = ["Spec", "SpecError", "kinds", "load"]
