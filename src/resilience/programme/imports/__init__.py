"""Files people keep: what they are, which column means what, what becomes of each row; commit and undo.

`sniff.read_file` -> `mapping.propose` -> `plan.make` (the dry run) -> `commit.commit` -> `undo.undo`.
"""
