"""`python -m resilience.cli`, the same as `resilience`."""

from resilience.cli import main

if __name__ == "__main__":
    main()
