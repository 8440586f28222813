"""Which examiner an entry was given to, and which reminders went out."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from entries.models.entry import Entry


class ExaminerAssignment(models.Model):
    """The examiner who is to examine an entry; picking it up is still a step of its own."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="assignment")
    examiner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assigned_entries")
    assigned_at = models.DateTimeField("分派时间")
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class Reminder(models.Model):
    """A reminder that was queued, by a key that says for what and which: it goes out once."""

    key = models.CharField(max_length=120, unique=True)
    sent_at = models.DateTimeField()
