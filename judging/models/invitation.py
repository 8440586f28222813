"""Invitations of judges who may have no account yet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from competitions.models import Edition, Role
from core.public_id import new_public_id


class JudgeInvitation(models.Model):
    """A link went to an address or a mobile; it works once, until `expires_at`. Only the hash of its token is kept.
    Sending again makes a new token, so that the link before it is dead."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="judge_invitations")
    kind = models.CharField("角色", max_length=16, choices=[(one.value, one.label) for one in (Role.Kind.JUDGE, Role.Kind.CHIEF_JUDGE)])
    name = models.CharField("姓名", max_length=60)
    email = models.EmailField("邮箱", blank=True)
    mobile = models.CharField("手机号", max_length=20, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("发送时间")
    expires_at = models.DateTimeField("有效期至")
    accepted_at = models.DateTimeField("接受时间", null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "评委邀请"
        constraints = [
            models.CheckConstraint(name="judging_judgeinvitation_reachable", condition=~Q(email="", mobile="")),
            models.UniqueConstraint(
                name="judging_judgeinvitation_email",
                fields=["edition", "email"],
                condition=~Q(email="") & Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="judging_judgeinvitation_mobile",
                fields=["edition", "mobile"],
                condition=~Q(mobile="") & Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]
