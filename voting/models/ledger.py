"""The vote ledger: gapless leaves and signed checkpoints."""

from __future__ import annotations

from django.db import models

from competitions.models import Edition
from core.append_only import AppendOnly
from voting.models.ballot import Ballot


class LedgerLeaf(AppendOnly):
    """Line `index` (from 0) of an edition's ledger: a ballot's leaf, or an act of the organiser."""

    class Kind(models.TextChoices):
        OPEN = "open", "开放"
        VOTE = "vote", "投票"
        HOLD = "hold", "暂缓"
        VOID = "void", "剔除"
        RESTORE = "restore", "恢复"
        WITHDRAW = "withdraw", "退赛"
        PAUSE = "pause", "暂停"
        RESUME = "resume", "继续"
        EXTEND = "extend", "延长"
        CLOSE = "close", "截止"
        FINAL = "final", "终计"

    # Whether edition and ballot exist and fit is checked on PostgreSQL for all leaves of a statement together (migration 0008).
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="ledger_leaves", db_index=False)
    index = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="ledger_leaf", null=True, blank=True)
    body = models.TextField()
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["index"]
        constraints = [
            models.UniqueConstraint(name="voting_ledgerleaf_index", fields=["edition", "index"]),
            models.UniqueConstraint(
                name="voting_ledgerleaf_once",
                fields=["edition", "kind"],
                condition=models.Q(kind__in=["open", "close", "final"]),
            ),
        ]
        indexes = [models.Index(fields=["edition", "kind", "index"], name="voting_ledgerleaf_kind")]  # the few acts among many votes


class LedgerCheckpoint(AppendOnly):
    """A signed note over the first `size` leaves; `frontier` is the compact right edge to continue from.

    `settled`: every ballot with an id up to this one has its leaf or never will have one (its transaction was rolled back).
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="ledger_checkpoints")
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    frontier = models.JSONField()
    settled = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["size"]
        constraints = [models.UniqueConstraint(name="voting_ledgercheckpoint_size", fields=["edition", "size"])]


class LedgerKey(AppendOnly):
    """A public key that has signed in this ledger. Kept when the key is changed, so that what it signed stays verifiable."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="ledger_keys")
    verifier_key = models.CharField(max_length=300)
    first_used_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="voting_ledgerkey_once", fields=["edition", "verifier_key"])]


class LedgerAnchor(AppendOnly):
    """The checkpoint of one day (Asia/Shanghai), mailed to entrants and judges: they hold it, whatever happens to us."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="ledger_anchors")
    day = models.DateField()
    checkpoint = models.ForeignKey(LedgerCheckpoint, on_delete=models.PROTECT, related_name="anchors")
    at = models.DateTimeField()
    recipients = models.PositiveIntegerField()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(name="voting_ledgeranchor_day", fields=["edition", "day"])]
