"""A real homeserver for the tests: Synapse on a loopback port, a fault proxy before it, and a client of its own."""
