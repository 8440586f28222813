"""An organisation shows its licence, so that its credit code is verified or taken back from somebody else."""

from __future__ import annotations

from django.db import models

from accounts.models.organisation import Organisation
from accounts.models.user import User
from core.public_id import new_public_id


class OwnershipClaim(models.Model):
    """A scan of the licence with a statement, decided once by staff (核验申请; 归属异议 when others hold the code too)."""

    class Decision(models.TextChoices):
        UPHELD = "upheld", "核验通过"
        DISMISSED = "dismissed", "不予认可"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    statement = models.CharField("说明", max_length=300, blank=True)
    licence = models.FileField("营业执照或法人证书", upload_to="licences/%Y/%m/")
    original_name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("格式", max_length=100)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField("提出时间")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField("结论", max_length=9, choices=Decision, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    decided_at = models.DateTimeField("结论时间", null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位核验申请"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="accounts_ownershipclaim_waits_once", fields=["organisation"], condition=models.Q(decision="")
            ),
            models.CheckConstraint(
                name="accounts_ownershipclaim_decided",
                condition=models.Q(decision="") | models.Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]
