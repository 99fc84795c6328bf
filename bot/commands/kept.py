"""The texts behind a fact, as far as they are kept: what an answer says of its words is compared with them."""

from __future__ import annotations

from bot.core.model.fact import Dossier
from bot.core.ports import Reading


async def kept_texts(view: Reading, dossier: Dossier) -> dict[str, str]:
    """Source id -> normalised text, of the fact's sources whose text is kept here."""
    return {source: text for source in dossier.sources if (text := await view.text_of(source)) is not None}
