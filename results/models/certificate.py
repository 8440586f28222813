"""Certificates of awards."""

from __future__ import annotations

from django.db import models

from results.models.award import AwardDecision


class Certificate(models.Model):
    """A numbered certificate; `verify_code` is behind the QR code. Revoked ones stay and say so."""

    award = models.OneToOneField(AwardDecision, on_delete=models.PROTECT, related_name="certificate")
    number = models.CharField("证书编号", max_length=30, unique=True)
    verify_code = models.CharField("查验码", max_length=20, unique=True)
    issued_at = models.DateTimeField("签发时间")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    revoked_reason = models.CharField("撤销原因", max_length=200, blank=True)
