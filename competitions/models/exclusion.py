"""Organisations that may not enter until an edition (domain rules §2.1: fraud ban)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.public_id import new_public_id


class ExclusionRecord(models.Model):
    """An organisation named by credit code, or by name when it has none, is left out of every edition up to and including
    the year `until_year`. Lifted by date with a reason, never deleted."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField("单位名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, db_index=True)
    until_year = models.PositiveSmallIntegerField("排除到哪一年的届（含）")
    reason = models.CharField("原因", max_length=200)
    added_at = models.DateTimeField("列入时间")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField("解除时间", null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    lift_reason = models.CharField("解除原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "排除名单"
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="competitions_exclusionrecord_order",
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("added_at")),
            )
        ]
