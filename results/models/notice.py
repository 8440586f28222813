"""Public notices (公示) of results."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from competitions.models import Edition
from core.append_only import AppendOnly
from core.public_id import new_public_id
from results.models.round_result import RoundResult


class Notice(AppendOnly):
    """A list is on public notice in `[opens_at, closes_at)`; immutable once published."""

    frozen_when = "OLD.published_at IS NOT NULL"

    class Kind(models.TextChoices):
        FINALISTS = "finalists", "入围名单公示"
        AWARDS = "awards", "获奖名单公示"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField("类型", max_length=10, choices=Kind)
    result = models.ForeignKey(RoundResult, on_delete=models.PROTECT, related_name="notices")
    title = models.CharField("标题", max_length=80)
    body = models.TextField("正文（Markdown）")
    opens_at = models.DateTimeField("公示开始")
    closes_at = models.DateTimeField("公示截止")
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["-opens_at"]
        constraints = [models.CheckConstraint(name="results_notice_order", condition=Q(closes_at__gt=F("opens_at")))]


class NoticeClosing(AppendOnly):
    """The period was over, every objection settled, and somebody ended the notice."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="closing", primary_key=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
