"""A signing key is changed in the middle of a vote: old checkpoints and receipts stay verifiable, the new key is handed over."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.factories import moments
from tests.voting.ballots import build_vote, vote
from tools import verify_ledger
from voting.actions.ledger import seal_ledger
from voting.exports.ledger import write_ledger
from voting.models import Ballot, LedgerKey

pytestmark = pytest.mark.django_db
AT = moments.DURING_VOTE
NEW = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize("is_handed_over", [True, False])
def test_who_knows_only_the_old_key_follows_to_the_new_one(
    settings: Settings, tmp_path: Path, is_handed_over: bool
) -> None:
    edition = build_vote()
    vote(edition, 1, voter=1)
    seal_ledger(edition=edition, at=AT)
    old_seed, old_key = settings.LEDGER_SIGNING_KEY, LedgerKey.objects.get().verifier_key
    settings.LEDGER_SIGNING_KEY = NEW
    settings.LEDGER_COSIGNING_KEYS = [old_seed] if is_handed_over else []
    vote(edition, 2, voter=2)
    seal_ledger(edition=edition, at=AT)
    settings.LEDGER_COSIGNING_KEYS = []
    vote(edition, 3, voter=3)
    seal_ledger(edition=edition, at=AT)
    write_ledger(edition, tmp_path / "ledger", AT)
    assert LedgerKey.objects.count() == 2
    receipts = []
    for ballot in Ballot.objects.all():
        receipts.append(tmp_path / f"{ballot.pk}.txt")
        receipts[-1].write_text(ballot.receipt)
    faults, lines = verify_ledger.verify(tmp_path / "ledger", receipts, old_key)
    if is_handed_over:
        assert list(faults) == []
        assert "共 2 把" in lines[1]
    else:
        assert {kind for kind, _ in faults} >= {"签名", "凭据"}
