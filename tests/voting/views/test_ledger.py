"""The page of the ledger, and proofs over HTTP that an outsider can check."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from core.ledger.checkpoint import parse_checkpoint
from core.ledger.keys import verify
from core.ledger.proof import parse_proof
from core.ledger.tree import verify_consistency
from tests.factories import moments
from tests.voting.ballots import build_vote, vote
from tools import verify_ledger
from voting import tasks
from voting.actions.ledger import seal_ledger
from voting.models import Ballot, LedgerCheckpoint, LedgerKey
from voting.queries.published import ledger_folder

pytestmark = pytest.mark.django_db
AT = moments.DURING_VOTE


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.PUBLIC_MEDIA_ROOT = tmp_path / "public"


def test_a_receipt_s_proof_ties_the_vote_to_the_signed_tree(client: Client, tmp_path: Path) -> None:
    edition = build_vote()
    (outcome,) = vote(edition, 1)
    address = f"/{edition.slug}/vote/receipt/{outcome.code}/proof/"
    assert client.get(address).status_code == 404  # not sealed yet
    for voter in range(2, 9):
        vote(edition, 1, 2, voter=voter)
        seal_ledger(edition=edition, at=AT)
    tasks.publish_ledgers.delay()
    text = client.get(address).content.decode()
    proof = parse_proof(text)
    note = verify(proof.checkpoint, LedgerKey.objects.values_list("verifier_key", flat=True))
    leaf = bytes.fromhex(Ballot.objects.earliest("pk").leaf_hash)
    assert proof.proves(leaf, parse_checkpoint(note.text))
    assert '"e":' not in text
    kept = tmp_path / "kept.tlog-proof"
    kept.write_text(text)
    faults, _ = verify_ledger.verify(ledger_folder(edition), [kept])
    assert list(faults) == []
    assert client.get(f"/{edition.slug}/ledger/proof/{proof.index}/").content.decode() == text
    assert client.get(f"/{edition.slug}/ledger/proof/99/").status_code == 404


def test_consistency_with_every_older_checkpoint_is_proved(client: Client) -> None:
    edition = build_vote()
    for voter in range(6):
        vote(edition, 1, 2, 3, voter=voter)
        seal_ledger(edition=edition, at=AT)
    tasks.publish_ledgers.delay()
    newest = LedgerCheckpoint.objects.latest("size")
    for old in LedgerCheckpoint.objects.all():
        answer = client.get(f"/{edition.slug}/ledger/consistency/{old.size}/").json()
        proof = [base64.b64decode(text) for text in answer["proof"]]
        assert verify_consistency(old.size, newest.size, bytes.fromhex(old.root), bytes.fromhex(newest.root), proof)
    for size in (0, newest.size + 1):
        assert client.get(f"/{edition.slug}/ledger/consistency/{size}/").status_code == 404


def test_the_page_names_the_newest_checkpoint_and_before_it_says_so(client: Client) -> None:
    edition = build_vote()
    assert "账本尚未公布" in client.get(f"/{edition.slug}/ledger/").content.decode()
    vote(edition, 1)
    checkpoint = seal_ledger(edition=edition, at=AT)
    tasks.publish_ledgers.delay()
    page = client.get(f"/{edition.slug}/ledger/").content.decode()
    assert checkpoint.root in page
    note = client.get(f"/public/ledger/{edition.slug}/checkpoint")
    assert b"".join(note.streaming_content).decode() == checkpoint.note
