"""The platform's signing key under the name of one edition's vote log."""

from __future__ import annotations

import base64
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from core.ledger.keys import SigningKey


def new_origin(slug: str) -> str:
    """The name of an edition's log, from the site's address; afterwards its first checkpoint says it."""
    return f"{urlsplit(settings.SITE_URL).netloc}/{slug}/vote"


def signing_key(origin: str) -> SigningKey:
    """The key that signs receipts and checkpoints of the log named `origin`."""
    return _key(origin, settings.LEDGER_SIGNING_KEY)


@lru_cache(maxsize=8)
def _key(origin: str, seed: str) -> SigningKey:
    return SigningKey(origin, base64.b64decode(seed))
