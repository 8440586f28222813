"""What was submitted, and every change of state."""

from __future__ import annotations

from django.db import models

from core.append_only import AppendOnly
from entries.models.entry import Entry


class Submission(AppendOnly):
    """One submission: the canonical content as it was, its SHA-256, and the receipt number."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="submissions")
    sequence = models.PositiveSmallIntegerField()
    receipt = models.CharField("受理号", max_length=20, unique=True)
    at = models.DateTimeField("提交时间")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(name="entries_submission_sequence", fields=["entry", "sequence"])]


class EntryTransition(AppendOnly):
    """One step of an entry, for its timeline."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="transitions")
    verb = models.CharField(max_length=16)
    source = models.CharField(max_length=16)
    target = models.CharField(max_length=16)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
