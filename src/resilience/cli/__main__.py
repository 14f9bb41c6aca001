"""`python -m resilience.cli`, the same as `resilience`."""

from resilience.cli import main

main()
