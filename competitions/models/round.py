"""Rounds (轮次): what is scored or voted, under which rules."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models import User
from competitions.models.edition import Edition
from competitions.models.stage import Stage


class Round(models.Model):
    """A public vote, a preliminary or a final. Its window is its stage's; its rules are data (JSON of a validated rule).

    `hides_numbers` adds patent numbers to what a blind round hides; `calibration_count` entries are scored by all judges
    before anything else; an entry whose marks lie farther apart than the alarms is shown to the organiser.
    `strikes_dropped`: the reveal and the sheets strike out the marks that trimming drops. `plain_mean_reason`: the chief
    judge's decision that the whole round takes the plain mean, because an entry has too few marks (trust.md §1).

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
    strikes_dropped = models.BooleanField("划去去掉的最高、最低分", default=True)
    hides_numbers = models.BooleanField("同时隐去专利号", default=False)
    calibration_count = models.PositiveSmallIntegerField("校准项目数", default=0, validators=[MaxValueValidator(2)])
    spread_alarm = models.DecimalField(
        "分歧提醒：最高与最低相差", max_digits=5, decimal_places=2, default=Decimal(20), validators=[MinValueValidator(0)]
    )
    distance_alarm = models.DecimalField(
        "分歧提醒：偏离平均分", max_digits=5, decimal_places=2, default=Decimal(15), validators=[MinValueValidator(0)]
    )
    talk_seconds = models.PositiveSmallIntegerField("路演时长（秒）", default=480)
    answer_seconds = models.PositiveSmallIntegerField("答辩时长（秒）", default=300)
    warn_seconds = models.PositiveSmallIntegerField("提前提醒（秒）", default=60)
    plain_mean_reason = models.CharField("全轮取平均分的原因", max_length=200, blank=True)
    plain_mean_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    plain_mean_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="competitions_round_kind", fields=["edition", "kind"])]

    def __str__(self) -> str:
        return self.name
