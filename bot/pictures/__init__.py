"""Pictures, drawn in a process of their own by a library that need not be installed."""
