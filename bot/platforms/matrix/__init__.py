"""Matrix: a homeserver's rooms, plain and encrypted. Nothing here is imported unless Matrix is configured."""
