"""The patent portfolio frozen at a moment, to count what the competition added."""

from __future__ import annotations

from django.db import models

from core.append_only import AppendOnly
from entries.models.entry import Entry


class PortfolioSnapshot(AppendOnly):
    """The assets of an entry at registration or at the final."""

    class Moment(models.TextChoices):
        REGISTRATION = "registration", "报名时"
        FINAL = "final", "决赛前"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="snapshots")
    moment = models.CharField(max_length=16, choices=Moment)
    at = models.DateTimeField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(name="entries_portfoliosnapshot_once", fields=["entry", "moment"])]
