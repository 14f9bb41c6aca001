"""The leadership accelerator: a call, applications reviewed without names, a cohort, and what became of its members."""
