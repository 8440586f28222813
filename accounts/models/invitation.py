"""Invitations into an organisation, for addresses and numbers that have no account yet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models.organisation import Membership, Organisation
from accounts.models.user import User
from core.public_id import new_public_id


class Invitation(models.Model):
    """A signed link went to `email` or, by SMS, to `mobile`; it works once, until `expires_at`. Accepting sets
    `accepted_at`; withdrawing deletes the row. One open invitation an address and organisation: sending again renews it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("邮箱", blank=True)
    mobile = models.CharField("手机号", max_length=20, blank=True)
    role = models.CharField("身份", max_length=8, choices=Membership.Role, default=Membership.Role.EDITOR)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField("邀请时间")
    expires_at = models.DateTimeField("有效期至")
    accepted_at = models.DateTimeField("接受时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "成员邀请"
        constraints = [
            models.UniqueConstraint(
                name="accounts_invitation_open_once",
                fields=["organisation", "email", "mobile"],
                condition=Q(accepted_at__isnull=True),
            ),
            models.CheckConstraint(
                name="accounts_invitation_one_way", condition=Q(email="", mobile__gt="") | Q(mobile="", email__gt="")
            ),
        ]

    @property
    def identity(self) -> str:
        """The address or the number (E.164) it went to."""
        return self.email or self.mobile
