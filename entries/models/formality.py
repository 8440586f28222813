"""The formality examination (形式审查) of an entry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from entries.models.entry import Entry


class FormalityReview(models.Model):
    """One examination round: picked up by one examiner, decided once."""

    class Decision(models.TextChoices):
        ACCEPT = "accept", "通过"
        RETURN = "return", "退回补正"
        REJECT = "reject", "不予通过"

    class ReasonCode(models.TextChoices):
        CORE_NOT_GRANTED = "core_not_granted", "核心专利未授权"
        CORE_TOO_OLD = "core_too_old", "核心专利授权日早于要求"
        NOT_VALID = "not_valid", "专利已失效"
        OWNERSHIP_DOUBT = "ownership_doubt", "权属存疑"
        OVER_CAP = "over_cap", "超过申报数量"
        DUPLICATE = "duplicate", "重复申报"
        AWARD_WINNER = "award_winner", "已获上级奖项"
        MISSING_COMMITMENT = "missing_commitment", "缺少承诺书"
        WRONG_GROUP = "wrong_group", "组别不符"
        OUT_OF_SCOPE = "out_of_scope", "不属于参赛范围"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="reviews")
    sequence = models.PositiveSmallIntegerField("第几次审查")
    examiner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    picked_at = models.DateTimeField("开始时间")
    decision = models.CharField("结论", max_length=8, choices=Decision, blank=True)
    reason_code = models.CharField("不予通过的原因", max_length=20, choices=ReasonCode, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    due_at = models.DateTimeField("补正期限", null=True, blank=True)
    decided_at = models.DateTimeField("结论时间", null=True, blank=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(name="entries_formalityreview_sequence", fields=["entry", "sequence"]),
            models.UniqueConstraint(
                name="entries_formalityreview_one_open", fields=["entry"], condition=Q(decision="")
            ),
            models.CheckConstraint(
                name="entries_formalityreview_reject_reason", condition=~Q(decision="reject") | ~Q(reason_code="")
            ),
            models.CheckConstraint(
                name="entries_formalityreview_return_due", condition=~Q(decision="return") | Q(due_at__isnull=False)
            ),
        ]


class FieldComment(models.Model):
    """What must be mended in one field (`asset.3.number` for a patent row); only named fields reopen."""

    review = models.ForeignKey(FormalityReview, on_delete=models.CASCADE, related_name="comments")
    field = models.CharField("字段", max_length=60)
    message = models.CharField("意见", max_length=300)
    is_mended = models.BooleanField("已修改", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="entries_fieldcomment_once", fields=["review", "field"])]
