"""Certificates of awards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from results.models.award import AwardDecision


class Certificate(models.Model):
    """A numbered certificate; `verify_code` is behind the QR code. Revoked ones stay and say so.

    `contents` is what is printed, as canonical JSON of the day of issue, and `signature` the platform's Ed25519 signature
    of those bytes: who alters one character of the row makes it fail. `replaces` names the one it was issued for.
    """

    award = models.ForeignKey(AwardDecision, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField("证书编号", max_length=30, unique=True)
    verify_code = models.CharField("查验码", max_length=20, unique=True)
    contents = models.TextField("证书内容")
    signature = models.CharField("签名", max_length=100)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)
    issued_at = models.DateTimeField("签发时间")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    revoked_reason = models.CharField("撤销原因", max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="results_certificate_one_valid", fields=["award"], condition=Q(revoked_at__isnull=True)
            )
        ]
