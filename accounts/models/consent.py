"""Consents with the version of the text that was agreed to (PIPL art. 13–17)."""

from __future__ import annotations

from django.db import models

from accounts.models.user import User


class Consent(models.Model):
    """A person agreed to `document` (for example `privacy:2026`) in `version`; withdrawing sets `withdrawn_at`."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    document = models.CharField("文本", max_length=60)
    version = models.PositiveIntegerField("版本")
    subject = models.CharField("对象", max_length=60, blank=True)
    given_at = models.DateTimeField("同意时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "同意记录"
        constraints = [
            models.UniqueConstraint(
                name="accounts_consent_once",
                fields=["user", "document", "version", "subject"],
                condition=models.Q(withdrawn_at__isnull=True),
            )
        ]
