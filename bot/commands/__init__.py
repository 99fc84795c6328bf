"""What people can ask of the bot, on every platform alike."""

from bot.commands.rows import table_of

__all__ = ["table_of"]
