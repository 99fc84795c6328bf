"""What was said and how it is found and reviewed: pure, no I/O, no third-party library, no wording."""
