"""An upload under way."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.public_id import new_public_id


class UploadSession(models.Model):
    """`received` bytes of `size` are on the disk. `open` → `complete`; refused and abandoned ones are deleted.

    A complete one stays until it expires, so that a browser which missed the answer is told the same again.
    """

    class State(models.TextChoices):
        OPEN = "open", "上传中"
        COMPLETE = "complete", "已完成"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    owner = models.CharField("上传人", max_length=40)
    purpose = models.CharField("用途", max_length=40)
    target = models.CharField("对象", max_length=40)
    slot = models.CharField("材料", max_length=40, blank=True)
    name = models.CharField("文件名", max_length=120)
    fingerprint = models.CharField("文件特征", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("大小（字节）")
    received = models.PositiveBigIntegerField("已收到（字节）", default=0)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    result = models.CharField("完成后的地址", max_length=200, blank=True)
    begun_at = models.DateTimeField("开始时间")
    expires_at = models.DateTimeField("失效时间", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "上传"
        indexes = [models.Index(fields=["owner", "purpose", "target"], name="core_upload_of")]
        constraints = [
            models.CheckConstraint(name="core_upload_within_size", condition=Q(received__lte=F("size"))),
        ]

    @property
    def path(self) -> Path:
        """Where the bytes lie until the file is taken."""
        return Path(settings.UPLOAD_ROOT) / f"{self.public_id}.part"

    @property
    def percent(self) -> int:
        return self.received * 100 // self.size if self.size else 0
