"""The platform's signing key, for receipts, checkpoints and draw commitments."""

from __future__ import annotations

import base64
from functools import lru_cache

from django.conf import settings

from core.ledger.keys import SigningKey

NAME = "jianggaosai"


@lru_cache(maxsize=4)
def key_from(seed: str) -> SigningKey:
    """The platform's key of a seed in base64."""
    return SigningKey(NAME, base64.b64decode(seed))


def signing_key() -> SigningKey:
    """The key named in the environment (LEDGER_SIGNING_KEY), or the one the embedded mode made on first use."""
    return key_from(settings.LEDGER_SIGNING_KEY)
