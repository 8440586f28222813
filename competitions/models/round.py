"""Rounds (轮次): what is scored or voted, under which rules."""

from __future__ import annotations

from django.db import models

from competitions.models.edition import Edition
from competitions.models.stage import Stage


class Round(models.Model):
    """A public vote, a preliminary or a final. Its window is its stage's; its rules are data (JSON of a validated rule).

    `rules` holds a `RuleSet` for scored rounds and a `VoteRule` with board policy for the public vote.
    """

    class Kind(models.TextChoices):
        PUBLIC_VOTE = "public_vote", "网络投票"
        PRELIMINARY = "preliminary", "初赛"
        SEMI_FINAL = "semi_final", "复赛"
        FINAL = "final", "决赛"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rounds")
    kind = models.CharField("轮次", max_length=16, choices=Kind)
    name = models.CharField("名称", max_length=30)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="rounds")
    position = models.PositiveSmallIntegerField("次序")
    rules = models.JSONField("规则", default=dict)
    judges_per_entry = models.PositiveSmallIntegerField("每个项目评委数", default=5)
    is_blind = models.BooleanField("隐去单位名称", default=False)
    talk_seconds = models.PositiveSmallIntegerField("路演时长（秒）", default=480)
    answer_seconds = models.PositiveSmallIntegerField("答辩时长（秒）", default=300)
    warn_seconds = models.PositiveSmallIntegerField("提前提醒（秒）", default=60)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="competitions_round_kind", fields=["edition", "kind"])]

    def __str__(self) -> str:
        return self.name
