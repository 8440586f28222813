"""The count of the ledger as it is kept: never the truth, always rebuilt from the leaves, compared with them every night."""

from __future__ import annotations

from django.db import models

from competitions.models import Edition


class LedgerCount(models.Model):
    """How far an edition's ledger has been counted: `state` is the count of the first `size` leaves, whose root is `root`.

    `compared_at` and `fault` are of the last comparison with a full recount; an empty fault means they were equal.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="ledger_count", primary_key=True)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    state = models.JSONField()
    counted_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True, blank=True)
    compared_size = models.PositiveIntegerField(default=0)
    fault = models.TextField(blank=True)


class HourCount(models.Model):
    """Sealed votes cast within one hour: by minute (60 numbers), by entry code and by identity level.

    `new_voters` cast their first vote of all in this hour, `returning_voters` their first of the day after an earlier day.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="hour_counts")
    hour = models.DateTimeField()
    minutes = models.JSONField()
    entries = models.JSONField()
    levels = models.JSONField()
    new_voters = models.PositiveIntegerField()
    returning_voters = models.PositiveIntegerField()

    class Meta:
        ordering = ["hour"]
        constraints = [models.UniqueConstraint(name="voting_hourcount_once", fields=["edition", "hour"])]
