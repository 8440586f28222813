"""An entrant's appeal against votes that were left out of the final tally, and the committee's answer."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from core.public_id import new_public_id
from entries.models import Entry


class VoteAppeal(models.Model):
    """Filed after the final tally by the organisation that leads the entry; answered once. One open appeal an entry."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="vote_appeals")
    text = models.TextField("申诉理由")
    filed_at = models.DateTimeField("提交时间")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="voting_voteappeal_one_open", fields=["entry"], condition=models.Q(answered_at__isnull=True)
            ),
            models.CheckConstraint(
                name="voting_voteappeal_answered_whole",
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | models.Q(answered_at__isnull=False, answered_by__isnull=False) & ~models.Q(answer=""),
            ),
        ]
