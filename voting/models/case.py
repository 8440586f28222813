"""Cases of suspected vote rigging: proposed by one person, released by another, never deleted."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from competitions.models import Edition
from core.append_only import AppendOnly
from core.public_id import new_public_id
from voting.models.ballot import Ballot


class VoteCase(models.Model):
    """A set of ballots held, voided or restored for one reason."""

    class Verb(models.TextChoices):
        HOLD = "hold", "暂缓计票"
        VOID = "void", "剔除"
        RESTORE = "restore", "恢复"

    class Reason(models.TextChoices):
        SCRIPT = "R1", "程序自动投票"
        BOUGHT = "R2", "有偿或集中代投"
        SHARED_DEVICE = "R3", "同一设备多账户"
        COVER = "R4", "掩护性投票"
        OTHER = "R9", "其他"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="vote_cases")
    verb = models.CharField("处理", max_length=8, choices=Verb)
    reason = models.CharField("原因", max_length=2, choices=Reason)
    evidence = models.TextField("证据说明")
    proposed_at = models.DateTimeField("提出时间")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class VoteCaseBallot(AppendOnly):
    """A ballot concerned by a case."""

    case = models.ForeignKey(VoteCase, on_delete=models.PROTECT, related_name="ballots")
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="cases")

    class Meta:
        constraints = [models.UniqueConstraint(name="voting_votecaseballot_once", fields=["case", "ballot"])]


class VoteCaseRelease(AppendOnly):
    """A second person's decision on a case: released (it takes effect) or dismissed."""

    case = models.OneToOneField(VoteCase, on_delete=models.PROTECT, related_name="release", primary_key=True)
    is_released = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
