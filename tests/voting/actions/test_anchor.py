"""Yesterday's checkpoint goes to entrants and judges once, and stands on the board."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from core.actor import SYSTEM
from core.models import AuditEntry
from core.outbox.models import Message
from entries.models import EntryApplicant
from tests.cast import Cast
from tests.factories import moments
from tests.voting.ballots import build_vote, vote
from tools import verify_ledger
from voting.actions.anchor import anchor_ledger
from voting.actions.ledger import seal_ledger
from voting.models import LedgerAnchor

pytestmark = pytest.mark.django_db
AT = moments.DURING_VOTE
TOMORROW = AT + timedelta(days=1)


def test_the_checkpoint_of_yesterday_is_mailed_once_to_every_entrant_and_judge(cast: Cast, client: Client) -> None:
    edition = build_vote(edition=cast.edition)
    vote(edition, 1, 2)
    yesterday = seal_ledger(edition=edition, at=AT)
    vote(edition, 3)
    seal_ledger(edition=edition, at=TOMORROW)
    assert anchor_ledger(edition=edition, actor=SYSTEM, at=moments.VOTE_OPENS) is None
    Message.objects.all().delete()
    anchor = anchor_ledger(edition=edition, actor=SYSTEM, at=TOMORROW)
    assert anchor_ledger(edition=edition, actor=SYSTEM, at=TOMORROW + timedelta(hours=1)) is None
    assert anchor.checkpoint == yesterday
    contacts = EntryApplicant.objects.filter(entry__number__isnull=False).values_list("organisation__contact_email", flat=True)
    people = {cast.judge.email, cast.judge2.email, cast.chief.email, *filter(None, contacts)}
    assert people <= set(Message.objects.values_list("recipient", flat=True))
    assert Message.objects.count() == anchor.recipients == len(set(Message.objects.values_list("recipient", flat=True)))
    assert AuditEntry.objects.filter(verb="voting.ledger.anchored").count() == 1
    assert yesterday.root[:32] in client.get(f"/{edition.slug}/board/").content.decode()


def test_the_mailed_text_is_a_checkpoint_the_verifier_reads(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    vote(edition, 1)
    checkpoint = seal_ledger(edition=edition, at=AT)
    anchor_ledger(edition=edition, actor=SYSTEM, at=TOMORROW)
    body = Message.objects.filter(recipient=cast.judge.email).latest("pk").body
    kept = body.split("原样保存）-----\n", 1)[1]
    assert kept == checkpoint.note
    assert verify_ledger.read_checkpoint(kept)[1] == checkpoint.size


def test_a_day_without_a_new_leaf_sends_nothing(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    assert anchor_ledger(edition=edition, actor=SYSTEM, at=TOMORROW) is not None
    assert anchor_ledger(edition=edition, actor=SYSTEM, at=TOMORROW + timedelta(days=1)) is None
    assert LedgerAnchor.objects.count() == 1
