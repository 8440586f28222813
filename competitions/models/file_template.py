"""A form the organiser hands out to be filled in, stamped and sent back with an entry."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from competitions.models.edition import Edition


class FileTemplate(models.Model):
    """One file a kind of material (a kind of entries' attachments); public while the edition is."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="file_templates")
    kind = models.CharField("材料", max_length=24)
    file = models.FileField("文件", upload_to="templates/%Y/")
    original_name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("格式", max_length=100)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "材料模板"
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(name="competitions_filetemplate_once", fields=["edition", "kind"])]

    def __str__(self) -> str:
        return self.original_name
