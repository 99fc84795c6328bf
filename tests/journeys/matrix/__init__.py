"""Whole conversations on Matrix: a real homeserver, the bot, and people with a client of their own."""
