"""Immersive practice for people who make medicines."""

__version__ = "0.1.0"
