"""Approvals of the final tally by two persons."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from competitions.models import Edition
from core.append_only import AppendOnly


class TallyApproval(AppendOnly):
    """One person approves the tally of the first `size` leaves with root `root`. A leaf more, and it no longer counts."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="tally_approvals")
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="voting_tallyapproval_once", fields=["edition", "size", "by"])]
