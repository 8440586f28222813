"""Forgetting the voters of an edition: what ties a tag to a person is destroyed, and stays destroyed after a restore."""

from __future__ import annotations

import json
import os
from datetime import datetime

from django.db import transaction

from competitions.models import Edition
from core.actor import Actor
from core.audit.journal import record
from voting.errors import TooEarlyToForget
from voting.models import BallotEvidence, CampaignKey, VoteCase, VoterErasure, VoterIdentity
from voting.queries.campaign import forget_campaign
from voting.queries.forgetting import erased_editions, erasure_log, is_remembered, reasons_not_to_forget

DESTROYED = "已按规定销毁"


def forget_voters(*, edition: Edition, actor: Actor, at: datetime) -> VoterErasure:
    """Destroys campaign key, salts, evidence and identities of the edition's voters; the ledger still verifies.

    Refuses (TooEarlyToForget, with every reason) before all appeals are settled and 190 days after the close have passed.
    Doing it again destroys what a restored backup has brought back.
    """
    if reasons := reasons_not_to_forget(edition, at):
        raise TooEarlyToForget(reasons="".join(reasons))
    _note(edition, actor, at)  # first: what is in the file is done again, should the database lose it
    return _destroy(edition, actor.actor_code, actor, at)


def replay_erasures(*, actor: Actor, at: datetime) -> list[Edition]:
    """Forgets again every edition that the erasure log names and this database remembers; returns them."""
    again = []
    for slug, when, by in erased_editions():
        edition = Edition.objects.filter(slug=slug).first()
        if edition is not None and edition not in again and is_remembered(edition):
            _destroy(edition, by, actor, at, first_at=when)
            again.append(edition)
    return again


@transaction.atomic
def _destroy(edition: Edition, by: str, actor: Actor, at: datetime, *, first_at: datetime | None = None) -> VoterErasure:
    counts = {
        "evidence": BallotEvidence.objects.filter(ballot__edition=edition).delete()[0],
        "identities": VoterIdentity.objects.filter(edition=edition).delete()[0],
        "keys": CampaignKey.objects.filter(edition=edition).delete()[0],
        "cases": VoteCase.objects.filter(edition=edition).update(evidence=DESTROYED),
    }
    erasure, _ = VoterErasure.objects.get_or_create(edition=edition, defaults={"at": first_at or at, "by": by})
    record(verb="voting.voters.forgotten", obj=edition, actor=actor, at=at, edition=edition.slug, after=counts)
    transaction.on_commit(lambda: forget_campaign(edition))
    return erasure


def _note(edition: Edition, actor: Actor, at: datetime) -> None:
    line = json.dumps({"at": at.isoformat(), "by": actor.actor_code, "edition": edition.slug}) + "\n"
    with erasure_log().open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
