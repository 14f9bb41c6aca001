"""Benchmarks: `python -m benchmarks` runs them all, one `python -m benchmarks.<name>` alone; each prints JSON."""
