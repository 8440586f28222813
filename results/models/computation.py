"""Computations that were asked for: what the page shows while a job works, and what a sweep takes up again."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from competitions.models import Round
from core.public_id import new_public_id
from results.models.round_result import RoundResult


class Computation(models.Model):
    """`queued` → `done` (a result was stored) | `refused` (nothing was stored; `message` says why, a line each)."""

    class State(models.TextChoices):
        QUEUED = "queued", "正在计算"
        DONE = "done", "已完成"
        REFUSED = "refused", "没有完成"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="computations")
    state = models.CharField("状态", max_length=8, choices=State, default=State.QUEUED)
    reason = models.CharField("更正原因", max_length=300, blank=True)
    plain_mean_reason = models.CharField("整轮取平均分的原因", max_length=300, blank=True)
    requested_at = models.DateTimeField("提出时间")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    result = models.ForeignKey(RoundResult, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    message = models.TextField("说明", blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="results_computation_one_queued", fields=["round"], condition=models.Q(state="queued")
            )
        ]
