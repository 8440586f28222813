"""Asking an organisation to take part in an entry that another one leads."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from core.public_id import new_public_id
from entries.models.applicant import EntryApplicant


class JointInvitation(models.Model):
    """One row a joint applicant. Its signed link works until somebody answers; `EntryApplicant.joined_at` is the yes,
    `declined_at` the no. Inviting again clears the no."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    applicant = models.OneToOneField(EntryApplicant, on_delete=models.CASCADE, related_name="invitation")
    email = models.EmailField("对方邮箱", blank=True)
    invited_at = models.DateTimeField("邀请时间")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField("谢绝时间", null=True, blank=True)
    reason = models.CharField("谢绝原因", max_length=200, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "联合参赛邀请"
