"""Awards (奖项) and how many of each a group may have."""

from __future__ import annotations

from django.db import models

from competitions.models.edition import Edition
from competitions.models.track import Group


class AwardType(models.Model):
    """A kind of award, in order of precedence (`position`)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="award_types")
    code = models.SlugField("代号", max_length=20)
    name = models.CharField("奖项", max_length=30)
    amount = models.DecimalField("奖金（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    is_stackable = models.BooleanField("可与其他奖项兼得", default=False)
    may_stay_vacant = models.BooleanField("可以空缺", default=True)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="competitions_awardtype_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return self.name


class AwardQuota(models.Model):
    """How many of an award a group may have."""

    award_type = models.ForeignKey(AwardType, on_delete=models.CASCADE, related_name="quotas")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="award_quotas")
    quota = models.PositiveSmallIntegerField("名额")

    class Meta:
        constraints = [models.UniqueConstraint(name="competitions_awardquota_once", fields=["award_type", "group"])]
