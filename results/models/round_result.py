"""Results of rounds: computed once, never changed, approved by two persons, published."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from competitions.models import Round
from core.append_only import AppendOnly
from core.public_id import new_public_id


class RoundResult(AppendOnly):
    """One computation: `record` is the canonical JSON of frozen inputs, rule set, every step and the output. A correction
    is a new version that names what it corrects and why. Its state is derived from approvals, publication and versions."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="results")
    version = models.PositiveSmallIntegerField("版本")
    record = models.TextField()
    sha256 = models.CharField("校验码", max_length=64)
    computed_at = models.DateTimeField("计算时间")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, related_name="corrections", null=True, blank=True)
    reason = models.CharField("更正原因", max_length=300, blank=True)

    class Meta:
        ordering = ["round", "-version"]
        constraints = [models.UniqueConstraint(name="results_roundresult_version", fields=["round", "version"])]


class ResultApproval(AppendOnly):
    """One person's approval of a result; two different ones are needed."""

    result = models.ForeignKey(RoundResult, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField("意见", max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(name="results_resultapproval_once", fields=["result", "by"])]


class ResultPublication(AppendOnly):
    """The result was made public."""

    result = models.OneToOneField(RoundResult, on_delete=models.PROTECT, related_name="publication", primary_key=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
