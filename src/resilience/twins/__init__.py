"""Process twins: physical models that a trainee operates. Numbers in, numbers out; they know nothing else of the house.

All share one shape. A twin has state, inputs and parameters (files with unit, source and grade); `set` gives inputs,
`do_step` advances time, `get` reads; `snapshot`, `restore` and `fork` keep and branch it; the same seed gives the same
run, to the bit. The names follow the co-simulation interface of FMI where they fit.
"""
