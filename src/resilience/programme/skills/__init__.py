"""Competences: the register, who holds which by what evidence, and what employers need beyond that."""
