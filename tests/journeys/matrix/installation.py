"""A folder in which the bot was set up for Matrix by its own commands."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from tests.homeserver.synapse import Account, Synapse
from tests.journeys.process import Process, onrecord


class Installation:
    """A folder in which `onrecord init` was run for Matrix."""

    def __init__(self, folder: Path, synapse: Synapse, account: Account) -> None:
        self.folder, self.synapse, self.account = folder, synapse, account
        self.config = folder / "config.yaml"
        self.session = folder / "data" / "matrix" / "session.json"
        self.password = folder / "password"
        self.password.write_text(account.password, encoding="utf-8")

    def call(self, *arguments: str, **environment: str) -> AbstractAsyncContextManager[Process]:
        usual = {"ONRECORD_DATA_DIR": str(self.folder / "data")}
        return onrecord("--config", str(self.config), *arguments, environment=usual | environment)

    async def done(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """A command that ends by itself: exit code, and its log with what it said."""
        async with self.call(*arguments, **environment) as process:
            code = await process.ended()
            return code, process.log + await process.said()

    async def init(self, *more: str) -> tuple[int, str]:
        """Set up with the account's password."""
        return await self.done(
            "init",
            "--platform=matrix",
            f"--homeserver={self.synapse.url}",
            f"--user={self.account.user}",
            "--invite=localhost",
            f"--password-file={self.password}",
            "--editors=1",
            "--example-facts",
            *more,
        )
