"""Pages of an edition that the organiser writes: rules and privacy notice, in versions."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from competitions.models.edition import Edition
from core.append_only import AppendOnly


class EditionPage(AppendOnly):
    """One version of a page. A draft may change; a published version stays as it was, a change is a new version."""

    frozen_when = "OLD.published_at IS NOT NULL"

    class Kind(models.TextChoices):
        RULES = "rules", "大赛规则"
        PRIVACY = "privacy", "个人信息保护告知"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="pages")
    kind = models.CharField("页面", max_length=8, choices=Kind)
    version = models.PositiveIntegerField("版本")
    body = models.TextField("正文（Markdown）")
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(name="competitions_editionpage_version", fields=["edition", "kind", "version"])
        ]
