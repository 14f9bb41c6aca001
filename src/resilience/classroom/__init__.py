"""Live sessions: the socket, the journal behind it, and resuming after anything."""
