"""CAD of the plant, from the specifications: `python -m resilience.plant.shapes build`, with the `cad` extra."""
