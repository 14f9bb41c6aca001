"""The simulator: modules, sessions, checks, outcomes. A session is its log: the same actions give the same outcome."""
