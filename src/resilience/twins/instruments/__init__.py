"""Instruments: they read the models as real ones would read the room; what they read is not what is."""

from resilience.twins.instruments.air_sampler import AirSample, AirSampler
from resilience.twins.instruments.counter import Count, ParticleCounter
from resilience.twins.instruments.plates import ContactPlate, Dabbed, FingerDab, Grown, SettlePlate

__all__ = [
    "AirSample",
    "AirSampler",
    "ContactPlate",
    "Count",
    "Dabbed",
    "FingerDab",
    "Grown",
    "ParticleCounter",
    "SettlePlate",
]
