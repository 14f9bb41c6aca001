"""A lattice-Boltzmann flow solver, its checks, and the cabinet's air that is precomputed with it."""
