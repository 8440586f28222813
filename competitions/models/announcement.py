"""Announcements (通知公告) of an edition."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from competitions.models.edition import Edition
from core.append_only import AppendOnly
from core.public_id import new_public_id


class Announcement(AppendOnly):
    """A notice to the public; immutable once published, corrected by another one."""

    frozen_when = "OLD.published_at IS NOT NULL"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="announcements")
    title = models.CharField("标题", max_length=80)
    lead = models.CharField("摘要", max_length=120, blank=True)
    body = models.TextField("正文（Markdown）")
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, related_name="corrections", null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.title
