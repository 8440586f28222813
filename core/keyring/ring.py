"""The platform's keys, the one that signs now and those before it: what an old one signed is still checked by that one.

The private halves stand in the environment (LEDGER_SIGNING_KEY, to rotate: new,old); the public ones stay here after the
old seed was taken away.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from core.keyring.models import PlatformKey
from core.ledger.keys import is_signature
from core.ledger.note import BadNote, parse_note, parse_verifier_key
from core.signing import key_from, signing_key


def sign(message: bytes, *, at: datetime) -> bytes:
    """The signature of the key in force, which is remembered with those handed over."""
    _remember(at)
    return signing_key().sign(message)


def sign_note(text: str, *, at: datetime) -> str:
    """`text` as a note signed by the key in force, which is remembered with those handed over."""
    _remember(at)
    return signing_key().sign_note(text)


def verifier_keys() -> list[str]:
    """Every key that may have signed, the oldest first."""
    return list(dict.fromkeys([*PlatformKey.objects.values_list("verifier_key", flat=True), *_configured()]))


def is_ours(message: bytes, signature: bytes) -> bool:
    """Whether one of the platform's keys made this signature of `message`."""
    return any(is_signature(parse_verifier_key(key), message, signature) for key in verifier_keys())


def verifier_key_of(note: str) -> str:
    """The key that signed a note, found by the id on its signature line; the one in force where none fits."""
    try:
        named = {line.key_id for line in parse_note(note).signatures}
    except BadNote:
        named = set()
    return next((key for key in verifier_keys() if parse_verifier_key(key).key_id in named), signing_key().verifier_key)


def _configured() -> list[str]:
    return [key_from(seed).verifier_key for seed in (*reversed(settings.LEDGER_COSIGNING_KEYS), settings.LEDGER_SIGNING_KEY)]


def _remember(at: datetime) -> None:
    known = set(PlatformKey.objects.values_list("verifier_key", flat=True))
    for key in _configured():
        if key not in known:
            PlatformKey.objects.get_or_create(verifier_key=key, defaults={"first_used_at": at})
