"""Score sheets: a mutable draft, and versions that never change once submitted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from competitions.models import Criterion
from core.append_only import AppendOnly
from core.public_id import new_public_id
from judging import states
from judging.models.panel import Assignment


class ScoreSheet(models.Model):
    """A judge's sheet for an entry. `draft` maps criterion codes to marks as text; `sequence` rises with every save, so
    that a save sent again after a lost network never goes back. Submitting inserts a `ScoreSheetVersion`."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="sheet")
    state = models.CharField("状态", max_length=8, choices=list(states.SHEET.labels.items()), default=states.EMPTY)
    draft = models.JSONField("草稿", default=dict)
    comment = models.TextField("评语（仅组委会可见）", max_length=1000, blank=True)
    feedback = models.TextField("给参赛方的建议", max_length=1000, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)


class ScoreSheetVersion(AppendOnly):
    """A submitted sheet. The one with the highest number counts while the sheet is locked. `total` is exact: scores have
    two decimals and weights four."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=6)
    comment = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="judging_scoresheetversion_number", fields=["sheet", "number"])]


class CriterionScore(AppendOnly):
    """One mark of a submitted sheet."""

    version = models.ForeignKey(ScoreSheetVersion, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    score = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="judging_criterionscore_once", fields=["version", "criterion"]),
            models.CheckConstraint(name="judging_criterionscore_not_negative", condition=Q(score__gte=0)),
        ]


class ScoreSheetUnlock(AppendOnly):
    """The chief judge reopened a sheet, with the reason; the version stays."""

    version = models.OneToOneField(ScoreSheetVersion, on_delete=models.PROTECT, related_name="unlock", primary_key=True)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class PaperSheet(models.Model):
    """A sheet filled in on paper, typed by one person and confirmed by another one against the paper. Confirming submits
    the judge's sheet; a returned one is typed anew as a row of its own. `marks` maps criterion codes to marks as text."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="papers")
    state = models.CharField("状态", max_length=10, choices=list(states.PAPER.labels.items()), default=states.TYPED)
    marks = models.JSONField("评分", default=dict)
    comment = models.TextField("评语", max_length=1000, blank=True)
    typed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("退回原因", max_length=200, blank=True)
    version = models.OneToOneField(ScoreSheetVersion, on_delete=models.PROTECT, related_name="paper", null=True, blank=True)

    class Meta:
        ordering = ["typed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="judging_papersheet_one_open", fields=["assignment"], condition=Q(state=states.TYPED)
            ),
            models.CheckConstraint(
                name="judging_papersheet_two_people", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("typed_by"))
                | ~Q(state=states.CONFIRMED),
            ),
        ]
