"""Commands of `python -m resilience.site`."""
