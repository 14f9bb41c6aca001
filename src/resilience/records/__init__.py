"""Sessions kept: an append-only, hash-chained table of logs and outcomes, and the way to check it."""
