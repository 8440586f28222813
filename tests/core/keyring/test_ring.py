"""A key may be changed: what the old one signed is checked by the old one, and nobody else's signature passes."""

from __future__ import annotations

import base64

import pytest
from django.conf import LazySettings

from core.keyring.ring import is_ours, sign, sign_note, verifier_key_of, verifier_keys
from core.ledger.keys import SigningKey, verify
from core.models import PlatformKey
from core.signing import signing_key
from tests.factories import moments

pytestmark = pytest.mark.django_db
AT = moments.SET_UP
NEW = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize("hands_over", [True, False])
def test_what_the_old_key_signed_stays_valid_when_its_seed_is_gone(settings: LazySettings, hands_over: bool) -> None:
    old_seed, old = settings.LEDGER_SIGNING_KEY, signing_key().verifier_key
    signature, note = sign(b"award", at=AT), sign_note("draw\n", at=AT)
    settings.LEDGER_SIGNING_KEY, settings.LEDGER_COSIGNING_KEYS = NEW, [old_seed] if hands_over else []
    assert sign(b"award", at=AT) != signature
    settings.LEDGER_COSIGNING_KEYS = []
    assert is_ours(b"award", signature) and not is_ours(b"awarD", signature)
    assert verifier_keys() == [old, signing_key().verifier_key] and PlatformKey.objects.count() == 2
    assert verifier_key_of(note) == old and verify(note, [old]).text == "draw\n"
    assert verifier_key_of(sign_note("draw\n", at=AT)) == signing_key().verifier_key


def test_a_key_handed_over_counts_although_it_signed_before_there_was_a_ring(settings: LazySettings) -> None:
    old_seed, signature = settings.LEDGER_SIGNING_KEY, signing_key().sign(b"award")
    settings.LEDGER_SIGNING_KEY, settings.LEDGER_COSIGNING_KEYS = NEW, [old_seed]
    sign(b"another", at=AT)
    settings.LEDGER_COSIGNING_KEYS = []
    assert is_ours(b"award", signature)


def test_a_stranger_has_no_key_in_the_ring() -> None:
    sign(b"award", at=AT)
    stranger = SigningKey("jianggaosai", bytes(32))
    assert not is_ours(b"award", stranger.sign(b"award"))
    assert not is_ours(b"award", b"short")
