"""Files of an entry, private: read through a permission check only."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from core.public_id import new_public_id
from entries.models.entry import Entry


class Attachment(models.Model):
    """A file that was found to be what it says. `original_name` is shown, the stored name is random.

    A replaced one keeps its row and its address and counts up `version`. The one of the kind COVER is public: Entry.cover
    names the same stored file.
    """

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", "项目申报书"
        ANONYMISED = "anonymised", "匿名版申报书"
        CERTIFICATE = "certificate", "专利证书"
        COMMITMENT = "commitment", "承诺书"
        RECOMMENDATION = "recommendation_letter", "推荐函"
        COVER = "cover", "项目封面"
        DECK = "deck", "路演演示文稿"
        VIDEO = "video", "项目视频"
        OTHER = "other", "其他材料"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField("材料", max_length=24, choices=Kind)
    version = models.PositiveSmallIntegerField("版本", default=1)
    file = models.FileField("文件", upload_to="attachments/%Y/%m/")
    original_name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("格式", max_length=100)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.original_name


class RetiredAttachment(models.Model):
    """A file that was replaced or removed after the entry had been submitted: staff may ask what was there before."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="retired_attachments")
    attachment_id_then = models.CharField("原附件编号", max_length=12)
    kind = models.CharField("材料", max_length=24, choices=Attachment.Kind)
    version = models.PositiveSmallIntegerField("版本")
    file = models.FileField("文件", upload_to="attachments/%Y/%m/")
    original_name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("格式", max_length=100)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField("替换或删除时间")
    retired_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "旧附件"
        ordering = ["-retired_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.original_name}（第 {self.version} 版）"
