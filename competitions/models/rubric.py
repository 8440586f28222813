"""Rubrics (评分标准): criteria on two levels, per round and track."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from competitions.models.round import Round
from competitions.models.track import Track


class Rubric(models.Model):
    """The criteria of a round; with a track, of that track alone."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="rubrics")
    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="rubrics", null=True, blank=True)
    name = models.CharField("名称", max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="competitions_rubric_track", fields=["round", "track"]),
            models.UniqueConstraint(
                name="competitions_rubric_common", fields=["round"], condition=Q(track__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """A criterion (二级指标 when it has a parent). Only leaves are scored; a leaf's mark is 0…max on its step. `bands` is read
    by `competitions.pure.bands`; empty means the usual four."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, related_name="children", null=True, blank=True)
    code = models.CharField("编号", max_length=8)
    name = models.CharField("指标", max_length=60)
    guidance = models.CharField("评分指引", max_length=200, blank=True)
    bands = models.CharField("分档", max_length=300, blank=True)
    max_score = models.DecimalField("满分", max_digits=6, decimal_places=2)
    step = models.DecimalField("步长", max_digits=4, decimal_places=2, default=Decimal("0.5"))
    weight = models.DecimalField("权重", max_digits=6, decimal_places=4, default=Decimal(1))
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="competitions_criterion_code", fields=["rubric", "code"]),
            models.CheckConstraint(
                name="competitions_criterion_positive", condition=Q(max_score__gt=0, step__gt=0, weight__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
