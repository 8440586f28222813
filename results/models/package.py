"""Packages of an edition's files: asked for, built by a job, kept for some days."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from competitions.models import Edition
from core.public_id import new_public_id


class EditionPackage(models.Model):
    """One ZIP, of everything an edition leaves behind or of one `kind` of files (results/exports/packages.py). `done` of
    `steps` parts are written; the file goes at `expires_at`."""

    class State(models.TextChoices):
        QUEUED = "queued", "正在准备"
        DONE = "done", "可以下载"
        FAILED = "failed", "没有完成"
        EXPIRED = "expired", "已过期"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="packages")
    kind = models.CharField("内容", max_length=20, default="edition")
    state = models.CharField("状态", max_length=8, choices=State, default=State.QUEUED)
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    touched_at = models.DateTimeField("最近进展")
    requested_at = models.DateTimeField("提出时间")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    expires_at = models.DateTimeField("失效时间", null=True, blank=True)
    file = models.FileField("文件", upload_to="packages/", blank=True)
    size = models.PositiveBigIntegerField("大小（字节）", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    message = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="results_editionpackage_one_queued", fields=["edition", "kind"], condition=Q(state="queued"))
        ]
