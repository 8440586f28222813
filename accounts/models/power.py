"""The power of a system administrator, for a while and for a reason."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models.user import User
from core.public_id import new_public_id


class PowerSession(models.Model):
    """While it is open, in the browser session that opened it, a system administrator may do everything; else what anybody may."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="power_sessions")
    reason = models.CharField("理由", max_length=300)
    opened_at = models.DateTimeField("开始时间")
    expires_at = models.DateTimeField("最晚结束时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="accounts_power_ends", condition=Q(expires_at__gt=F("opened_at"))),
            models.CheckConstraint(
                name="accounts_power_order", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("opened_at"))
            ),
        ]
