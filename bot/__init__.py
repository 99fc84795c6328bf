"""On the Record: a chat bot that answers with the words that were said, and where that can be checked."""

__version__ = "0.1.0"
