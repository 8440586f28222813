"""The tables of the naive vote: a counter column on a row everybody locks."""

from __future__ import annotations

from django.db import models


class NaiveEntry(models.Model):
    number = models.PositiveIntegerField(unique=True)
    votes = models.PositiveIntegerField(default=0)


class NaiveVote(models.Model):
    entry = models.ForeignKey(NaiveEntry, on_delete=models.CASCADE)
    voter = models.CharField(max_length=64)
    day = models.DateField()
    cast_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["voter", "day"])]
