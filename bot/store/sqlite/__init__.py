"""The store of the product: one SQLite file behind the ports."""

from bot.store.sqlite.errors import StoreError
from bot.store.sqlite.opening import opened
from bot.store.sqlite.reading import Limits
from bot.store.sqlite.store import SqliteStore

__all__ = ["Limits", "SqliteStore", "StoreError", "opened"]
