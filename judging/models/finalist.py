"""From the list of finalists to the stage: dates, each finalist's answer, and the decks they hand in."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from competitions.models import Round
from core.public_id import new_public_id
from entries.models import Entry
from judging import states


class FinalTerms(models.Model):
    """Until when finalists answer and hand in their deck; an empty date is no limit."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="terms", primary_key=True)
    reply_by = models.DateTimeField("确认参赛截止", null=True, blank=True)
    deck_by = models.DateTimeField("提交路演文稿截止", null=True, blank=True)


class FinalistReply(models.Model):
    """A finalist's answer: takes part and names the presenter, or gives the place up with a waiver (弃赛声明).

    `backfilled_at`: moved up for one who gave up (递补); `reply_by` and `deck_by` are then its own dates, later than those
    of the round, which may be over."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="replies")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="final_replies")
    state = models.CharField("答复", max_length=10, choices=list(states.FINALIST.labels.items()), default=states.INVITED)
    presenter = models.CharField("路演人", max_length=40, blank=True)
    presenter_title = models.CharField("职务", max_length=60, blank=True)
    reason = models.CharField("弃赛原因", max_length=200, blank=True)
    waiver = models.FileField("弃赛声明", upload_to="waivers/", blank=True)
    waiver_name = models.CharField(max_length=120, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    backfilled_at = models.DateTimeField("递补时间", null=True, blank=True)
    reply_by = models.DateTimeField("本项目确认参赛截止", null=True, blank=True)
    deck_by = models.DateTimeField("本项目提交路演文稿截止", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="judging_finalistreply_once", fields=["round", "entry"])]


class Deck(models.Model):
    """A version of the slides for the roadshow; the one with the highest number is shown."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="decks")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="decks")
    number = models.PositiveSmallIntegerField("版本")
    file = models.FileField(upload_to="decks/")
    original_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="judging_deck_number", fields=["round", "entry", "number"])]
