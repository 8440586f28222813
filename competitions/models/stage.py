"""The schedule: stages with half-open windows, gates and recorded overrides. Whether one is open is derived."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from competitions.models.edition import Edition


class Stage(models.Model):
    """A stage of the edition, open in `[opens_at, closes_at)` once its gate has been released."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", "报名"
        FORMALITY = "formality", "形式审查"
        PUBLIC_VOTE = "public_vote", "网络投票"
        PRELIMINARY = "preliminary", "初赛"
        COACHING = "coaching", "赛前辅导与抽签"
        FINAL = "final", "决赛"
        NOTICE = "notice", "公示"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField("阶段", max_length=16, choices=Kind)
    name = models.CharField("名称", max_length=30)
    note = models.CharField("说明", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField("次序")
    opens_at = models.DateTimeField("开始")
    closes_at = models.DateTimeField("截止")
    gate_released_at = models.DateTimeField("放行时间", null=True, blank=True)
    gate_released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="competitions_stage_kind", fields=["edition", "kind"]),
            models.CheckConstraint(name="competitions_stage_order", condition=Q(closes_at__gt=F("opens_at"))),
        ]

    def __str__(self) -> str:
        return self.name


class StageOverride(models.Model):
    """A recorded pause, resumption or extension of a stage. A pause moves the end by its length, never the rules."""

    class Kind(models.TextChoices):
        PAUSE = "pause", "暂停"
        RESUME = "resume", "恢复"
        EXTEND = "extend", "延长"

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="overrides")
    kind = models.CharField("类型", max_length=8, choices=Kind)
    at = models.DateTimeField("时间")
    until = models.DateTimeField("延长至", null=True, blank=True)
    reason = models.CharField("原因", max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="competitions_stageoverride_until",
                condition=Q(kind="extend", until__isnull=False) | (~Q(kind="extend") & Q(until__isnull=True)),
            )
        ]
