"""Tracks (赛道) and the groups (组别) in which entries are ranked."""

from __future__ import annotations

from django.db import models

from competitions.models.edition import Edition


class Track(models.Model):
    """A kind of intellectual property that is judged with its own rubric."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="tracks")
    code = models.SlugField("代号", max_length=20)
    name = models.CharField("赛道", max_length=40)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="competitions_track_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A ranking pool of a track; entries come into it by the revenue rule or by a reasoned override."""

    class Code(models.TextChoices):
        STARTUP = "startup", "初创组"
        GROWTH = "growth", "成长组"

    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="groups")
    code = models.SlugField("代号", max_length=20)
    name = models.CharField("组别", max_length=40)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        ordering = ["track__position", "position", "pk"]
        constraints = [models.UniqueConstraint(name="competitions_group_code", fields=["track", "code"])]

    def __str__(self) -> str:
        return self.name
