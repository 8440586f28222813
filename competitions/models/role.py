"""Who may do what in an edition."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from competitions.models.edition import Edition


class Role(models.Model):
    """A role of a person in an edition, with the reason it was given, ended by date and never deleted."""

    class Kind(models.TextChoices):
        ORGANISER = "organiser", "组委会"
        EXAMINER = "examiner", "形式审查员"
        DISTRICT_CLERK = "district_clerk", "县（市、区）联络员"
        JUDGE = "judge", "评委"
        CHIEF_JUDGE = "chief_judge", "评委组长"
        STAGE_OPERATOR = "stage_operator", "路演主控"
        SCORER = "scorer", "记分员"
        COACH = "coach", "辅导专家"
        ARBITRATOR = "arbitrator", "仲裁委员"
        AUDITOR = "auditor", "审计"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="roles")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField("角色", max_length=16, choices=Kind)
    granted_at = models.DateTimeField("授予时间")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("原因", max_length=200, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="competitions_role_once", fields=["edition", "user", "kind"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="competitions_role_order", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("granted_at"))
            ),
        ]
