"""CHO cells in fed-batch culture: their kinetics, the vessel around them, and what goes wrong."""
