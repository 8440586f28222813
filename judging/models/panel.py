"""Panels, who sits on them, and which judge scores which entry."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from competitions.models import Round
from core.public_id import new_public_id
from entries.models import Entry
from judging import states
from judging.pure.seat import seat_label


class Panel(models.Model):
    """The judges of a round. `calibration`: entries every judge scores before any other."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="panels")
    name = models.CharField("评审组", max_length=40)
    seed = models.CharField("分配种子", max_length=64, blank=True)
    cap = models.PositiveSmallIntegerField("每位评委上限", null=True, blank=True)
    calibration = models.ManyToManyField(Entry, related_name="+", blank=True, verbose_name="校准项目")

    class Meta:
        constraints = [models.UniqueConstraint(name="judging_panel_name", fields=["round", "name"])]

    def __str__(self) -> str:
        return self.name


class PanelSeat(models.Model):
    """A judge's seat; `number` is what others see of them (评委 07)."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="seats")
    judge = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField("席位")
    is_chief = models.BooleanField("组长", default=False)
    is_present = models.BooleanField("到场", default=True)
    declared_at = models.DateTimeField("签署回避与保密声明", null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="judging_panelseat_judge", fields=["panel", "judge"]),
            models.UniqueConstraint(name="judging_panelseat_number", fields=["panel", "number"]),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What everybody else calls the judge."""
        return seat_label(self.number)


class ConflictOfInterest(models.Model):
    """A judge may not score an entry."""

    class Source(models.TextChoices):
        DECLARED = "declared", "评委申报"
        DETECTED = "detected", "系统比对"
        DECIDED = "decided", "组委会认定"

    judge = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="conflicts")
    source = models.CharField("来源", max_length=8, choices=Source)
    reason = models.CharField("原因", max_length=200)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="judging_conflictofinterest_once", fields=["judge", "entry"])]


class ConflictDismissal(models.Model):
    """The organiser found that what the records show is no conflict. `grounds` are the findings that were looked at
    (`judging.pure.conflict`); a new one is put to the organiser again."""

    judge = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflict_dismissals")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="conflict_dismissals")
    grounds = models.JSONField(default=list)
    reason = models.CharField("理由", max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="judging_conflictdismissal_once", fields=["judge", "entry"])]


class Assignment(models.Model):
    """A judge scores an entry in a round; recused assignments stay, and are never a zero."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    seat = models.ForeignKey(PanelSeat, on_delete=models.PROTECT, related_name="assignments")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="assignments")
    position = models.PositiveSmallIntegerField("次序", default=0)
    state = models.CharField(
        "状态", max_length=10, choices=list(states.ASSIGNMENT.labels.items()), default=states.ASSIGNED
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    assigned_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="judging_assignment_once", fields=["seat", "entry"])]
