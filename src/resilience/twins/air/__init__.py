"""The air of rooms and of the cabinet: what people emit, where the air takes it, and on what it settles."""
