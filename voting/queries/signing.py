"""The platform's signing keys under the name of one edition's vote log."""

from __future__ import annotations

import base64
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from core.ledger.keys import SigningKey
from core.ledger.note import Signature, format_note


def new_origin(slug: str) -> str:
    """The name of an edition's log, from the site's address; afterwards its first checkpoint says it."""
    return f"{urlsplit(settings.SITE_URL).netloc}/{slug}/vote"


def signing_key(origin: str) -> SigningKey:
    """The key that signs receipts and checkpoints of the log named `origin`."""
    return _key(origin, settings.LEDGER_SIGNING_KEY)


def checkpoint_keys(origin: str) -> list[SigningKey]:
    """Every key that signs a checkpoint: the current one, and those it is taking over from (LEDGER_SIGNING_KEY lists them)."""
    return [signing_key(origin), *(_key(origin, seed) for seed in settings.LEDGER_COSIGNING_KEYS)]


def sign_by_all(origin: str, text: str) -> str:
    """`text` as a note with one signature of each checkpoint key, so that who knows only the old key can follow to the new."""
    signatures = [Signature(key.name, key.key_id, key.sign(text.encode())) for key in checkpoint_keys(origin)]
    return format_note(text, tuple(signatures))


@lru_cache(maxsize=16)
def _key(origin: str, seed: str) -> SigningKey:
    return SigningKey(origin, base64.b64decode(seed))
