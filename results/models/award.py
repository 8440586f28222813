"""Awards as decided."""

from __future__ import annotations

from django.db import models

from competitions.models import AwardType
from core.append_only import AppendOnly
from results.models.placing import Placing


class AwardDecision(AppendOnly):
    """An entry receives an award; effective once its result is published. `note` says how a tie was decided."""

    placing = models.ForeignKey(Placing, on_delete=models.PROTECT, related_name="awards")
    award_type = models.ForeignKey(AwardType, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="results_awarddecision_once", fields=["placing", "award_type"])]
