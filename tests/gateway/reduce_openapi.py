"""Make tests/data/discord/openapi.json: the request bodies the bot may send, from Discord's OpenAPI description.

    python -m tests.gateway.reduce_openapi path/to/specs/openapi.json

The whole description (github.com/discord/discord-api-spec) has more than a megabyte. Kept are the bodies below and what
they refer to. `oneOf` becomes `anyOf`, as that repository's README says it is meant; words for readers are dropped; and
an object takes only the properties that are described, so that a misspelt one is noticed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "data" / "discord" / "openapi.json"
BODIES = {
    "POST /interactions/{id}/{token}/callback": ("/interactions/{interaction_id}/{interaction_token}/callback", "post"),
    "POST /webhooks/{id}/{token}": ("/webhooks/{webhook_id}/{webhook_token}", "post"),
    "PATCH /webhooks/{id}/{token}/messages/@original": (
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        "patch",
    ),
    "POST /channels/{id}/messages": ("/channels/{channel_id}/messages", "post"),
    "PATCH /channels/{id}/messages/{id}": ("/channels/{channel_id}/messages/{message_id}", "patch"),
    "POST /users/@me/channels": ("/users/@me/channels", "post"),
    "PUT /applications/{id}/commands": ("/applications/{application_id}/commands", "put"),
    "PUT /applications/{id}/guilds/{id}/commands": ("/applications/{application_id}/guilds/{guild_id}/commands", "put"),
}
_WORDS = {"description", "title", "externalDocs", "x-discord-union", "format", "example", "examples"}


def reduced(whole: dict[str, Any]) -> dict[str, Any]:
    """A JSON Schema with one definition for each body, under the keys of BODIES."""
    definitions: dict[str, Any] = {}
    for name, (path, method) in BODIES.items():
        body = whole["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"]
        definitions[name] = _plain(body)
    wanted = set(_references(definitions))
    while missing := wanted - definitions.keys():
        for name in missing:
            definitions[name] = _plain(whole["components"]["schemas"][name])
        wanted |= set(_references(definitions))
    return {
        "$comment": "Reduced from discord/discord-api-spec, specs/openapi.json (MIT, see LICENSE.txt).",
        "$defs": definitions,
    }


def _plain(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "properties":
            found[key] = {name: _plain(item) for name, item in value.items()}
            found["additionalProperties"] = schema.get("additionalProperties", False)
        elif key == "$ref":
            found[key] = value.replace("#/components/schemas/", "#/$defs/")
        elif key == "oneOf":
            found["anyOf"] = _plain(value)
        elif key not in _WORDS and key != "additionalProperties":
            found[key] = _plain(value)
    if "additionalProperties" in schema and "properties" not in schema:
        found["additionalProperties"] = _plain(schema["additionalProperties"])
    return found


def _references(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [name for item in schema for name in _references(item)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"].removeprefix("#/$defs/")] if isinstance(schema.get("$ref"), str) else []
    return own + [name for item in schema.values() for name in _references(item)]


if __name__ == "__main__":
    description = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    text = json.dumps(reduced(description), indent=1, sort_keys=True, ensure_ascii=False)
    TARGET.write_text(f"{text}\n", encoding="utf-8")
