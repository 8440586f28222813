"""How firm a result is, worked out once by a job and kept."""

from __future__ import annotations

from django.db import models


class StabilityReport(models.Model):
    """What results.queries.stability found about the record with this `sha256`; `content` is its JSON. `done` of `steps`
    computations are made. Derived from the record alone, so that it may be deleted and worked out again."""

    class State(models.TextChoices):
        QUEUED = "queued", "正在分析"
        DONE = "done", "已完成"
        FAILED = "failed", "没有完成"

    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.QUEUED)
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    requested_at = models.DateTimeField("提出时间")
    touched_at = models.DateTimeField("最近进展")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    content = models.JSONField(default=dict)
    message = models.CharField("说明", max_length=300, blank=True)
