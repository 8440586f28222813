"""Entries that go on to the next round without being ranked (直接晋级)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from competitions.models import Round
from entries.models import Entry


class Bye(models.Model):
    """The organiser lets an entry go on unranked, with the reason; ended by date and never deleted."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="byes")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="byes")
    reason = models.CharField("理由", max_length=300)
    granted_at = models.DateTimeField("登记时间")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("撤销时间", null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["entry__number"]
        constraints = [
            models.UniqueConstraint(name="results_bye_once", fields=["round", "entry"], condition=Q(ended_at__isnull=True))
        ]
