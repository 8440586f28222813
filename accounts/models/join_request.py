"""A person asks to act for an organisation that is registered already."""

from __future__ import annotations

from django.db import models

from accounts.models.organisation import Organisation
from accounts.models.user import User
from core.public_id import new_public_id


class JoinRequest(models.Model):
    """Waits until an owner answers (`answer`) or the person takes it back (which deletes the row). One waits at a time."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "已同意"
        DECLINED = "declined", "未同意"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="join_requests")
    message = models.CharField("申请说明", max_length=200)
    created_at = models.DateTimeField("申请时间")
    answer = models.CharField("答复", max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "加入申请"
        constraints = [
            models.UniqueConstraint(
                name="accounts_joinrequest_waits_once",
                fields=["organisation", "user"],
                condition=models.Q(answer=""),
            ),
            models.CheckConstraint(
                name="accounts_joinrequest_answered",
                condition=models.Q(answer="") | models.Q(answered_at__isnull=False),
            ),
        ]
