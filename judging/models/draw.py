"""The draw of the roadshow's running order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from competitions.models import Group, Round
from core.public_id import new_public_id
from entries.models import Entry
from judging import states


class Draw(models.Model):
    """A draw for a group of the final. Computed: `commitment` (signed note) is published a day before, `code` on the day.
    By hand: witness and minutes. A redraw is a new row that names its reason and uses the next code.

    `labels` lists `{"label", "entry", "organisations"}` as they were committed to.
    """

    class Method(models.TextChoices):
        HAND = "hand", "现场抽签"
        COMPUTED = "computed", "可验证计算抽签"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="draws")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="draws")
    method = models.CharField("方式", max_length=8, choices=Method)
    state = models.CharField("状态", max_length=10, choices=list(states.DRAW.labels.items()), default=states.PREPARED)
    attempt = models.PositiveSmallIntegerField("第几次", default=1)
    labels = models.JSONField("名单", default=list)
    sources_text = models.TextField("公开数值的来源（一行一个）", max_length=600, blank=True)
    commitment = models.TextField("承诺书", blank=True)
    wrapped_secret = models.TextField(blank=True)
    code = models.CharField("开签码", max_length=64, blank=True)
    public_values = models.TextField("公开数值（一行一个）", max_length=600, blank=True)
    witness = models.CharField("见证人", max_length=60, blank=True)
    reason = models.CharField("重抽原因", max_length=200, blank=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="judging_draw_attempt", fields=["round", "group", "attempt"]),
            models.UniqueConstraint(
                name="judging_draw_one_current", fields=["round", "group"], condition=~Q(state="replaced")
            ),
        ]


class DrawPosition(models.Model):
    """An entry's place in the order (from 1)."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="positions")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="draw_positions")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="judging_drawposition_entry", fields=["draw", "entry"]),
            models.UniqueConstraint(name="judging_drawposition_position", fields=["draw", "position"]),
        ]
