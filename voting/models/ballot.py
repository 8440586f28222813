"""Ballots: rows that are never updated or deleted, and the deletable evidence beside them."""

from __future__ import annotations

from django.db import models

from competitions.models import Edition
from core.append_only import AppendOnly
from entries.models import Entry


class Ballot(AppendOnly):
    """One vote for one entry. Two unique constraints hold the quota, whatever the rule: slots are computed from it."""

    class Identity(models.IntegerChoices):
        DEVICE = 0, "设备"
        WECHAT = 1, "微信"
        SMS = 2, "手机验证"

    # No index on either alone: no query needs one, and a plan made while the table was empty might walk it (migration 0007).
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="ballots", db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="ballots", db_index=False)
    voter_tag = models.CharField(max_length=32)
    period = models.CharField(max_length=10)
    scope = models.CharField(max_length=24)
    slot = models.PositiveSmallIntegerField()
    entry_slot = models.PositiveSmallIntegerField()
    cast_at = models.DateTimeField()
    identity_level = models.PositiveSmallIntegerField(choices=Identity)
    submission = models.UUIDField()
    leaf = models.TextField()
    leaf_hash = models.CharField(max_length=64)
    receipt = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voting_ballot_quota", fields=["edition", "voter_tag", "period", "scope", "slot"]
            ),
            models.UniqueConstraint(
                name="voting_ballot_entry_quota", fields=["edition", "voter_tag", "period", "entry", "entry_slot"]
            ),
        ]
        indexes = [
            models.Index(fields=["submission"], name="voting_ballot_submission"),
            models.Index(fields=["leaf_hash"], name="voting_ballot_leaf"),
        ]


class BallotEvidence(models.Model):
    """Address, agent, device and salt of a ballot: what the commitment in the leaf stands for. Deletable."""

    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="evidence", primary_key=True)
    salt = models.CharField(max_length=64)
    record = models.TextField()
