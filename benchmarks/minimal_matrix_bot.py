"""The floor: the smallest matrix-nio bot; it echoes.

`python -m benchmarks.minimal_matrix_bot URL USER DEVICE TOKEN FOLDER`
"""

from __future__ import annotations

import asyncio
import sys

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, MatrixRoom, RoomMessageText


async def main() -> None:
    """Join what invites, repeat what is said."""
    url, user, device, token, folder = sys.argv[1:]
    client = AsyncClient(url, user, store_path=folder, config=AsyncClientConfig(encryption_enabled=True))
    client.restore_login(user, device, token)

    async def join(room: MatrixRoom, _: InviteMemberEvent) -> None:
        await client.join(room.room_id)

    async def echo(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != user:
            content = {
                "msgtype": "m.notice",
                "body": event.body,
                "m.relates_to": {"m.in_reply_to": {"event_id": event.event_id}},
            }
            await client.room_send(room.room_id, "m.room.message", content, ignore_unverified_devices=True)

    client.add_event_callback(join, InviteMemberEvent)
    client.add_event_callback(echo, RoomMessageText)
    await client.sync_forever(timeout=30_000)


if __name__ == "__main__":
    asyncio.run(main())
