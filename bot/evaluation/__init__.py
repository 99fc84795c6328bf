"""How well the bot finds: labelled queries, what became of them, and the figures."""
