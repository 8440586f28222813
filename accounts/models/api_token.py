"""Tokens by which a program acts for a person."""

from __future__ import annotations

from django.db import models

from accounts.models.user import User
from core.public_id import new_public_id


class ApiToken(models.Model):
    """One program's access in a person's name. The token itself is shown once; only its SHA-256 is kept.

    It opens what the person may open, within `scope`, until it ends or is revoked.
    """

    class Scope(models.TextChoices):
        ENTRANT = "entrant", "参赛单位：读取和提交自己的项目"
        JUDGE = "judge", "评委：读取任务、保存和提交评分"
        ORGANISER = "organiser", "组委会：读取本届数据、申请计算结果"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField("用途", max_length=60)
    scope = models.CharField("范围", max_length=10, choices=Scope)
    hint = models.CharField("开头", max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("创建时间")
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("最近使用", null=True, blank=True)
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="accounts_apitoken_ends", condition=models.Q(expires_at__gt=models.F("created_at")))
        ]
