"""The nouns of the project as frozen data; one subject a module."""
