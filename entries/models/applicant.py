"""Which organisations enter a project together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from entries.models.entry import Entry


class EntryApplicant(models.Model):
    """An organisation's part in an entry: exactly one leads, others join. Revenue is in yuan, of the last settled year."""

    class Part(models.TextChoices):
        LEAD = "lead", "牵头单位"
        JOINT = "joint", "联合单位"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="applicants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    part = models.CharField("身份", max_length=8, choices=Part)
    revenue = models.DecimalField("上一年度营业收入（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    joined_at = models.DateTimeField("确认参加时间", null=True, blank=True)

    class Meta:
        ordering = ["-part", "pk"]
        constraints = [
            models.UniqueConstraint(name="entries_entryapplicant_once", fields=["entry", "organisation"]),
            models.UniqueConstraint(name="entries_entryapplicant_one_lead", fields=["entry"], condition=Q(part="lead")),
            models.CheckConstraint(
                name="entries_entryapplicant_revenue", condition=Q(revenue__isnull=True) | Q(revenue__gte=0)
            ),
        ]
