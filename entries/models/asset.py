"""Patents and other intellectual property of an entry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from entries.models.attachment import Attachment
from entries.models.entry import Entry


class IPAsset(models.Model):
    """One row of the patent list. `number_raw` is as typed, `number` canonical and empty while it cannot be read."""

    class Kind(models.TextChoices):
        INVENTION = "invention", "发明"
        UTILITY_MODEL = "utility_model", "实用新型"
        DESIGN = "design", "外观设计"
        IC_LAYOUT = "ic_layout", "集成电路布图设计"
        PCT_APPLICATION = "pct_application", "PCT 申请"
        FOREIGN = "foreign", "境外专利"

    class Status(models.TextChoices):
        FILED = "filed", "已受理"
        PUBLISHED = "published", "已公开"
        SUBSTANTIVE_EXAM = "substantive_exam", "实质审查"
        GRANTED = "granted", "授权有效"
        ENDED = "ended", "已失效"

    class Obtained(models.TextChoices):
        SELF = "self", "自主研发"
        ASSIGNED = "assigned", "受让取得"
        LICENSED = "licensed", "许可取得"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="assets")
    position = models.PositiveSmallIntegerField("次序", default=0)
    asset_type = models.CharField("类型", max_length=16, choices=Kind, default=Kind.INVENTION)
    country = models.CharField("国家或地区", max_length=2, default="CN")
    title = models.CharField("专利名称", max_length=200, blank=True)
    number_raw = models.CharField("申请号", max_length=60, blank=True)
    number = models.CharField("申请号（规范形式）", max_length=40, blank=True, db_index=True)
    filed_on = models.DateField("申请日", null=True, blank=True)
    publication_number = models.CharField("公开（公告）号", max_length=40, blank=True)
    granted_on = models.DateField("授权公告日", null=True, blank=True)
    status = models.CharField("法律状态", max_length=18, choices=Status, default=Status.FILED)
    owners = models.CharField("专利权人（申请人）", max_length=300, blank=True)
    inventors = models.CharField("发明人（设计人）", max_length=300, blank=True)
    classification = models.CharField("分类号", max_length=40, blank=True)
    relation = models.CharField("与项目的关系", max_length=120, blank=True)
    is_core = models.BooleanField("核心专利", default=False)
    number_reason = models.CharField("号码说明", max_length=200, blank=True)
    obtained = models.CharField("取得方式", max_length=8, choices=Obtained, blank=True)
    is_licensed = models.BooleanField("已对外许可", default=False)
    is_pledged = models.BooleanField("已质押", default=False)
    is_litigated = models.BooleanField("有诉讼或无效程序", default=False)
    family = models.CharField("境外同族", max_length=400, blank=True)
    certificate = models.ForeignKey(
        Attachment, on_delete=models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="证书文件"
    )
    added_after_registration = models.BooleanField("参赛后新增", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "专利"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="entries_ipasset_one_core", fields=["entry"], condition=Q(is_core=True)),
            models.UniqueConstraint(name="entries_ipasset_number", fields=["entry", "number"], condition=~Q(number="")),
            models.CheckConstraint(
                name="entries_ipasset_dates",
                condition=Q(granted_on__isnull=True) | Q(filed_on__isnull=True) | Q(granted_on__gte=models.F("filed_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.number_raw
