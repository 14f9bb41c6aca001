"""CAD of the plant: built from the specifications by `python -m resilience.plant.shapes build`, with the `cad` extra."""
