"""Where an entry stands in a result."""

from __future__ import annotations

from django.db import models

from competitions.models import Group
from core.append_only import AppendOnly
from entries.models import Entry
from results.models.round_result import RoundResult


class Placing(AppendOnly):
    """Place, total and parts of an entry in its group, as the record computed them."""

    class Outcome(models.TextChoices):
        NONE = "", "—"
        ADVANCED = "advanced", "入围决赛"
        ELIMINATED = "eliminated", "未入围"
        BYE = "bye", "直接入围"
        FORFEITED = "forfeited", "弃赛"
        STRUCK = "struck", "取消资格"

    result = models.ForeignKey(RoundResult, on_delete=models.PROTECT, related_name="placings")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="placings")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="placings")
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    is_tied = models.BooleanField("并列", default=False)
    decided_by = models.CharField("同分判定", max_length=40, blank=True)
    total = models.DecimalField("总分", max_digits=7, decimal_places=2, null=True, blank=True)
    panel_score = models.DecimalField("评审得分", max_digits=7, decimal_places=2, null=True, blank=True)
    vote_points = models.DecimalField("投票折算分", max_digits=7, decimal_places=2, null=True, blank=True)
    votes = models.PositiveIntegerField("有效票数", null=True, blank=True)
    outcome = models.CharField("结果", max_length=12, choices=Outcome, blank=True)

    class Meta:
        ordering = ["group__position", "place", "entry__number"]
        constraints = [models.UniqueConstraint(name="results_placing_once", fields=["result", "entry"])]
