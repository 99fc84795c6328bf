"""The encryption of matrix-nio and nothing else of it: its HTTP clients and its file encryption would cost 5 MiB.

`import nio` loads two HTTP stacks, SOCKS proxies and pycryptodome for them. While it is imported here, empty modules
stand in their places; whatever is asked of one is an empty class. Afterwards the places are free again.
"""

from __future__ import annotations

import sys
from types import ModuleType

#: Modules of matrix-nio that its Olm machine mentions and never calls.
UNUSED = (
    "nio.client",
    "nio.http",
    "nio.crypto.attachments",
    "nio.crypto.async_attachments",
    "nio.crypto.key_export",
)


class _Unused:
    """Stands for whatever one of these modules has."""


class _Empty(ModuleType):
    def __getattr__(self, name: str) -> type[_Unused]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Unused


def _spared() -> dict[str, ModuleType]:
    return {name: _Empty(name) for name in UNUSED if name not in sys.modules}


_places = _spared()
sys.modules |= _places
try:
    from nio.crypto import Olm
    from nio.events import MegolmEvent, RoomKeyEvent, ToDeviceEvent
    from nio.exceptions import EncryptionError
    from nio.responses import KeysClaimResponse, KeysQueryResponse, KeysUploadResponse, ToDeviceResponse
    from nio.store import SqliteStore
    from peewee import DatabaseError, OperationalError  # type: ignore[import-untyped]  # has no stubs
    from vodozemac import PickleException
finally:
    for _name in _places:
        del sys.modules[_name]

__all__ = (
    "DatabaseError",
    "EncryptionError",
    "KeysClaimResponse",
    "KeysQueryResponse",
    "KeysUploadResponse",
    "MegolmEvent",
    "Olm",
    "OperationalError",
    "PickleException",
    "RoomKeyEvent",
    "SqliteStore",
    "ToDeviceEvent",
    "ToDeviceResponse",
)
