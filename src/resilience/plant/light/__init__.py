"""Baked light: how the lamps of a room reach its walls, computed once by a path tracer and committed as pictures."""
